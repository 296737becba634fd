import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { registerOrg } from '@/lib/okta/service/register-org'
import { readNetworkDatabase } from '../store/network-database'
import { writeMmdb } from '../testing/write-mmdb'
import { findNetwork } from './find-network'
import { importFeed } from './import-feed'
import { refreshFeed } from './refresh-feed'
import { saveFeed } from './save-feed'

useTestDatabase()

let server: http.Server
let origin: string
let answers: Map<string, Uint8Array>
let actor: Actor
let orgCount = 0

beforeAll(async () => {
  server = http.createServer((request, response) => response.end(answers.get(request.url!)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'intel')
  answers = new Map()
  await save('asn')
})

function save(name: string, isEnabled = true) {
  return saveFeed({
    actor,
    input: { name, format: 'mmdb_asn', category: 'hosting', url: `${origin}/${name}`, isEnabled },
  })
}

function database(asNumber: number, org = 'Example') {
  const record = { autonomous_system_number: asNumber, autonomous_system_organization: org }
  const networks = ['192.0.2.0/24', '2001:db8::/32'].map((range) => ({ range, record }))
  return writeMmdb({ type: 'GeoLite2-ASN', networks, hasAliases: true })
}

function refresh(content: Uint8Array, name = 'asn') {
  answers.set(`/${name}`, content)
  return refreshFeed({ actor, feedId: name })
}

const find = (ip: string) => findNetwork(actor.orgId, ip)

describe('findNetwork', () => {
  it('names the network of an address', async () => {
    expect(await find('192.0.2.1')).toBeNull()
    expect(await refresh(database(64500))).toMatchObject({ result: 'changed', entries: 2, read: 2, added: 0 })
    const network = { asNumber: 64500, asOrg: 'Example', range: '192.0.2.0/24' }
    expect(await find('192.0.2.1')).toEqual(network)
    expect(await find('::ffff:192.0.2.1')).toEqual(network)
    expect(await find('2001:db8:1::1')).toEqual({ ...network, range: '2001:db8::/32' })
    expect(await find('198.51.100.1')).toBeNull()
    expect(await find('no address')).toBeNull()
    expect(await findNetwork('another-org', '192.0.2.1')).toBeNull()
  })

  it('uses the newest database, and keeps no older one', async () => {
    await refresh(database(64500))
    expect(await find('192.0.2.1')).toMatchObject({ asNumber: 64500 })
    expect(await refresh(database(64501))).toMatchObject({ result: 'changed' })
    expect(await find('192.0.2.1')).toMatchObject({ asNumber: 64501 })
    expect(await refresh(database(64501))).toMatchObject({ result: 'unchanged', entries: 2 })
    const kept = await sql().query('SELECT 1 FROM network_database WHERE org_id = $1', [actor.orgId])
    expect(kept).toHaveLength(1)
  })

  it('reads a database from a file too', async () => {
    const input = { name: 'File', format: 'mmdb_asn', category: 'hosting' } as const
    expect(await importFeed({ actor, ...input, content: [database(64503)] })).toMatchObject({ result: 'changed' })
    expect(await find('192.0.2.1')).toMatchObject({ asNumber: 64503 })
    await expect(importFeed({ actor, ...input, content: 'no database' })).rejects.toMatchObject({
      code: 'upstream_failed',
    })
  })

  it('asks no database of a feed that is switched off', async () => {
    await refresh(database(64500))
    await save('other')
    await refresh(database(64502), 'other')
    expect(await find('192.0.2.1')).toMatchObject({ asNumber: 64502 })
    await save('other', false)
    expect(await find('192.0.2.1')).toMatchObject({ asNumber: 64500 })
    await save('asn', false)
    expect(await find('192.0.2.1')).toBeNull()
  })

  it.each<[string, () => Uint8Array, RegExp]>([
    ['something else', () => Buffer.from('404 page'), /no database/],
    ['a file that is cut off', () => database(64501).slice(0, -100), /no database/],
    ['a damaged record', () => damage(database(64501)), /damaged/],
    [
      'another database',
      () =>
        writeMmdb({
          type: 'GeoIP2-Anonymous-IP',
          networks: [{ range: '192.0.2.0/24', record: { is_anonymous: true } }],
        }),
      /names no autonomous system/,
    ],
  ])('keeps what it has when it gets %s', async (_, content, message) => {
    const good = database(64500)
    await refresh(good)
    expect(await refresh(content())).toMatchObject({ result: 'failed', error: expect.stringMatching(message) })
    expect(await find('192.0.2.1')).toMatchObject({ asNumber: 64500 })
    expect(Buffer.compare((await readNetworkDatabase(sql(), actor.orgId, 'asn'))!, good)).toBe(0)
  })
})

function damage(content: Uint8Array): Uint8Array {
  content[Buffer.from(content).indexOf('autonomous_system_number') - 2] = 0xff
  return content
}
