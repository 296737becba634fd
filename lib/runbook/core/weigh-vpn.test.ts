import { describe, expect, test } from 'vitest'
import { judgeVpn, leaningOf, phraseScore } from './judge-vpn'
import { scoreOf, weighVpn, type VpnFacts } from './weigh-vpn'

/** Nothing is known: no rule speaks. */
const NOTHING: VpnFacts = {
  hasHistory: true,
  device: { namedBy: null, isManaged: false, firstAt: null, usualNetworks: [] },
  ...{ network: null, country: null, client: null, hour: null, colleagues: null, operator: null },
  ...{ residentialProxy: [], isTor: false, maliciousFeeds: [], factor: null, token: null, travel: null },
  suppressions: [],
  decided: { benign: [], malicious: [] },
}
const SINCE = new Date('2026-01-02T00:00:00Z')
const office = { firstAt: SINCE, usualNetworks: ['AS64496 Example Corp'] }
const network = (days: number, share = 0.5) => ({ name: 'AS64500 Example', days, share })
const company = (people: number, of = 312) => ({ network: 'AS64500 Example', people, of, isCapped: false })
const travel = { uuid: 'e', at: SINCE, where: 'Denver', km: 8315, minutes: 13, isBefore: true }
const vpn = { name: 'ExampleVPN', source: 'Okta', kind: 'vpn' as const }
const KNOWN: VpnFacts['device'] = { namedBy: 'registered', isManaged: true, ...office }

describe('each reason by itself', () => {
  test.each<[string, Partial<VpnFacts>, Array<[string, number, string]>]>([
    ['nothing known', {}, []],
    [
      'managed device of the office',
      { device: KNOWN },
      [['known_device', 40, 'Same managed device since 2 Jan 2026, on AS64496 Example Corp']],
    ],
    [
      'registered device of the office',
      { device: { ...KNOWN, isManaged: false } },
      [['known_device', 35, 'Same registered device since 2 Jan 2026, on AS64496 Example Corp']],
    ],
    [
      'cookie of the office: it could be stolen',
      { device: { namedBy: 'cookie', isManaged: false, ...office } },
      [['known_device', 20, 'Same browser since 2 Jan 2026, on AS64496 Example Corp']],
    ],
    ['device known, but from nowhere usual', { device: { ...KNOWN, usualNetworks: [] } }, []],
    ['new browser', { device: { ...NOTHING.device, namedBy: 'cookie' } }, [['new_device', -15, 'New browser']]],
    [
      'new, but managed',
      { device: { ...NOTHING.device, namedBy: 'registered', isManaged: true } },
      [['new_device', -5, 'Managed device, but never used before']],
    ],
    ['new without a history to be new in', { hasHistory: false, device: { ...NOTHING.device, namedBy: 'cookie' } }, []],
    ['first time on the network', { network: network(0, 0) }, [['new_network', -10, 'First time on AS64500 Example']]],
    [
      'first time on a network of colleagues',
      { network: network(0, 0), colleagues: company(5) },
      [
        ['colleagues', 15, '5 of 312 other accounts use AS64500 Example'],
        ['new_network', -5, 'First time on AS64500 Example'],
      ],
    ],
    [
      'network of two days',
      { network: network(2, 0.001) },
      [['known_network', 8, 'AS64500 Example used on 2 days before, under 1 % of the history']],
    ],
    [
      'network of three days',
      { network: network(3) },
      [['known_network', 20, 'AS64500 Example used on 3 days before, 50 % of the history']],
    ],
    ['new country', { country: { name: 'Nepal', isFirstTime: true } }, [['new_country', -8, 'First time in Nepal']]],
    [
      'new country behind a VPN',
      { country: { name: 'Nepal', isFirstTime: true }, operator: vpn },
      [
        ['vpn_operator', 15, 'Okta calls it a VPN: ExampleVPN'],
        ['new_country', -3, 'First time in Nepal'],
      ],
    ],
    ['usual country', { country: { name: 'Nepal', isFirstTime: false } }, []],
    [
      'new client',
      { client: { name: 'Linux, Firefox', isFirstTime: true } },
      [['new_client', -8, 'First time with Linux, Firefox']],
    ],
    [
      'hour without activity',
      { hour: { name: 'Sunday 07:00 UTC', weeks: 0, of: 13 } },
      [['unusual_hour', -5, 'Never active around Sunday 07:00 UTC in 13 weeks']],
    ],
    ['hour with little activity', { hour: { name: 'Sunday 07:00 UTC', weeks: 3, of: 13 } }, []],
    [
      'usual hour',
      { hour: { name: 'Monday 09:00 UTC', weeks: 4, of: 13 } },
      [['usual_hour', 5, 'Active around Monday 09:00 UTC in 4 of 13 weeks']],
    ],
    ['too few weeks', { hour: { name: 'Monday 09:00 UTC', weeks: 0, of: 3 } }, []],
    ['nobody else', { colleagues: company(0) }, [['no_colleagues', -8, '0 of 312 other accounts use AS64500 Example']]],
    ['nobody else of few', { colleagues: company(0, 9) }, []],
    ['one colleague', { colleagues: company(1) }, [['colleagues', 8, '1 of 312 other accounts uses AS64500 Example']]],
    [
      'a tenth of all',
      { colleagues: company(32) },
      [['colleagues', 20, '32 of 312 other accounts use AS64500 Example']],
    ],
    [
      'more than are counted',
      { colleagues: { ...company(20, 1000), isCapped: true } },
      [['colleagues', 15, '20 of 1,000 or more other accounts use AS64500 Example']],
    ],
    [
      'anonymising proxy',
      { operator: { name: 'x', source: 'Proxies', kind: 'proxy' } },
      [['vpn_operator', 5, 'Proxies calls it an anonymising proxy: x']],
    ],
    [
      'residential proxy',
      { residentialProxy: ['A', 'Okta'] },
      [['residential_proxy', -10, 'A and Okta call it a residential proxy']],
    ],
    ['Tor', { isTor: true }, [['tor', -15, 'Came through a Tor exit']]],
    [
      'one feed calls it malicious',
      { maliciousFeeds: ['A'] },
      [['malicious_feeds', -15, 'A calls it malicious, not merely an anonymiser']],
    ],
    [
      'two feeds call it malicious',
      { maliciousFeeds: ['A', 'B'] },
      [['malicious_feeds', -20, 'A and B call it malicious, not merely an anonymiser']],
    ],
    [
      'phishing-resistant factor',
      { factor: { name: 'Okta FastPass', isPhishingResistant: true } },
      [['phishing_resistant_factor', 18, 'Signed in with Okta FastPass, which resists phishing']],
    ],
    ['any other factor', { factor: { name: 'SMS', isPhishingResistant: false } }, []],
    [
      'token from a new place',
      { token: { name: '00Tabc…9xQ', isKnownPlace: false, addresses: 1 } },
      [['token_new_place', -25, 'Token 00Tabc…9xQ was used from 1 address before, never from here']],
    ],
    [
      'token from a known place',
      { token: { name: '00Tabc…9xQ', isKnownPlace: true, addresses: 2 } },
      [['token_known_place', 10, 'Token 00Tabc…9xQ was used from here before']],
    ],
    ['two places at once', { travel }, [['impossible_travel', -20, 'Used in Denver 13 min before, 8,315 km away']]],
    [
      'two places at once, without coordinates',
      { travel: { ...travel, km: null, isBefore: false } },
      [['impossible_travel', -20, 'Used in Denver 13 min after']],
    ],
    [
      'two places at once with the same device',
      { travel, device: KNOWN },
      [
        ['known_device', 40, 'Same managed device since 2 Jan 2026, on AS64496 Example Corp'],
        ['impossible_travel', -5, 'Used in Denver 13 min before, 8,315 km away'],
      ],
    ],
    [
      'two places at once with the same device and a VPN',
      { travel, device: KNOWN, operator: vpn },
      [
        ['known_device', 40, 'Same managed device since 2 Jan 2026, on AS64496 Example Corp'],
        ['vpn_operator', 15, 'Okta calls it a VPN: ExampleVPN'],
      ],
    ],
    ['suppression', { suppressions: ['SUP-4'] }, [['suppression', 20, 'Expected by SUP-4']]],
    [
      'decided before, either way',
      { decided: { benign: ['SIG-2'], malicious: ['SIG-9'] } },
      [
        ['earlier_malicious', -30, 'SIG-9 of this account here was malicious'],
        ['earlier_benign', 15, 'SIG-2 of this account here was benign'],
      ],
    ],
  ])('%s', (_, change, expected) => {
    const found = weighVpn({ ...NOTHING, ...change }).map(({ id, points, label }) => [id, points, label])
    expect(found).toEqual(expected)
  })
})

