// Suppressions through the whole pipeline: polling, replay, import and retro-match (rule, lines 15 to 17).
import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { importFeed } from '@/lib/intel/service/import-feed'
import { systemActor, type UserActor } from '@/lib/kernel/actor'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { registerOrg } from '@/lib/okta/service/register-org'
import type { SuppressionDraft } from '@/lib/suppressions/contract'
import { endNow } from '@/lib/suppressions/service/end-now'
import { suppressSignal } from '@/lib/suppressions/service/suppress-signal'
import { importEvents } from './import-events'
import { ingestPage, preparePage } from './ingest-page'
import { retroMatch } from './retro-match'

useTestDatabase()

const IP = '203.0.113.9'
const TOKEN = '00Tabc1def2ghi39xQ'
const START = new Date('2026-06-01T08:00:00.000Z')
const DAY_MS = 86_400_000
let folder = ''

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sallyport-suppress-'))
})
afterAll(() => fs.rm(folder, { recursive: true }))

function days(count: number): Date {
  return new Date(START.getTime() + count * DAY_MS)
}

async function makeOrg(): Promise<string> {
  const { orgId } = await registerOrg({ name: `org ${randomUUID()}`, url: null, kind: 'imported' })
  return orgId
}

function listVpn(orgId: string, content = IP) {
  return importFeed({ actor: systemActor(orgId), name: 'Listed', format: 'list', category: 'botnet', content })
}

/** A sign-in so many days after the start, or API use with a token. */
function event(
  at: number,
  changes: { tokenId?: string; actorId?: string; asNumber?: number; ip?: string } = {},
): string {
  const { tokenId, actorId = '00u1maria', asNumber = 64507, ip = IP } = changes
  return JSON.stringify(
    oktaEvent({
      uuid: randomUUID(),
      published: days(at).toISOString(),
      client: { ipAddress: ip },
      request: { ipChain: [{ ip }] },
      actor: { id: actorId, type: 'User', alternateId: `${actorId}@example.com`, displayName: actorId },
      securityContext: { asNumber, asOrg: 'ExampleVPN' },
      ...(tokenId && {
        eventType: 'user.lifecycle.create',
        transaction: { type: 'JOB', id: 'tx', detail: { requestApiTokenId: tokenId } },
      }),
    }),
  )
}

/** After every event here: those of the future are refused. */
const RECEIVED_AT = days(60)

function ingest(orgId: string, events: readonly string[], source = 'poll') {
  const page = preparePage(events, [], RECEIVED_AT)
  return ingestPage({ orgId, source, page, receivedAt: RECEIVED_AT, saveProgress: async () => {} })
}

/** As retention does, for all of them. */
async function forgetEvents(orgId: string): Promise<void> {
  for (const table of ['event', 'event_key']) await sql().query(`DELETE FROM ${table} WHERE org_id = $1`, [orgId])
}

function person(orgId: string, role: UserActor['role'] = 'analyst'): UserActor {
  return { kind: 'user', orgId, id: role, name: `A ${role}`, role }
}

const DRAFT: SuppressionDraft = { scope: 'user_network', reason: 'vpn_confirmed_by_user', days: 30 }

/** Suppresses what the only signal of an org is about, on the first day. */
async function suppress(orgId: string, draft: Partial<SuppressionDraft> = {}, role: UserActor['role'] = 'analyst') {
  const [signal] = await sql().query<{ id: number }>('SELECT id FROM signal WHERE org_id = $1 ORDER BY id', [orgId])
  const made = await suppressSignal({
    actor: person(orgId, role),
    signalId: signal!.id,
    draft: { ...DRAFT, ...draft },
    now: days(0),
  })
  await sql().query(`UPDATE signal SET status = 'closed' WHERE org_id = $1`, [orgId])
  return made
}

/** Findings that are shown and hidden, by days after the start, and what open signals count. */
async function stateOf(orgId: string) {
  const read = async (table: string) => {
    const rows = await sql().query<{ published: Date }>(
      `SELECT published FROM ${table} WHERE org_id = $1 ORDER BY published, event_uuid`,
      [orgId],
    )
    return rows.map(({ published }) => (published.getTime() - START.getTime()) / DAY_MS)
  }
  const [counted] = await sql().query<{ hidden: number }>(
    'SELECT coalesce(sum(hidden), 0)::int AS hidden FROM suppression WHERE org_id = $1',
    [orgId],
  )
  return { shown: await read('signal_event'), hidden: await read('suppressed_finding'), counted: counted!.hidden }
}

