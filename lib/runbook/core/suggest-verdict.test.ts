import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidenceRef } from '@/lib/signals/model'
import type { Runbook } from '../contract/runbook'
import { ANSWERS, STEPS, WEIGHTS, type Answer, type Weight } from '../model'
import { suggestVerdict } from './suggest-verdict'

type Steps = Runbook['steps']

/** What the rules look at. */
interface Told {
  answer?: Answer
  weight?: Weight
  speaksForBenign?: boolean
}

const cite = (step: number, name: string, kind: EvidenceRef['kind'] = 'event'): EvidenceRef => ({
  kind,
  ref: name,
  step,
  label: `Fact ${name}`,
  at: null,
})

function head(step: number, { answer = 'no', weight = 'none', speaksForBenign = false }: Told = {}) {
  return {
    question: STEPS[step - 1]!.question,
    assessment: { id: `step_${step}`, version: 1 },
    ...{ answer, weight, speaksForBenign },
    sentence: `Sentence ${step}.`,
    evidence: [cite(step, `${step}a`), cite(step, `${step}b`)],
    window: null,
    coverage: { isComplete: true, gaps: [] },
    missing: [],
  }
}

interface Options {
  score?: number
  operator?: string
  colleagues?: [people: number, of: number]
  shared?: 'corporate_egress' | 'carrier'
}

/** Six steps that say nothing but what is told. */
function steps(told: Partial<Record<1 | 2 | 3 | 4 | 5 | 6, Told>>, options: Options = {}): Steps {
  const { score = 60, operator, colleagues, shared } = options
  return [
    {
      step: 1,
      ...head(1, { answer: 'yes', weight: 'likely', ...told[1] }),
      evidence: [cite(1, 'attackers', 'listing')],
      ip: '198.51.100.7',
      ...{ asNumber: 64500, asOrg: 'Example', country: null, networkType: null },
      feeds: [],
      counts: { feeds: 1, atEvent: 1, whenFired: 1, now: 1, notKnown: 0 },
      isTorAtEvent: false,
      neighbours: null,
      okta: { events: 0, threatSuspected: 0, proxy: 0, threatInsight: 0, services: [] },
    },
    {
      step: 2,
      ...head(2, told[2]),
      evidence: [cite(2, 'known_device', 'contribution'), cite(2, 'listed', 'contribution')],
      ...{ historyEvents: 400, historyDays: 60, dimensions: [], hours: null, factor: null, suppressions: [] },
      device: { isNamed: true, isKnown: true, isManaged: true, firstAt: null, lastAt: null, networks: [] },
      operator: operator === undefined ? null : { name: operator, source: 'Okta' },
      colleagues: colleagues ? { network: 'AS64500', people: colleagues[0], of: colleagues[1], isCapped: false } : null,
      likelihood: {
        score,
        contributions: [
          { id: 'known_device', label: 'Same device as before', points: 40 },
          { id: 'listed', label: 'Called malicious', points: -15 },
        ],
        wouldChange: [],
      },
    },
    { step: 3, ...head(3, told[3]), lanes: [], classes: [], notable: [], events: 0, isComplete: true },
    { step: 4, ...head(4, told[4]), tokens: [], createdAfter: [] },
    { step: 5, ...head(5, told[5]), changes: [], lifelines: [], patterns: [], isComplete: true },
    {
      step: 6,
      ...head(6, told[6]),
      accounts: [],
      accountsTotal: 1,
      shared: shared ? { kind: shared, sentence: 'Shared.' } : null,
      spray: null,
    },
  ]
}

const legitimate: Told = { answer: 'yes', speaksForBenign: true }
const quiet: Told = { answer: 'no', speaksForBenign: true }
const open: Told = { answer: 'cannot_tell' }

