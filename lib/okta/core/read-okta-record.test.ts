import { describe, expect, test } from 'vitest'
import { isStale, readOktaRecord } from './read-okta-record'

const CREATED = '2026-08-14T09:30:15.000Z'

describe('readOktaRecord', () => {
  test('keeps of a token who made it, its times and its network', () => {
    const network = { connection: 'ZONE', include: ['nzo1'], exclude: [] }
    const token = {
      id: '00T1',
      name: 'CI',
      userId: '00u1',
      clientName: 'Okta API',
      created: CREATED,
      tokenWindow: 'P30D',
      network,
    }
    expect(readOktaRecord('api_token', token)).toEqual({
      name: 'CI',
      userId: '00u1',
      clientName: 'Okta API',
      created: CREATED,
      lastUpdated: null,
      expiresAt: null,
      network,
    })
    expect(readOktaRecord('api_token', { id: '00T1', network: {} })).toMatchObject({ name: null, network: null })
  })

  test('keeps of a user status, name and times', () => {
    const profile = { login: 'kim@example.com', firstName: 'Kim', lastName: 'Example', department: null, secret: 'x' }
    expect(readOktaRecord('user', { id: '00u1', status: 'ACTIVE', created: CREATED, profile })).toEqual({
      status: 'ACTIVE',
      login: 'kim@example.com',
      name: 'Kim Example',
      department: null,
      created: CREATED,
      lastLogin: null,
      passwordChanged: null,
    })
  })

  test('keeps of roles and factors those that can be named; ended roles are none', () => {
    expect(
      readOktaRecord('user_roles', [
        { type: 'ORG_ADMIN', label: 'Org' },
        { type: 'APP_ADMIN', status: 'INACTIVE' },
        null,
        5,
      ]),
    ).toEqual([{ type: 'ORG_ADMIN', label: 'Org' }])
    expect(
      readOktaRecord('user_factors', [{ id: 'f1', factorType: 'webauthn', created: 'soon' }, { id: 'f2' }]),
    ).toEqual([{ id: 'f1', factorType: 'webauthn', provider: '', status: '', created: null }])
    expect(readOktaRecord('user_roles', [])).toEqual([])
  })

  test.each([
    ['api_token', null],
    ['api_token', {}],
    ['api_token', []],
    ['user', { id: '00u1' }],
    ['user', 'text'],
    ['user_roles', {}],
    ['user_factors', null],
  ] as const)('is nothing where Okta answers %s with %j', (kind, value) => {
    expect(readOktaRecord(kind, value)).toBeNull()
  })

  test('cuts texts that are too long and takes out what cannot be stored', () => {
    const name = `\0\ud800${'x'.repeat(10_000)}`
    const token = readOktaRecord('api_token', { id: '00T1', name })
    expect(token!.name).toHaveLength(512)
    expect(token!.name!.startsWith('\ufffd\ufffdx')).toBe(true)
  })
})

test('an answer is good for ten minutes, a failure for one', () => {
  const askedAt = new Date(CREATED)
  const after = (seconds: number) => new Date(askedAt.getTime() + seconds * 1000)
  expect(isStale({ askedAt, result: 'found' }, after(600))).toBe(false)
  expect(isStale({ askedAt, result: 'found' }, after(601))).toBe(true)
  expect(isStale({ askedAt, result: 'refused' }, after(601))).toBe(true)
  expect(isStale({ askedAt, result: 'failed' }, after(60))).toBe(false)
  expect(isStale({ askedAt, result: 'failed' }, after(61))).toBe(true)
})
