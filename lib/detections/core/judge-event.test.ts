import { describe, expect, test } from 'vitest'
import { CATEGORY_INTENT, type Category, type IntelMatch } from '@/lib/intel/model'
import type { JudgedEvent, NoFindingReason, RuleSettings } from '../model'
import { judgeEvent } from './judge-event'

const ip = '198.51.100.7'

function event(changes: Partial<JudgedEvent> = {}): JudgedEvent {
  return {
    uuid: '0f0e0d0c-0b0a-4908-8706-050403020100',
    published: new Date('2026-11-22T08:14:07.000Z'),
    eventType: 'user.session.start',
    outcome: 'SUCCESS',
    actorId: '00u1',
    actorLogin: 'dana.okafor@example.com',
    actorName: 'Dana Okafor',
    actorType: 'User',
    clientIp: ip,
    asNumber: 64500,
    asOrg: 'Example Hosting',
    country: 'DE',
    tokenId: null,
    tokenClientId: null,
    sessionId: 'session-1',
    ...changes,
  }
}

function match(category: Category, changes: Partial<IntelMatch> = {}): IntelMatch {
  return {
    indicatorId: 1,
    feedId: category,
    feedName: `Feed of ${category}`,
    range: '198.51.100.0/24',
    category,
    intent: CATEGORY_INTENT[category],
    confidence: 80,
    source: null,
    validFrom: '2026-11-01T00:00:00.000Z',
    knownFrom: '2026-11-01T00:10:00.000Z',
    ip,
    hop: 0,
    ...changes,
  }
}

function judge(changes: {
  event?: Partial<JudgedEvent>
  matches?: IntelMatch[]
  settings?: Partial<Pick<RuleSettings, 'intentPolicy' | 'isAllowSuccess'>>
}) {
  const settings = { intentPolicy: 'malicious+tor', isAllowSuccess: false, ...changes.settings } as const
  return judgeEvent({ event: event(changes.event), matches: changes.matches ?? [match('tor')], settings })
}

function reasonOf(changes: Parameters<typeof judge>[0]): NoFindingReason | 'finding' {
  const judgement = judge(changes)
  return judgement.status === 'none' ? judgement.reason : 'finding'
}

describe('line 1: only success counts', () => {
  test.each([
    ['SUCCESS', null, false, 'finding'],
    ['SUCCESS', '00T1', false, 'finding'],
    ['FAILURE', null, false, 'not_successful'],
    ['DENY', null, true, 'not_successful'],
    ['CHALLENGE', '00T1', true, 'not_successful'],
    [null, null, true, 'not_successful'],
    ['ALLOW', null, false, 'not_successful'],
    ['ALLOW', '00T1', false, 'not_successful'],
    ['ALLOW', null, true, 'not_successful'],
    ['ALLOW', '00T1', true, 'finding'],
  ] as const)('outcome %s, token %s, ALLOW option %s: %s', (outcome, tokenId, isAllowSuccess, expected) => {
    expect(reasonOf({ event: { outcome, tokenId }, settings: { isAllowSuccess } })).toBe(expected)
  })
})

describe('line 2: the intent policy in force decides what is flagged', () => {
  const policies = ['malicious', 'malicious+tor', 'malicious+suspicious'] as const
  test.each<[Category, boolean, boolean, boolean]>([
    ['malicious', true, true, true],
    ['brute_force', true, true, true],
    ['botnet', true, true, true],
    ['malware', true, true, true],
    ['command_and_control', true, true, true],
    ['tor', false, true, true],
    ['vpn', false, false, true],
    ['residential_proxy', false, false, true],
    ['proxy', false, false, true],
    ['hosting', false, false, true],
    ['scanner', false, false, true],
    ['spam', false, false, false],
    ['bogon', false, false, false],
  ])('%s fires under malicious %s, +tor %s, +suspicious %s', (category, ...fires) => {
    const found = policies.map((intentPolicy) => reasonOf({ matches: [match(category)], settings: { intentPolicy } }))
    expect(found).toEqual(fires.map((does) => (does ? 'finding' : 'not_flagged_by_policy')))
  })

  test('a benign list wins over every other', () => {
    expect(reasonOf({ matches: [match('malicious'), match('benign', { indicatorId: 2 })] })).toBe('listed_benign')
  })

  test('a benign list of a deeper hop does not', () => {
    expect(reasonOf({ matches: [match('malicious'), match('benign', { indicatorId: 2, hop: 1 })] })).toBe('finding')
  })

  test('an address that no feed lists raises nothing', () => {
    expect(reasonOf({ matches: [] })).toBe('not_listed')
  })
})