test('the sum stays within −100 and 100', () => {
  const points = (each: number) => Array.from({ length: 5 }, () => ({ id: 'x', label: 'x', points: each }))
  expect([scoreOf(points(30)), scoreOf(points(-30)), scoreOf([])]).toEqual([100, -100, 0])
})

test.each([
  [30, 'benign', '+30'],
  [29, 'undecided', '+29'],
  [0, 'undecided', '0'],
  [-29, 'undecided', '−29'],
  [-30, 'malicious', '−30'],
])('%i suggests %s', (score, leaning, words) => {
  expect([leaningOf(score), phraseScore(score)]).toEqual([leaning, words])
})

describe('what would change it', () => {
  const stranger: VpnFacts = {
    ...NOTHING,
    device: { ...NOTHING.device, namedBy: 'cookie' },
    network: network(0, 0),
    country: { name: 'Nepal', isFirstTime: true },
    maliciousFeeds: ['A'],
  }

  test('turns come first, each with the sum it would give', () => {
    expect(judgeVpn(stranger)).toMatchObject({
      score: -48,
      wouldChange: [
        'Were it a managed device that they use elsewhere: +7 (+55), which suggests neither.',
        'Had they used this network on three days before: −18 (+30), which suggests neither.',
        'Were the address known as that of a VPN operator: −28 (+20), which suggests neither.',
        'Did a suppression say that it is expected: −28 (+20), which suggests neither.',
      ],
    })
  })

  test('what already holds is no change', () => {
    const known: VpnFacts = { ...NOTHING, device: KNOWN, operator: vpn, suppressions: ['SUP-1'], network: network(9) }
    expect(judgeVpn(known).wouldChange).toEqual([
      'Were the device a new one: +40 (−55), which still suggests a legitimate reason.',
      'Had they signed in with a factor that resists phishing: +100 (+5), which still suggests a legitimate reason.',
    ])
  })

  test('a device matters nothing where a token was used', () => {
    const token: VpnFacts = { ...NOTHING, token: { name: 't', isKnownPlace: false, addresses: 3 } }
    expect(judgeVpn(token).wouldChange).toEqual([
      'Had the token been used from here before: +10 (+35), which still suggests neither.',
      'Did a suppression say that it is expected: −5 (+20), which still suggests neither.',
      'Were the address known as that of a VPN operator: −10 (+15), which still suggests neither.',
    ])
  })
})
