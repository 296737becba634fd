import { describe, expect, it } from 'vitest'
import { runbook } from '@/components/runbook/testing/runbook-fixture'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type { EvidenceRef, Verdict } from '@/lib/signals/model'
import { evidenceKey, evidenceOptions, verdictInput, type EvidenceOption, type VerdictChoice } from './verdict-draft'

const fact = (ref: string, step: number | null = 1): EvidenceRef => ({ kind: 'event', ref, step, label: ref, at: null })
const pinnedFact = (ref: string, number: number) => ({
  ...fact(ref),
  number,
  pinnedAt: '2026-11-22T08:00:00.000Z',
  pinnedByName: 'Ana Silva',
})
const signal = { id: 1042, ip: '198.51.100.7', version: 3, evidence: [] as ReturnType<typeof pinnedFact>[] }
const suggesting = (verdict: Verdict | null): Runbook => ({
  ...runbook,
  suggestion: {
    ...runbook.suggestion,
    verdict,
    evidence: [fact('for-1'), fact('for-2')],
    reasonsAgainst: [{ step: 2, sentence: 'It is usual.', evidence: [fact('against-1', 2)] }],
  },
})
const cited = (options: readonly EvidenceOption[]) => options.filter((one) => one.isDefault).map((one) => one.ref.ref)
const choice = (patch: Partial<VerdictChoice>): VerdictChoice => ({
  verdict: null,
  toggled: new Map(),
  note: '',
  duplicateOf: '',
  ...patch,
})

describe('evidenceOptions', () => {
  it('cites what is pinned and what the runbook cites for the suggested verdict', () => {
    const options = evidenceOptions(
      'malicious',
      { ...signal, evidence: [pinnedFact('pinned', 2)] },
      suggesting('malicious'),
    )
    expect(cited(options)).toEqual(['pinned', 'for-1', 'for-2'])
    expect(options[0]?.number).toBe(2)
  })

  it('names a fact once that is pinned and suggested', () => {
    const options = evidenceOptions(
      'malicious',
      { ...signal, evidence: [pinnedFact('for-1', 1)] },
      suggesting('malicious'),
    )
    expect(options.filter((one) => one.ref.ref === 'for-1')).toHaveLength(1)
  })

  it('cites for a verdict of the other side what spoke against the suggestion', () => {
    expect(cited(evidenceOptions('benign_vpn', signal, suggesting('malicious')))).toEqual(['against-1'])
  })

  it('cites for another verdict of the same side what the suggestion rests on', () => {
    expect(cited(evidenceOptions('suspicious_escalated', signal, suggesting('malicious')))).toEqual(['for-1', 'for-2'])
  })

  it('cites for "cannot tell" the steps that could not be answered', () => {
    const [first, ...rest] = runbook.steps
    const unknown = { ...suggesting(null), steps: [{ ...first, answer: 'cannot_tell' }, ...rest] } as Runbook
    const options = evidenceOptions('cannot_tell', signal, unknown).filter((one) => one.isDefault)
    expect(options.map((one) => one.ref)).toContainEqual(
      expect.objectContaining({ kind: 'answer', step: 1, ref: first.assessment.id }),
    )
  })

  it('offers facts without citing any while no verdict is chosen', () => {
    const options = evidenceOptions(null, signal, suggesting('malicious'))
    expect(options.length).toBeGreaterThan(0)
    expect(cited(options)).toEqual([])
  })

  it('still offers the address where the answers could not be read', () => {
    expect(evidenceOptions('malicious', signal, null).map((one) => one.ref.kind)).toEqual(['address'])
  })
})

describe('verdictInput', () => {
  const options = evidenceOptions(
    'malicious',
    { ...signal, evidence: [pinnedFact('pinned', 2)] },
    suggesting('malicious'),
  )

  it('sends the facts as they are, without numbers, with the version on screen and what was suggested', () => {
    expect(verdictInput(choice({ verdict: 'malicious', note: '  seen ' }), signal, options, 'malicious')).toEqual({
      unpin: [],
      input: {
        verdict: 'malicious',
        version: 3,
        suggested: 'malicious',
        note: 'seen',
        evidence: [fact('pinned'), fact('for-1'), fact('for-2')],
      },
    })
  })

  it('unpins a pinned fact that was taken out, because a verdict cites all that is pinned', () => {
    const toggled = new Map([[evidenceKey(fact('pinned')), false]])
    const result = verdictInput(choice({ verdict: 'malicious', toggled }), signal, options, null)
    expect(result).toMatchObject({ unpin: [2], input: { evidence: [{ ref: 'for-1' }, { ref: 'for-2' }] } })
  })

  it.each([
    ['without a verdict', choice({}), 'verdict'],
    [
      'without evidence',
      choice({ verdict: 'malicious', toggled: new Map(options.map(({ ref }) => [evidenceKey(ref), false])) }),
      'evidence',
    ],
    ['without the signal it repeats', choice({ verdict: 'duplicate' }), 'duplicateOf'],
    ['as a duplicate of itself', choice({ verdict: 'duplicate', duplicateOf: 'SIG-1042' }), 'duplicateOf'],
  ])('sends nothing %s, and names the field', (_what, chosen, field) => {
    expect(verdictInput(chosen, signal, options, null)).toMatchObject({ problem: { field } })
  })

  it('takes the number of the repeated signal in any form', () => {
    const result = verdictInput(choice({ verdict: 'duplicate', duplicateOf: 'sig-7' }), signal, options, null)
    expect(result).toMatchObject({ input: { duplicateOfId: 7 } })
  })
})
