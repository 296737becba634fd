import { expect, it } from 'vitest'
import { EVENT_TYPES } from './event-types'

const names = Object.keys(EVENT_TYPES)

it('is in order, so that a name is found and none is pinned twice', () => {
  expect(names).toEqual([...names].sort())
})

it('has names as the catalogue writes them', () => {
  expect(names.filter((name) => !/^[a-z0-9_]+(\.[A-Za-z0-9_]+)+$/.test(name))).toEqual([])
})

it('has none of the names that are often invented', () => {
  for (const name of [
    'user.credential.reset',
    'system.api_token.delete',
    'user.mfa.factor.enroll',
    'user.recovery.start',
  ]) {
    expect(names).not.toContain(name)
  }
})
