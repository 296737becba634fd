import { describe, expect, test } from 'vitest'
import { CATEGORY_INTENT, type Category } from '@/lib/intel/model'
import { judgeAnonymiser, type AnonymiserFacts } from './judge-anonymiser'

const match = (category: Category, change: Partial<AnonymiserFacts['fired'][number]> = {}) => ({
  ...{ feedName: `${category} feed`, range: '203.0.113.0/24', category, intent: CATEGORY_INTENT[category] },
  ...{ source: null, hop: 0, ...change },
})
const judge = (change: Partial<AnonymiserFacts>) =>
  judgeAnonymiser({ fired: [], live: [], services: [], asOrg: 'Example Hosting', ...change })

describe('judgeAnonymiser', () => {
  test('nothing is known', () => {
    expect(judge({})).toEqual({
      ...{ operator: null, residentialProxy: [], isTor: false, maliciousFeeds: [], networkType: 'unlisted' },
    })
  })

  test('Okta names the operator before feeds do', () => {
    const services = [{ type: 'VPN', operator: 'EXAMPLE_VPN\u202e' }]
    expect(judge({ services, fired: [match('vpn', { source: 'Other' })] })).toMatchObject({
      operator: { name: 'EXAMPLE_VPN', source: 'Okta', kind: 'vpn' },
      networkType: 'vpn',
    })
  })

  test.each([
    ['by its source', match('vpn', { source: 'ExampleVPN' }), { name: 'ExampleVPN', source: 'vpn feed', kind: 'vpn' }],
    ['by its network', match('private_relay'), { name: 'Example Hosting', kind: 'vpn' }],
    ['as a proxy', match('proxy'), { kind: 'proxy' }],
  ])('a feed names it %s, now or then', (_, found, operator) => {
    expect(judge({ fired: [found] }).operator).toMatchObject(operator)
    expect(judge({ live: [found] }).operator).toMatchObject(operator)
  })

  test('only feeds that say more than how one hides call it malicious', () => {
    const fired = [
      match('tor', { intent: 'malicious' }),
      match('malicious', { feedName: 'B' }),
      match('brute_force', { feedName: 'A' }),
      match('malicious', { feedName: 'B', range: '203.0.113.9' }),
      match('malicious', { feedName: 'hop', hop: 1 }),
      match('malicious', { feedName: 'benign', intent: 'benign' }),
    ]
    expect(judge({ fired })).toMatchObject({ maliciousFeeds: ['A', 'B'], isTor: true, networkType: 'tor' })
    expect(judge({ live: fired })).toMatchObject({ maliciousFeeds: [], isTor: false })
  })

  test('a residential proxy, by either', () => {
    const services = [{ type: 'Residential Proxy', operator: null }]
    expect(judge({ services, live: [match('residential_proxy')] })).toMatchObject({
      residentialProxy: ['Okta', 'residential_proxy feed'],
      operator: null,
    })
  })

  test('the kind of network is that of the address, not of its system', () => {
    expect(judge({ fired: [match('hosting', { range: 'AS64500' })] }).networkType).toBe('unlisted')
  })
})
