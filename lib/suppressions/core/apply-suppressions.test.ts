import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding, RuleCase } from '@/lib/detections/model'
import {
  ACTOR,
  buildFinding,
  buildRule,
  buildTarget,
  buildTokenFinding,
  minutes,
  NETWORK,
  TOKEN,
} from '../fixtures/build-rule'
import { SUPPRESSION_SCOPES } from '../model'
import { applySuppressions, names, type Rule } from './apply-suppressions'

const org = { scope: 'org_network', actorId: null } as const
const token = { scope: 'token', tokenId: TOKEN } as const
const block = (range: string) => ({ scope: 'user_ip', asNumber: null, range }) as const

describe('what each scope names', () => {
  test.each([
    ['account and network', {}, {}, true],
    ['another account', {}, { actorId: '00u2' }, false],
    ['another network', {}, { asNumber: 64508 }, false],
    ['an unknown network', {}, { asNumber: null }, false],
    ['everybody on the network', org, { actorId: '00u2' }, true],
    ['everybody, another network', org, { asNumber: 64508 }, false],
    ['the address', block('203.0.113.9'), { asNumber: null }, true],
    ['the next address', block('203.0.113.9'), { ip: '203.0.113.10' }, false],
    ['a block', block('203.0.113.0/24'), { ip: '203.0.113.255' }, true],
    ['beside the block', block('203.0.113.0/24'), { ip: '203.0.114.0' }, false],
    ['an IPv6 block', block('2001:db8:1::/48'), { ip: '2001:db8:1:ffff::1' }, true],
    ['beside the IPv6 block', block('2001:db8:1::/48'), { ip: '2001:db8:2::1' }, false],
    ['an IPv4 address and an IPv6 block', block('2001:db8:1::/48'), {}, false],
    ['an address of another account', block('203.0.113.9'), { actorId: '00u2' }, false],
  ])('%s', (_name, target, finding, isNamed) => {
    expect(names(buildTarget(target), buildFinding(0, finding))).toBe(isNamed)
  })

  test('line 17: HIGH by the scope of its token alone, and there by that token, account and network alone', () => {
    const high = buildTokenFinding(0)
    for (const target of [{}, org, block('203.0.113.9')]) expect(names(buildTarget(target), high)).toBe(false)
    expect(names(buildTarget(token), high)).toBe(true)
    expect(names(buildTarget({ ...token, tokenId: '00Tother' }), high)).toBe(false)
    expect(names(buildTarget(token), buildTokenFinding(0, { asNumber: 64508 }))).toBe(false)
    expect(names(buildTarget(token), buildTokenFinding(0, { actorId: '00u2' }))).toBe(false)
    expect(names(buildTarget(token), buildFinding(0))).toBe(false)
  })
})

describe('pitfall 15: event time decides', () => {
  const hides = (rule: Rule, at: number) => applySuppressions([buildFinding(at)], [rule]).suppressed.length === 1
  test('from the start on, and no longer at the end', () => {
    expect([-1, 0, 59, 60].map((at) => hides(buildRule(), at))).toEqual([false, true, true, false])
  })
  test('until it was ended early', () => {
    const ended = buildRule({ endedAt: minutes(30) })
    expect([29, 30, 59].map((at) => hides(ended, at))).toEqual([true, false, false])
  })
})

test('a finding that several cover is counted under the narrowest, of those the oldest', () => {
  const rules = [
    buildRule({ id: 1, ...org }),
    buildRule({ id: 2 }),
    buildRule({ id: 4, ...block('203.0.113.0/24') }),
    buildRule({ id: 3, ...block('203.0.113.9') }),
  ]
  const by = (some: Rule[]) => applySuppressions([buildFinding(0)], some).suppressed[0]?.suppressionId
  expect([by(rules), by(rules.slice(0, 2)), by(rules.slice(0, 1)), by([])]).toEqual([3, 2, 1, undefined])
})

describe('any suppressions and any findings', () => {
  const target = fc.constantFrom(
    buildTarget(),
    buildTarget(org),
    buildTarget(block('203.0.113.0/24')),
    buildTarget({ ...token }),
    buildTarget({ actorId: '00u2' }),
  )
  const rules = fc
    .array(
      fc.record({
        target,
        from: fc.integer({ min: 0, max: 100 }),
        length: fc.integer({ min: 1, max: 100 }),
        ended: fc.option(fc.integer({ min: 0, max: 100 })),
      }),
      { maxLength: 8 },
    )
    .map((specs) =>
      specs.map(({ target, from, length, ended }, index): Rule => ({
        id: index + 1,
        ...target,
        startsAt: minutes(from),
        endsAt: minutes(from + length),
        endedAt: ended === null || ended > length ? null : minutes(from + ended),
      })),
    )
  const findings = fc
    .array(
      fc.record({
        at: fc.integer({ min: 0, max: 200 }),
        actorId: fc.constantFrom(ACTOR, '00u2', '00u3'),
        asNumber: fc.constantFrom(NETWORK, 64508, null),
        ip: fc.constantFrom('203.0.113.9', '203.0.113.77', '198.51.100.7', '2001:db8::5'),
        ruleCase: fc.constantFrom<RuleCase>(1, 2, 3),
        tokenId: fc.constantFrom(TOKEN, '00Tother'),
      }),
      { maxLength: 30 },
    )
    .map((specs) =>
      specs.map(({ at, ruleCase, tokenId, ...rest }, index): Finding => {
        const changes = { ...rest, eventUuid: `e${index}` }
        if (ruleCase !== 1) return buildFinding(at, { ...changes, ruleCase })
        return buildTokenFinding(at, { ...changes, token: { id: tokenId, kind: 'ssws', clientId: null } })
      }),
    )
  const fateOf = (pages: Finding[][], all: Rule[]) =>
    Object.fromEntries(
      pages.flatMap((page) => {
        const { passed, suppressed } = applySuppressions(page, all)
        return [
          ...passed.map(({ eventUuid }) => [eventUuid, 'shown'] as const),
          ...suppressed.map(({ finding, suppressionId }) => [finding.eventUuid, suppressionId] as const),
        ]
      }),
    )

  test('give each finding the same fate in any order and any split into pages, and lose none', () => {
    fc.assert(
      fc.property(
        rules,
        findings.chain((all) =>
          fc.record({
            all: fc.constant(all),
            shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
            pageSize: fc.integer({ min: 1, max: 7 }),
          }),
        ),
        (all, { all: given, shuffled, pageSize }) => {
          const pages: Finding[][] = []
          for (let from = 0; from < shuffled.length; from += pageSize) pages.push(shuffled.slice(from, from + pageSize))
          const fate = fateOf([given], all)
          expect(Object.keys(fate).length).toBe(given.length)
          expect(fateOf(pages, [...all].reverse())).toEqual(fate)
        },
      ),
    )
  })

  test('line 17: hide no HIGH except by the scope that names its token', () => {
    fc.assert(
      fc.property(rules, findings, (all, given) => {
        for (const { finding, suppressionId } of applySuppressions(given, all).suppressed) {
          const rule = all.find(({ id }) => id === suppressionId)!
          if (finding.ruleCase === 1) expect([rule.scope, rule.tokenId]).toEqual(['token', finding.token!.id])
          else expect(SUPPRESSION_SCOPES.filter((scope) => scope !== 'token')).toContain(rule.scope)
        }
      }),
    )
  })
})
