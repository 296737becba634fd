import { expect, test } from 'vitest'
import { claimInForce, judgeClaim } from './judge-claim'

const now = new Date('2026-11-22T08:00:00.000Z')
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const ana = { id: 'ana', name: 'Ana Silva' }
const ben = { id: 'ben', name: 'Ben Ito' }
const claimOf = ({ id, name }: typeof ana, minutes: number) => ({ byId: id, byName: name, expiresAt: at(minutes) })

test.each([
  ['free', null, false, { status: 'claimed', after: null, claim: claimOf(ana, 15) }],
  ['expired, of another', claimOf(ben, 0), false, { status: 'claimed', after: null, claim: claimOf(ana, 15) }],
  ['expired, own', claimOf(ana, 0), false, { status: 'claimed', after: null }],
  ['own, ten minutes old', claimOf(ana, 5), false, { status: 'renewed', claim: claimOf(ana, 15) }],
  ['own, a second old', claimOf(ana, 14.99), false, { status: 'kept', claim: claimOf(ana, 14.99) }],
  ['of another', claimOf(ben, 5), false, { status: 'refused', claim: claimOf(ben, 5) }],
  [
    'of another, taken over',
    claimOf(ben, 5),
    true,
    { status: 'claimed', after: claimOf(ben, 5), claim: claimOf(ana, 15) },
  ],
])('%s', (_name, claim, takeOver, expected) => {
  expect(judgeClaim({ claim }, ana, takeOver, now)).toMatchObject(expected)
})

test('a claim is in force until its last instant', () => {
  const claim = claimOf(ana, 15)
  expect([14.9, 15, 16].map((minutes) => claimInForce({ claim }, at(minutes)) !== null)).toEqual([true, false, false])
})
