import { expect, it } from 'vitest'
import type { Category } from '@/lib/intel/model'
import { judgeShared } from './judge-shared'

const account = (actorId: string, successes = 1) => ({
  ...{ actorId, successes, login: null, name: null, failures: 0, openSignalIds: [] },
  ...{ firstAt: new Date(0), lastAt: new Date(0) },
})
interface Given {
  succeeded?: number
  total?: number
  home?: number
  categories?: Category[]
  zones?: string[]
  asNumber?: number | null
}
const judge = ({
  succeeded = 3,
  total = succeeded,
  home = succeeded,
  categories = [],
  zones = [],
  asNumber = 64502,
}: Given) =>
  judgeShared({
    ip: '198.51.100.9',
    succeeded: total,
    accounts: [...Array.from({ length: succeeded }, (_, n) => account(`a${n}`)), account('failed', 0)],
    atHome: new Set(Array.from({ length: home }, (_, n) => `a${n}`)),
    ...{ categories, zones, asNumber, asOrg: 'Example Mobile' },
  })

it.each<[string, Given]>([
  ['accounts at home on its network', {}],
  ['most accounts at home there', { succeeded: 3, home: 2 }],
])('is a carrier with %s', (_, given) => {
  expect(judge(given)).toMatchObject({ kind: 'carrier' })
})

it.each<[string, Given]>([
  ['nobody at home', { home: 0 }],
  ['one account alone', { succeeded: 1 }],
  ['few at home', { succeeded: 6, home: 3 }],
  ['no network named', { asNumber: null }],
  ['a Tor exit', { categories: ['tor'] }],
])('is nothing with %s', (_, given) => {
  expect(judge(given)).toBeNull()
})

it('is called by what feeds say of it', () => {
  expect(judge({ categories: ['malicious', 'vpn'] })).toMatchObject({ kind: 'vpn' })
  expect(judge({ categories: ['hosting'] })).toMatchObject({ kind: 'cloud' })
})

it('is the company where a zone or its own list says so, whoever used it', () => {
  expect(judge({ home: 0, zones: ['Corporate VPN'] })).toEqual({
    kind: 'corporate_egress',
    sentence: 'The company counts 198.51.100.9 among its own networks: the Okta zone Corporate VPN covers it.',
  })
  expect(judge({ succeeded: 0, categories: ['corporate_egress'] })).toMatchObject({ kind: 'corporate_egress' })
})

it('counts in its sentence who was at home', () => {
  expect(judge({ succeeded: 3, home: 2 })?.sentence).toBe(
    '2 of the 3 accounts that succeeded there had used its network, AS64502 Example Mobile, a day or more before: an address that customers of a provider share.',
  )
})

it('does not speak for accounts that it did not look at', () => {
  expect(judge({ succeeded: 50, total: 50_000 })?.sentence).toMatch(
    /^All 50 accounts that succeeded there, of those looked at, had used/,
  )
})

it('keeps names of zones and networks on one line', () => {
  const zones = ['VPN\u202e\n<b>', 'x'.repeat(10_000)]
  const sentence = judge({ zones })!.sentence
  expect(sentence).toMatch(/the Okta zones VPN <b> and x+… cover it\.$/)
  expect(sentence.length).toBeLessThan(300)
})