describe('line 3: never on its own', () => {
  test.each([
    'system.org.rate_limit.warning',
    'system.org.rate_limit.violation',
    'system.operation.rate_limit.violation',
    'system.client.rate_limit.violation',
    'system.client.concurrency_rate_limit.notification',
    'core.concurrency.org.limit.violation',
    'security.threat.detected',
  ])('%s is noise, even with a token', (eventType) => {
    expect(reasonOf({ event: { eventType, tokenId: '00T1' } })).toBe('noise_event_type')
  })

  test.each([
    'system.api_token.create',
    'system.org.lifecycle.create',
    'security.threat.configuration.update',
    'core.other',
  ])('%s is not', (eventType) => {
    expect(reasonOf({ event: { eventType } })).toBe('finding')
  })
})

describe('line 4: a flagged address deeper in the chain is evidence and never triggers', () => {
  test('alone', () => {
    const judgement = judge({ matches: [match('malicious', { hop: 1, ip: '203.0.113.9' })] })
    expect(judgement).toMatchObject({ status: 'none', reason: 'listed_only_in_chain', categories: ['malicious'] })
    expect(judgement.conditions.find((condition) => condition.name === 'intelligence')?.value).toContain('hop 2')
  })

  test('beside an unflagged client address', () => {
    expect(reasonOf({ matches: [match('vpn'), match('malicious', { indicatorId: 2, hop: 1 })] })).toBe(
      'not_flagged_by_policy',
    )
  })

  test('beside a flagged one it is kept on the finding', () => {
    const deeper = match('malicious', { indicatorId: 2, hop: 2, ip: '203.0.113.9' })
    expect(judge({ matches: [match('tor'), deeper] })).toMatchObject({ finding: { matches: [match('tor'), deeper] } })
  })
})

describe('line 5: addresses that never match', () => {
  test.each([
    null,
    '10.0.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '0.0.0.0',
    '::1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    'nonsense',
  ])('%s', (clientIp) => {
    expect(reasonOf({ event: { clientIp }, matches: [match('malicious', { ip: clientIp ?? '' })] })).toBe(
      'no_client_ip',
    )
  })

  test('IPv6 does', () => {
    expect(reasonOf({ event: { clientIp: '2001:db8::7' }, matches: [match('malicious', { ip: '2001:db8::7' })] })).toBe(
      'finding',
    )
  })
})

describe('section 2: ordered cases, first match wins', () => {
  test.each([
    ['user.session.start', '00T1', 1],
    ['system.api_token.create', '00T1', 1],
    ['user.session.start', null, 2],
    ['user.authentication.sso', null, 2],
    ['user.authentication.auth_via_mfa', null, 2],
    ['user.authentication.slo', null, 3],
    ['user.authentication.universal_logout', null, 3],
    ['user.authentication.universal_logout.scheduled', null, 3],
    ['user.authentication', null, 3],
    ['user.session.end', null, 3],
    ['user.account.privilege.grant', null, 3],
    ['policy.evaluate_sign_on', null, 3],
  ] as const)('%s with token %s is case %i', (eventType, tokenId, ruleCase) => {
    expect(judge({ event: { eventType, tokenId } })).toMatchObject({ status: 'finding', finding: { ruleCase } })
  })

  test.each([
    ['00Tabc', 'ssws'],
    ['AT.abc', 'oauth'],
    ['other', 'unknown'],
  ] as const)('line 6: token %s is of kind %s, and HIGH', (tokenId, kind) => {
    const judgement = judge({ event: { tokenId, tokenClientId: '0oa1' } })
    expect(judgement).toMatchObject({ finding: { ruleCase: 1, token: { id: tokenId, kind, clientId: '0oa1' } } })
  })
})

describe('conditions', () => {
  test('are all there, in order, with their values', () => {
    expect(judge({ event: { tokenId: '00Tabc' } }).conditions).toEqual([
      { name: 'event_type', passed: true, value: 'event type is user.session.start' },
      { name: 'outcome', passed: true, value: 'outcome is SUCCESS' },
      { name: 'client_ip', passed: true, value: 'client address is 198.51.100.7' },
      { name: 'actor', passed: true, value: 'actor is dana.okafor@example.com' },
      {
        name: 'intelligence',
        passed: true,
        value: 'client address is listed as tor by Feed of tor; policy malicious+tor',
      },
      { name: 'case', passed: true, value: 'case 1: ssws token 00Tabc is present, HIGH' },
    ])
  })

  test('the first that fails names the reason, the others are judged all the same', () => {
    const judgement = judge({ event: { outcome: 'FAILURE', actorId: null }, matches: [] })
    expect(judgement).toMatchObject({ reason: 'not_successful' })
    expect(judgement.conditions.map((condition) => condition.passed)).toEqual([true, false, true, false, false, true])
  })

  test('an event without an actor has no group', () => {
    expect(reasonOf({ event: { actorId: null } })).toBe('no_actor')
  })
})