/** An org with one signal on the first day and a suppression made from it. */
async function makeSuppressed(draft: Partial<SuppressionDraft> = {}) {
  const orgId = await makeOrg()
  await listVpn(orgId)
  await ingest(orgId, [event(0)])
  return { orgId, suppression: await suppress(orgId, draft) }
}

describe('line 16: hidden findings are recorded and counted, never dropped', () => {
  test('in the report, in the table and on the suppression, with the page they came in', async () => {
    const { orgId, suppression } = await makeSuppressed()
    const report = await ingest(orgId, [event(1), event(2), event(3, { actorId: '00u2lee' })])
    expect(report).toMatchObject({ findings: 3, suppressed: 2, opened: 1, reinforced: 0 })
    expect(report.ms.suppress).toBeGreaterThan(0)
    expect(await stateOf(orgId)).toEqual({ shown: [0, 3], hidden: [1, 2], counted: 2 })
    const [row] = await sql().query<{ at: Date }>(
      'SELECT last_match_at AS at FROM suppression WHERE org_id = $1 AND id = $2',
      [orgId, suppression.id],
    )
    expect(row!.at).toEqual(days(2))
  })

  test('a page that could not be stored leaves neither', async () => {
    const { orgId } = await makeSuppressed()
    const page = preparePage([event(1)], [], RECEIVED_AT)
    const saveProgress = () => Promise.reject(new Error('no space'))
    await expect(ingestPage({ orgId, source: 'poll', page, receivedAt: RECEIVED_AT, saveProgress })).rejects.toThrow(
      'no space',
    )
    expect(await stateOf(orgId)).toEqual({ shown: [0], hidden: [], counted: 0 })
  })

  test('an event is in one place: a page that comes again changes nothing', async () => {
    const { orgId } = await makeSuppressed()
    const page = [event(1), event(2, { tokenId: TOKEN })]
    await ingest(orgId, page)
    const before = await stateOf(orgId)
    expect(await ingest(orgId, page, 'replay')).toMatchObject({ duplicate: 2, suppressed: 0, opened: 0 })
    expect(await stateOf(orgId)).toEqual(before)
  })
})

describe('line 16, pitfall 15: at the end nothing old floods back, and new findings appear', () => {
  test('what arrives after the end is judged by when it happened', async () => {
    const { orgId } = await makeSuppressed({ days: 30 })
    expect(await ingest(orgId, [event(29.9), event(30), event(31)])).toMatchObject({ suppressed: 1 })
    expect(await stateOf(orgId)).toEqual({ shown: [0, 30, 31], hidden: [29.9], counted: 1 })
  })

  test('so with one that was ended early', async () => {
    const { orgId, suppression } = await makeSuppressed()
    await ingest(orgId, [event(1)])
    await endNow({ actor: person(orgId), suppressionId: suppression.id, now: days(2) })
    await ingest(orgId, [event(1.5), event(2), event(2.5)])
    expect(await stateOf(orgId)).toEqual({ shown: [0, 2, 2.5], hidden: [1, 1.5], counted: 2 })
  })

  test('not by retro-match: neither what was hidden, nor old events whose intelligence is learned after the end', async () => {
    const { orgId } = await makeSuppressed()
    const late = { ip: '198.51.100.7' }
    await ingest(orgId, [event(1), event(2, late), event(40, late)])
    await listVpn(orgId, `${IP}\n198.51.100.7`)
    expect(await retroMatch(orgId)).toMatchObject({ suppressed: 1, opened: 1 })
    const state = { shown: [0, 40], hidden: [1, 2], counted: 2 }
    expect(await stateOf(orgId)).toEqual(state)
    await listVpn(orgId, '192.0.2.1')
    await retroMatch(orgId)
    await listVpn(orgId, `${IP}\n198.51.100.7\n192.0.2.1`)
    await retroMatch(orgId)
    expect(await stateOf(orgId)).toEqual(state)
  })

  test('not by importing again what retention dropped, whatever is in force by then', async () => {
    const { orgId, suppression } = await makeSuppressed()
    const events = [event(-20), event(1), event(2)]
    await ingest(orgId, events)
    await endNow({ actor: person(orgId), suppressionId: suppression.id, now: days(1.5) })
    const before = await stateOf(orgId)
    await forgetEvents(orgId)
    const file = path.join(folder, `${orgId}.ndjson`)
    await fs.writeFile(file, events.join('\n'))
    const { report } = await importEvents({ orgId, file })
    expect(report).toMatchObject({ new: 3, findings: 3, suppressed: 0, opened: 0, reinforced: 0 })
    expect(await stateOf(orgId)).toEqual(before)
    expect(before).toEqual({ shown: [-20, 0], hidden: [1, 2], counted: 2 })
  })

  test('what a signal has stays there when a suppression made later covers it', async () => {
    const orgId = await makeOrg()
    await listVpn(orgId)
    const events = [event(0), event(0.01)]
    await ingest(orgId, events)
    await suppress(orgId)
    await forgetEvents(orgId)
    expect(await ingest(orgId, events)).toMatchObject({ new: 2, findings: 2, suppressed: 0, opened: 0 })
    expect(await stateOf(orgId)).toEqual({ shown: [0, 0.01], hidden: [], counted: 0 })
  })
})

