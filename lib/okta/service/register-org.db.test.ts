import { describe, expect, test } from 'vitest'
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { readCursor, saveCursor, SYSTEM_LOG_STREAM } from '../store/cursor'
import { listOrgs } from '../store/org'
import { chooseOrg } from './choose-org'
import { registerOrg, type RegisterOrgInput } from './register-org'

useTestDatabase()

const EXAMPLE: RegisterOrgInput = { name: 'Example', url: 'https://example.okta.com', kind: 'okta' }

describe('registerOrg', () => {
  test('there is nothing to choose from before the first', async () => {
    await expect(chooseOrg(sql(), undefined)).rejects.toThrow(/no org yet/)
  })

  test('makes the id from the host, once, and records it', async () => {
    const first = await registerOrg(EXAMPLE)
    expect(first).toMatchObject({ orgId: 'example-okta-com', ...EXAMPLE })
    expect(await registerOrg(EXAMPLE)).toEqual(first)
    expect(await listOrgs(sql())).toHaveLength(1)
    const history = await readHistory(sql(), first.orgId, 'org', first.orgId)
    expect(history.map(({ action }) => action)).toEqual(['org.registered'])
    expect(await chooseOrg(sql(), undefined)).toEqual(first)
  })

  test('many processes that start at once make one', async () => {
    const orgs = await Promise.all(
      Array.from({ length: 5 }, () => registerOrg({ ...EXAMPLE, orgId: 'demo', kind: 'simulated' })),
    )
    expect(new Set(orgs.map(({ createdAt }) => createdAt.getTime())).size).toBe(1)
  })

  test('a new address sets the old cursor aside', async () => {
    await saveCursor(
      sql(),
      'demo',
      SYSTEM_LOG_STREAM,
      { nextUrl: 'https://example.okta.com/api/v1/logs?after=1' },
      new Date(),
    )
    const moved = await registerOrg({ orgId: 'demo', name: 'Demo', url: 'http://127.0.0.1:4010', kind: 'simulated' })
    expect(moved).toMatchObject({ name: 'Demo', url: 'http://127.0.0.1:4010' })
    expect(await readCursor(sql(), 'demo', SYSTEM_LOG_STREAM)).toMatchObject({
      nextUrl: null,
      rejectedUrl: 'https://example.okta.com/api/v1/logs?after=1',
    })
  })

  test('an import takes a known org as it is, and an imported org may become a polled one', async () => {
    expect(await registerOrg({ orgId: 'example-okta-com', name: 'x', url: null, kind: 'imported' })).toMatchObject(
      EXAMPLE,
    )
    expect(await registerOrg({ name: 'Old exports', url: null, kind: 'imported' })).toMatchObject({
      orgId: 'old-exports',
      url: null,
    })
    const polled = await registerOrg({ ...EXAMPLE, orgId: 'old-exports' })
    expect(polled).toMatchObject({ orgId: 'old-exports', kind: 'okta', url: EXAMPLE.url })
  })

  test('a demo never becomes a real org, nor the other way round', async () => {
    await expect(registerOrg({ ...EXAMPLE, orgId: 'demo' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(registerOrg({ ...EXAMPLE, kind: 'simulated' })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a name without letters and digits is refused', async () => {
    await expect(registerOrg({ name: '…', url: null, kind: 'imported' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})

describe('chooseOrg', () => {
  test('by id or name; with several orgs one must be named', async () => {
    expect(await chooseOrg(sql(), 'demo')).toMatchObject({ orgId: 'demo' })
    expect(await chooseOrg(sql(), 'Demo')).toMatchObject({ orgId: 'demo' })
    await expect(chooseOrg(sql(), undefined)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(chooseOrg(sql(), 'nobody')).rejects.toMatchObject({ code: 'not_found' })
  })
})
