import { expect, test } from 'vitest'
import { buildTarget, minutes, START, TOKEN } from '../fixtures/build-rule'
import { describeEnd } from './describe-end'
import { describeEntry } from './describe-history'
import { describeTarget, stateOf } from './describe-suppression'
import { withWhoMay } from './may-suppress'

const named = { actorLabel: 'maria.keller@example.com', asOrg: 'ExampleVPN' }

test.each([
  [buildTarget(), 'maria.keller@example.com from AS64507 ExampleVPN'],
  [
    buildTarget({ scope: 'user_ip', asNumber: null, range: '203.0.113.0/24' }),
    'maria.keller@example.com from 203.0.113.0/24',
  ],
  [buildTarget({ scope: 'org_network', actorId: null }), 'Everyone from AS64507 ExampleVPN'],
  [buildTarget({ scope: 'token', tokenId: TOKEN }), `API token ${TOKEN} from AS64507 ExampleVPN`],
])('%o in words', (target, words) => {
  expect(describeTarget({ ...target, ...named })).toBe(words)
})

test('names from events neither reorder the sentence nor fill the page', () => {
  const actorLabel = `\u202emoc.elpmaxe\u2066\n${'x'.repeat(1000)}`
  const words = describeTarget({ ...buildTarget(), actorLabel, asOrg: 'VPN \u202etrick\nSUP-9 ended' })
  expect(words).toMatch(/^moc\.elpmaxe x+… from AS64507 VPN trick SUP-9 ended$/)
  expect(words.length).toBeLessThan(150)
})

test.each([
  ['active', 4, null],
  ['expiring', 3, null],
  ['expired', 0, null],
  ['ended', 4, minutes(-1)],
] as const)('%s with %i days left', (state, days, endedAt) => {
  expect(stateOf({ endsAt: minutes(days * 24 * 60), endedAt }, START)).toBe(state)
})

test('owners are told in one sentence what ends, what it hid and what comes', () => {
  const suppression = {
    ...{ orgId: 'example', id: 44, ...buildTarget(), ...named, reason: 'other' as const, note: null, signalId: 1042 },
    ...{ startsAt: START, endsAt: minutes(60), createdAt: START, ownerId: 'ana', ownerName: 'Ana Silva' },
    ...{ endedAt: null, endedByName: null, hidden: 1, lastMatchAt: null },
  }
  expect(describeEnd(suppression, 'expiring')).toBe(
    'SUP-44 ends within 3 days: maria.keller@example.com from AS64507 ExampleVPN. It has hidden 1 finding. Renew it if this is still expected.',
  )
  expect(describeEnd({ ...suppression, hidden: 6, endedByName: 'Tom Oduya' }, 'ended')).toBe(
    'SUP-44 was ended by Tom Oduya: maria.keller@example.com from AS64507 ExampleVPN. It has hidden 6 findings. What is new opens signals again; what it hid stays hidden.',
  )
})

test('who may instead', () => {
  const people = ['Ana', 'Tom', 'Ines'].map((name) => ({ name }))
  expect([0, 1, 2, 3].map((count) => withWhoMay('Needs a lead.', people.slice(0, count)))).toEqual([
    'Needs a lead. Nobody here is one yet.',
    'Needs a lead. Ask Ana.',
    'Needs a lead. Ask Ana or Tom.',
    'Needs a lead. Ask Ana, Tom or Ines.',
  ])
})

test.each([
  ['suppression.created', { signalId: 1042 }, 'made it from SIG-1042'],
  ['suppression.created', { signalId: 1042, renews: 'SUP-4' }, 'renewed SUP-4 as this one'],
  ['suppression.ended', {}, 'ended it before its time'],
  ['suppression.ended', { renewedAs: 'SUP-5' }, 'renewed it as SUP-5'],
  ['suppression.reminded', {}, 'told its owner that it ends soon'],
  ['suppression.end_told', {}, 'told its owner that it ended'],
  ['suppression.new_word', {}, 'new word'],
])('%s %o in words', (action, detail, words) => {
  expect(describeEntry({ action, detail })).toBe(words)
})
