import { expect, test } from 'vitest'
import { lookupKeys } from './lookup-keys'

const actor = { id: '00u1', type: 'User' }
const token = (id: string) => ({ id })

test('a person has a record, roles and factors, an SSWS token one, an OAuth token none', () => {
  expect(lookupKeys({ actor, tokens: [token('00T1'), token('AT.2'), token('x3')] })).toEqual([
    { kind: 'user', subjectId: '00u1' },
    { kind: 'user_roles', subjectId: '00u1' },
    { kind: 'user_factors', subjectId: '00u1' },
    { kind: 'api_token', subjectId: '00T1' },
  ])
})

test('an app is no person', () => {
  expect(lookupKeys({ actor: { ...actor, type: 'PublicClientApp' }, tokens: [] })).toEqual([])
})

test('a signal with many tokens asks for as many as its steps look at', () => {
  const tokens = Array.from({ length: 200 }, (_, n) => token(`00T${n}`))
  expect(lookupKeys({ actor: { ...actor, type: null }, tokens })).toHaveLength(10)
})
