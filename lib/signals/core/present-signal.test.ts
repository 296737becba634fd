import { describe, expect, test } from 'vitest'
import { SignalListItem } from '../contract/signal'
import { buildFinding, buildTokenFinding } from '../fixtures/build-finding'
import { buildMatch, buildSignal } from '../fixtures/build-signal'
import { conditionsOf, opinionsOf, presentSignal } from './present-signal'

test('presentSignal keeps the contract', () => {
  const claim = { byId: 'ana', byName: 'Ana Silva', expiresAt: new Date('2026-11-22T08:15:00.000Z') }
  const item = presentSignal(buildSignal({ claim }), new Date('2026-11-22T08:14:59.999Z'))
  expect(SignalListItem.parse(item)).toEqual(item)
  expect(item).toMatchObject({ reference: 'SIG-1042', title: 'Sign-in from a Tor exit', why: 'Tor exit: Feed of tor' })
  expect(item.claim).toEqual({ byId: 'ana', byName: 'Ana Silva', expiresAt: '2026-11-22T08:15:00.000Z' })
  expect(presentSignal(buildSignal({ claim }), claim.expiresAt).claim).toBeNull()
})

describe('conditionsOf', () => {
  test('are those that the stored finding met, in order', () => {
    const conditions = conditionsOf(buildTokenFinding(0, { matches: [buildMatch('tor')] }), 'malicious+tor')
    expect(conditions.map(({ name, passed }) => `${name} ${passed}`)).toEqual([
      'event_type true',
      'outcome true',
      'client_ip true',
      'actor true',
      'intelligence true',
      'case true',
    ])
    expect(conditions.at(-1)!.value).toBe('case 1: ssws token 00Tabc1def2ghi39xQ is present, HIGH')
  })

  test('judge an ALLOW as the org did then', () => {
    const finding = buildTokenFinding(0, { outcome: 'ALLOW', matches: [buildMatch('tor')] })
    expect(conditionsOf(finding, 'malicious+tor').every(({ passed }) => passed)).toBe(true)
  })

  test('use the intelligence that was stored, not any other', () => {
    expect(conditionsOf(buildFinding(0, { matches: [] }), 'malicious').find(({ passed }) => !passed)).toMatchObject({
      name: 'intelligence',
    })
  })
})

test('opinionsOf groups by feed: those that flag first, deeper hops last', () => {
  const deeper = buildMatch('malicious', {
    indicatorId: 3,
    hop: 1,
    ip: '203.0.113.9',
    feedId: 'both',
    feedName: 'Both',
  })
  const flagging = buildMatch('malicious', { indicatorId: 2, feedId: 'both', feedName: 'Both' })
  const vpn = buildMatch('vpn', { indicatorId: 4, feedName: 'A VPN list' })
  expect(opinionsOf([deeper, flagging, vpn], 'malicious+tor')).toEqual([
    { feedId: 'both', feedName: 'Both', isFlagging: true, matches: [flagging, deeper] },
    { feedId: 'feed-of-vpn', feedName: 'A VPN list', isFlagging: false, matches: [vpn] },
  ])
})
