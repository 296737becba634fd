import { expect, it } from 'vitest'
import type { OktaRecord } from '@/lib/okta/model'
import { nameFactor } from './name-factor'
import { presentAccount } from './present-account'
import { presentLookups } from './present-lookups'

const NOW = new Date('2026-03-20T08:00:00Z')
const keys = [{ kind: 'user' as const, subjectId: '00u1' }]
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
const record = (result: OktaRecord['result'], minutes: number): OktaRecord => ({
  ...{ kind: 'user', subjectId: '00u1', askedAt: ago(minutes), result, content: null, foundAt: null },
  problemMessage: result === 'found' ? null : 'What to do.',
})

it.each<[OktaRecord | null, string]>([
  [null, 'not_asked'],
  [record('found', 10), 'fresh'],
  [record('found', 11), 'stale'],
  [record('not_found', 99), 'not_found'],
  [record('refused', 1), 'refused'],
  [record('failed', 1), 'failed'],
])('says how an answer stands: %#', (found, state) => {
  expect(presentLookups(keys, () => found, NOW)).toEqual([
    {
      ...keys[0],
      state,
      askedAt: found?.askedAt.toISOString() ?? null,
      message: found?.problemMessage ?? null,
    },
  ])
})

it('shows an account as far as Okta said', () => {
  expect(presentAccount({ user: null, roles: null, factors: null })).toEqual({
    ...{ status: null, createdAt: null, passwordChangedAt: null, roles: null, factors: null },
  })
  const factor = { id: 'f', factorType: 'push', provider: 'OKTA', status: 'ACTIVE', created: 'soon' }
  expect(presentAccount({ user: null, roles: [], factors: [factor] })).toMatchObject({
    roles: [],
    factors: [{ name: 'Okta Verify push', status: 'ACTIVE', createdAt: null }],
  })
})

it.each([
  ['signed_nonce', 'OKTA', 'Okta FastPass'],
  ['SIGNED_NONCE', '', 'Okta FastPass'],
  ['token:software:totp', 'GOOGLE', 'Google Authenticator code'],
  ['token:software:totp', 'OKTA', 'Okta Verify code'],
  ['hologram', 'OKTA', 'hologram'],
])('calls %s of %s: %s', (code, provider, name) => {
  expect(nameFactor(code, provider)).toBe(name)
})