describe('malicious', () => {
  it('is confirmed by a confirmed act that a second step supports', () => {
    const suggestion = suggestVerdict(steps({ 2: { weight: 'likely' }, 3: { answer: 'yes', weight: 'confirmed' } }))
    expect(suggestion).toMatchObject({ verdict: 'malicious', strength: 'confirmed', answered: 6 })
    expect(suggestion.reasonsFor.map(({ step }) => step)).toEqual([1, 2, 3])
    expect(suggestion.reasonsAgainst).toEqual([])
    expect(suggestion.because).toBe(
      'Notable events followed (step 3). Called malicious (step 2). The address is flagged (step 1).',
    )
  })

  it.each<[string, Steps, Weight]>([
    ['a confirmed act alone', steps({ 6: { answer: 'yes', weight: 'confirmed' } }), 'likely'],
    ['two likely ones', steps({ 3: { weight: 'likely' }, 5: { weight: 'likely' } }), 'likely'],
    ['a likely one of an unusual use', steps({ 2: { weight: 'possible' }, 4: { weight: 'likely' } }), 'possible'],
  ])('follows from %s', (_, from, strength) => {
    expect(suggestVerdict(from)).toMatchObject({ verdict: 'malicious', strength })
  })

  it('pins what was done before what it came from', () => {
    const { evidence } = suggestVerdict(steps({ 3: { weight: 'likely' }, 5: { weight: 'confirmed' } }))
    expect(evidence.map(({ ref }) => ref)).toEqual(['5a', '3a', 'attackers', '5b', '3b'])
  })
})

describe('suspicious', () => {
  it.each<[string, Steps, Weight]>([
    ['an unusual use from a bad address', steps({ 2: { weight: 'likely' } }), 'likely'],
    ['a slightly unusual use', steps({ 2: { weight: 'possible' } }), 'possible'],
    ['one thing that may be', steps({ 5: { answer: 'yes', weight: 'possible' } }), 'possible'],
    ['one likely thing of a use that nobody can judge', steps({ 2: open, 3: { weight: 'likely' } }), 'likely'],
  ])('follows from %s', (_, from, strength) => {
    expect(suggestVerdict(from)).toMatchObject({ verdict: 'suspicious_escalated', strength })
  })
})

describe('benign', () => {
  it('is a VPN where somebody runs one and the company does not use it', () => {
    const from = steps({ 2: legitimate, 3: quiet }, { operator: 'ExampleVPN', colleagues: [2, 300], score: 42 })
    const suggestion = suggestVerdict(from)
    expect(suggestion).toMatchObject({ verdict: 'benign_vpn', strength: 'possible' })
    expect(suggestion.reasonsFor.map(({ step }) => step)).toEqual([2, 3])
    expect(suggestion.reasonsAgainst.map(({ step }) => step)).toEqual([1])
    expect(suggestion.because).toBe(
      'Same device as before; VPN of ExampleVPN, says Okta (step 2). Nothing notable followed (step 3).',
    )
  })

  it('pins only what speaks for it; what is absent is shown by the answer', () => {
    const { evidence } = suggestVerdict(steps({ 2: legitimate, 3: quiet }))
    expect(evidence).toEqual([
      cite(2, 'known_device', 'contribution'),
      { kind: 'answer', ref: 'step_3', step: 3, label: 'Sentence 3.', at: null },
    ])
  })

  it.each<[string, Options]>([
    ['the network is no VPN', {}],
    ['many colleagues use the VPN', { operator: 'ExampleVPN', colleagues: [40, 300] }],
    ['the address is an egress of the company', { operator: 'ExampleVPN', shared: 'corporate_egress' }],
  ])('is expected where %s', (_, options) => {
    expect(suggestVerdict(steps({ 2: legitimate }, options))).toMatchObject({
      verdict: 'benign_expected',
      strength: 'likely',
    })
  })

  it('is weaker with one thing that may be malicious', () => {
    expect(suggestVerdict(steps({ 2: legitimate, 5: { answer: 'yes', weight: 'possible' } }))).toMatchObject({
      verdict: 'benign_expected',
      strength: 'possible',
    })
  })

  it('is expected where a list of good addresses clears the address', () => {
    expect(suggestVerdict(steps({ 1: { answer: 'no', weight: 'none', speaksForBenign: true } }))).toMatchObject({
      verdict: 'benign_expected',
      strength: 'possible',
    })
  })
})

