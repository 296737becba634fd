// Raw System Log events through parser, index and rule: every case fires and stays quiet, every reason for no finding is reached.
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildIntelIndex } from '@/lib/intel/core/intel-index'
import { matchEvent } from '@/lib/intel/core/match-event'
import { CATEGORY_INTENT, type Category, type Indicator } from '@/lib/intel/model'
import { parseEvent } from '@/lib/okta/core/parse-event'
import { judgeEvent } from './core/judge-event'
import { CASES, type Judgement, type NoFindingReason, type RuleCase, type RuleSettings } from './model'

const folder = path.join(import.meta.dirname, 'fixtures')
const now = new Date('2026-11-22T09:00:00.000Z')

const TOR = indicator(1, '198.51.100.7', 'tor')
const MALICIOUS = indicator(2, '198.51.100.0/24', 'malicious')
const VPN = indicator(3, '198.51.100.0/24', 'vpn')
const BENIGN = indicator(4, '198.51.100.0/28', 'benign')
const MALICIOUS_V6 = indicator(5, '2001:db8::/48', 'malicious')
/** Reserved ranges that some lists carry all the same. */
const RESERVED = indicator(6, '10.0.0.0/8', 'malicious')
const ELSEWHERE = indicator(7, '203.0.113.0/24', 'malicious')

function indicator(id: number, range: string, category: Category): Indicator {
  return {
    id,
    feedId: `feed-${id}`,
    feedName: `Feed ${id}`,
    range,
    category,
    intent: CATEGORY_INTENT[category],
    confidence: 80,
    source: null,
    validFrom: new Date('2026-11-01T00:00:00.000Z'),
    validTo: null,
    knownFrom: new Date('2026-11-01T00:10:00.000Z'),
  }
}

function judgeFixture(name: string, indicators: Indicator[], settings: Partial<RuleSettings> = {}): Judgement {
  const outcome = parseEvent(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8'), now)
  if (outcome.status === 'rejected') throw new Error(`${name}: ${outcome.rejected.detail}`)
  const { event } = outcome.parsed
  const matches = matchEvent(buildIntelIndex(indicators), event)
  return judgeEvent({ event, matches, settings: { intentPolicy: 'malicious+tor', isAllowSuccess: false, ...settings } })
}

describe('fires', () => {
  test.each<[string, Indicator[], Partial<RuleSettings>, RuleCase]>([
    ['api-token-ssws', [TOR], {}, 1],
    ['api-token-oauth', [MALICIOUS], {}, 1],
    ['api-token-other', [TOR, VPN], {}, 1],
    ['api-policy-allow', [TOR], { isAllowSuccess: true }, 1],
    ['sign-in', [TOR], {}, 2],
    ['sign-in', [MALICIOUS], { intentPolicy: 'malicious' }, 2],
    ['sign-in', [VPN], { intentPolicy: 'malicious+suspicious' }, 2],
    ['mapped-ipv6', [TOR], {}, 2],
    ['ipv6', [MALICIOUS_V6], {}, 2],
    ['session-activity', [TOR], {}, 3],
    ['sign-out', [TOR], {}, 3],
  ])('%s with %o and %o: case %i', (name, indicators, settings, ruleCase) => {
    const judgement = judgeFixture(name, indicators, settings)
    expect(judgement).toMatchObject({ status: 'finding', finding: { ruleCase } })
    expect(judgement.conditions.every((condition) => condition.passed)).toBe(true)
  })

  test('with everything a signal keeps', () => {
    expect(judgeFixture('api-token-oauth', [TOR, MALICIOUS])).toMatchObject({
      finding: {
        eventUuid: '00000002-0001-11f1-8000-000000000001',
        published: new Date('2026-11-22T08:15:07.123Z'),
        eventType: 'user.lifecycle.create',
        outcome: 'SUCCESS',
        ruleCase: 1,
        ip: '198.51.100.7',
        actorId: '0oa1hrsync0000001',
        actorName: 'HR sync',
        actorType: 'PublicClientAppEntity',
        asNumber: 64500,
        asOrg: 'Example Hosting',
        country: 'Germany',
        token: { id: 'AT.examplejti000000000001', kind: 'oauth', clientId: '0oa1hrsync0000001' },
        sessionId: null,
        matches: [
          { indicatorId: 1, feedId: 'feed-1', category: 'tor', knownFrom: '2026-11-01T00:10:00.000Z', hop: 0 },
          { indicatorId: 2, feedId: 'feed-2', category: 'malicious', ip: '198.51.100.7', hop: 0 },
        ],
      },
    })
  })

  test('an IPv4-mapped address is the IPv4 address, also as group', () => {
    expect(judgeFixture('mapped-ipv6', [TOR])).toMatchObject({ finding: { ip: '198.51.100.7' } })
  })

  test('every case fires at its severity', () => {
    expect(CASES).toEqual({
      1: { severity: 'high', kind: 'api_token' },
      2: { severity: 'medium', kind: 'interactive_login' },
      3: { severity: 'medium', kind: 'session_activity' },
    })
  })
})

describe('stays quiet', () => {
  const rows: [string, Indicator[], Partial<RuleSettings>, NoFindingReason][] = [
    ['rate-limit-warning', [TOR], {}, 'noise_event_type'],
    ['threat-insight', [MALICIOUS], {}, 'noise_event_type'],
    ['sign-in-failed', [MALICIOUS], {}, 'not_successful'],
    ['sign-on-policy-allow', [MALICIOUS], { isAllowSuccess: true }, 'not_successful'],
    ['api-policy-allow', [MALICIOUS], {}, 'not_successful'],
    ['null-address', [MALICIOUS], {}, 'no_client_ip'],
    ['redacted-address', [MALICIOUS], {}, 'no_client_ip'],
    ['malformed-address', [MALICIOUS], {}, 'no_client_ip'],
    ['private-address', [RESERVED], {}, 'no_client_ip'],
    ['no-client', [MALICIOUS], {}, 'no_client_ip'],
    ['no-actor', [MALICIOUS], {}, 'no_actor'],
    ['sign-in', [], {}, 'not_listed'],
    ['sign-in', [ELSEWHERE], {}, 'not_listed'],
    ['api-token-ssws', [ELSEWHERE, MALICIOUS_V6], {}, 'not_listed'],
    ['session-activity', [ELSEWHERE], {}, 'not_listed'],
    ['behind-listed-proxy', [MALICIOUS], {}, 'listed_only_in_chain'],
    ['sign-in', [VPN], {}, 'not_flagged_by_policy'],
    ['api-token-ssws', [TOR], { intentPolicy: 'malicious' }, 'not_flagged_by_policy'],
    ['session-activity', [MALICIOUS, BENIGN], {}, 'listed_benign'],
    ['api-token-ssws', [TOR, BENIGN], {}, 'listed_benign'],
  ]
  test.each(rows)('%s with %o and %o: %s', (name, indicators, settings, reason) => {
    expect(judgeFixture(name, indicators, settings)).toMatchObject({ status: 'none', reason })
  })

  test('for every reason there is', () => {
    const all: Record<NoFindingReason, true> = {
      noise_event_type: true,
      not_successful: true,
      no_client_ip: true,
      no_actor: true,
      not_listed: true,
      listed_only_in_chain: true,
      not_flagged_by_policy: true,
      listed_benign: true,
    }
    expect(new Set(rows.map(([, , , reason]) => reason))).toEqual(new Set(Object.keys(all)))
  })
})
