import { beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor } from '@/lib/kernel/actor'
import { hashSecret } from '../core/secret'
import { buildOrg } from '../testing/credentials-of'
import { createApiKey } from './create-api-key'
import { findActor } from './find-actor'
import { listApiKeys } from './list-api-keys'
import { revokeApiKey } from './revoke-api-key'

useTestDatabase()

const actor = commandActor('example', 'api-key')
const at = new Date('2026-11-22T08:14:07.123Z')
const make = (name: string, role: 'viewer' | 'analyst' | 'admin' = 'viewer') =>
  createApiKey({ actor, input: { name, role } }, at)
const whoIs = (authorization: string) => findActor(new Headers({ authorization }))

beforeAll(() => buildOrg('example'))

describe('an API key', () => {
  test('speaks for its org with its role; only its hash is stored', async () => {
    const { key, id, hint } = await make('reports', 'analyst')
    expect(key).toMatch(/^sallyport_[\w-]{43}$/)
    expect(await whoIs(`Bearer ${key}`)).toEqual({
      kind: 'api_key',
      orgId: 'example',
      id,
      name: 'reports',
      role: 'analyst',
    })
    const stored = await prisma().apiKey.findMany()
    expect(JSON.stringify(stored)).not.toContain(key.slice(hint.length))
    expect(stored[0]!.keyHash).toBe(hashSecret(key))
    expect(JSON.stringify(await prisma().auditEntry.findMany({ omit: { seq: true } }))).not.toContain(
      key.slice(hint.length),
    )
  })

  test.each(['', 'Bearer', 'Bearer ', 'Basic QQ==', 'Bearer sallyport_x', 'Bearer a b', "Bearer ' OR 1=1"])(
    '%j is nobody',
    async (header) => {
      expect(await whoIs(header)).toBeNull()
    },
  )

  test('is nobody once revoked, and cannot be revoked twice', async () => {
    const { key, id } = await make('short-lived')
    await revokeApiKey({ actor, input: { key: id } }, at)
    expect(await whoIs(`Bearer ${key}`)).toBeNull()
    await expect(revokeApiKey({ actor, input: { key: id } }, at)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('can be revoked by name or hint, unless that fits several', async () => {
    await make('twin')
    const { hint } = await make('twin')
    await expect(revokeApiKey({ actor, input: { key: 'twin' } }, at)).rejects.toMatchObject({ code: 'conflict' })
    expect(await revokeApiKey({ actor, input: { key: hint } }, at)).toMatchObject({ name: 'twin' })
    expect(await revokeApiKey({ actor, input: { key: 'twin' } }, at)).toMatchObject({ name: 'twin' })
  })

  test('of another org is not seen and not revoked', async () => {
    await buildOrg('other')
    const { id } = await make('ours')
    const other = commandActor('other', 'api-key')
    expect(await listApiKeys({ actor: other })).toEqual([])
    await expect(revokeApiKey({ actor: other, input: { key: id } }, at)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('remembers about when it was last used', async () => {
    const { key, id } = await make('used')
    await whoIs(`Bearer ${key}`)
    const { lastUsedAt } = (await listApiKeys({ actor })).find((row) => row.id === id)!
    await whoIs(`Bearer ${key}`)
    expect(lastUsedAt).not.toBeNull()
    expect((await listApiKeys({ actor })).find((row) => row.id === id)!.lastUsedAt).toEqual(lastUsedAt)
  })

  test.each(['', '   ', 'x'.repeat(101)])('needs a name (%#)', async (name) => {
    await expect(make(name)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