describe('nothing is suggested', () => {
  it('with fewer than four answers', () => {
    const suggestion = suggestVerdict(steps({ 2: open, 3: open, 6: open, 5: { answer: 'yes', weight: 'confirmed' } }))
    expect(suggestion).toMatchObject({
      verdict: null,
      strength: 'none',
      evidence: [],
      answered: 3,
      because: 'A verdict needs 4 clear answers, and there are 3. Not answered: steps 2, 3 and 6.',
    })
  })

  it('with the listing alone', () => {
    const { verdict, because } = suggestVerdict(steps({ 2: open, 3: open }))
    expect(verdict).toBeNull()
    expect(because).toMatch(/^Nothing but the listing speaks for malicious use, .* Not answered: steps 2 and 3\.$/)
  })

  it.each<[string, Partial<Record<3 | 4 | 5 | 6, Told>>]>([
    ['something likely', { 3: { answer: 'yes', weight: 'likely' } }],
    ['something confirmed', { 6: { answer: 'yes', weight: 'confirmed' } }],
    ['two things that may be', { 4: { answer: 'yes', weight: 'possible' }, 5: { answer: 'yes', weight: 'possible' } }],
  ])('where a legitimate use is contradicted by %s', (_, told) => {
    const { verdict, because } = suggestVerdict(steps({ 2: legitimate, ...told }))
    expect(verdict).toBeNull()
    expect(because).toMatch(
      /^The answers contradict each other\. For legitimate use: Same device as before \(step 2\)\. Against it: /,
    )
  })
})

describe('always', () => {
  const told = fc.record({
    answer: fc.constantFrom(...ANSWERS),
    weight: fc.constantFrom(...WEIGHTS),
    speaksForBenign: fc.boolean(),
  })
  const anySteps = fc
    .tuple(fc.tuple(told, told, told, told, told, told), fc.integer({ min: -100, max: 100 }), fc.boolean())
    .map(([[one, two, three, four, five, six], score, isVpn]) => ({
      told: { 1: one, 2: two, 3: three, 4: four, 5: five, 6: six },
      options: { score, ...(isVpn ? { operator: 'ExampleVPN' } : {}) },
    }))
  /** From benign to malicious. */
  const rank = (verdict: string | null) =>
    ['benign_expected', 'benign_vpn'].includes(verdict ?? '')
      ? 0
      : verdict === null
        ? 1
        : verdict === 'malicious'
          ? 3
          : 2

  it('more that speaks for malicious use never makes it more benign', () => {
    fc.assert(
      fc.property(anySteps, fc.constantFrom(1, 2, 3, 4, 5, 6), fc.constantFrom(...WEIGHTS), (from, step, weight) => {
        const before = from.told[step as 1]
        fc.pre(WEIGHTS.indexOf(weight) >= WEIGHTS.indexOf(before.weight))
        const more = { ...from.told, [step]: { ...before, weight } }
        const [less, now] = [from.told, more].map((each) => suggestVerdict(steps(each, from.options)).verdict)
        expect(rank(now!)).toBeGreaterThanOrEqual(rank(less!))
      }),
      { numRuns: 2000 },
    )
  })

  it('nor does an answer that is found and speaks for it', () => {
    fc.assert(
      fc.property(
        anySteps,
        fc.constantFrom(3, 4, 5, 6),
        fc.constantFrom('possible', 'likely', 'confirmed'),
        (from, step, weight) => {
          const before = { answer: 'cannot_tell', weight: 'none', speaksForBenign: false } as const
          const [less, now] = [before, { ...before, answer: 'yes', weight } as const].map(
            (each) => suggestVerdict(steps({ ...from.told, [step]: each }, from.options)).verdict,
          )
          expect(rank(now!)).toBeGreaterThanOrEqual(rank(less!))
          if (rank(now!) === 0) expect(rank(less!)).toBe(0)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('is never benign while something likely stands, and never a verdict with fewer than four answers', () => {
    fc.assert(
      fc.property(anySteps, ({ told: given, options }) => {
        const { verdict, answered, strength, evidence } = suggestVerdict(steps(given, options))
        const acts = [given[3], given[4], given[5], given[6]]
        if (acts.some(({ weight }) => weight === 'likely' || weight === 'confirmed'))
          expect(rank(verdict)).toBeGreaterThan(0)
        if (answered < 4) expect(verdict).toBeNull()
        expect(strength === 'none').toBe(verdict === null)
        expect(evidence.length > 0).toBe(verdict !== null)
      }),
      { numRuns: 2000 },
    )
  })
})
