import { expect, test } from 'vitest'
import { roleOf } from './role-of-feed'

test('a feed flags, clears or names', () => {
  expect(roleOf({ format: 'list', category: 'tor', intent: null })).toBe('threat')
  expect(roleOf({ format: 'list', category: 'tor', intent: 'benign' })).toBe('allow')
  expect(roleOf({ format: 'okta_zones', category: 'malicious', intent: null })).toBe('allow')
  expect(roleOf({ format: 'json', category: 'cloud', intent: null })).toBe('context')
})