describe('line 17: HIGH is never hidden, except by a scope that names its token and that an admin made', () => {
  test.each(['user_network', 'user_ip', 'org_network'] as const)('not by %s', async (scope) => {
    const orgId = await makeOrg()
    await listVpn(orgId)
    await ingest(orgId, [event(0)])
    await suppress(orgId, { scope }, 'admin')
    expect(await ingest(orgId, [event(1, { tokenId: TOKEN }), event(1)])).toMatchObject({ suppressed: 1, opened: 1 })
    const [signal] = await sql().query(`SELECT severity FROM signal WHERE org_id = $1 AND status = 'open'`, [orgId])
    expect(signal).toEqual({ severity: 'high' })
  })

  test('by its token, over its network, for its time', async () => {
    const orgId = await makeOrg()
    await listVpn(orgId)
    await ingest(orgId, [event(0, { tokenId: TOKEN })])
    await suppress(orgId, { scope: 'token', tokenId: TOKEN }, 'admin')
    await ingest(orgId, [
      event(1, { tokenId: TOKEN }),
      event(2, { tokenId: '00Tother' }),
      event(3, { tokenId: TOKEN, asNumber: 64508 }),
      event(31, { tokenId: TOKEN }),
    ])
    expect(await stateOf(orgId)).toEqual({ shown: [0, 2, 3, 31], hidden: [1], counted: 1 })
  })
})

test('any order of arrival and any split into pages hides and shows the same', { timeout: 120_000 }, async () => {
  const specs = fc.array(
    fc.record({
      at: fc.integer({ min: -5, max: 40 }),
      tokenId: fc.constantFrom(undefined, undefined, TOKEN),
      actorId: fc.constantFrom('00u1maria', '00u2lee'),
      asNumber: fc.constantFrom(64507, 64508),
    }),
    { minLength: 1, maxLength: 15 },
  )
  const arrivals = specs
    .map((all) => all.map(({ at, ...changes }) => event(at, changes)))
    .chain((all) =>
      fc.record({
        all: fc.constant(all),
        shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
        pageSize: fc.integer({ min: 1, max: 6 }),
        isLearnedLater: fc.boolean(),
      }),
    )
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ all, shuffled, pageSize, isLearnedLater }) => {
      const [whole, parts] = [await makeSuppressed(), await makeSuppressed()]
      await ingest(whole.orgId, all)
      if (isLearnedLater) await listVpn(parts.orgId, '192.0.2.1')
      for (let from = 0; from < shuffled.length; from += pageSize) {
        await ingest(parts.orgId, shuffled.slice(from, from + pageSize))
      }
      if (isLearnedLater) await listVpn(parts.orgId, `${IP}\n192.0.2.1`)
      await retroMatch(parts.orgId)
      expect(await stateOf(parts.orgId)).toEqual(await stateOf(whole.orgId))
    }),
    { numRuns: 15 },
  )
})
