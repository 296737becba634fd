import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Category } from '@/lib/intel/model'
import { decideHeldRun } from '@/lib/intel/service/decide-held-run'
import { importFeed } from '@/lib/intel/service/import-feed'
import { saveFeed } from '@/lib/intel/service/save-feed'
import { systemActor, type Actor } from '@/lib/kernel/actor'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { registerOrg } from '@/lib/okta/service/register-org'
import { changeSignalStatus } from '@/lib/signals/service/change-signal-status'
import { decideSignal } from '@/lib/signals/service/decide-signal'
import { listSignals } from '@/lib/signals/service/list-signals'
import { flagWithdrawn } from './flag-withdrawn'
import { ingestPage, preparePage } from './ingest-page'
import { readHeldImpact } from './read-held-impact'
import { retroMatch } from './retro-match'

useTestDatabase()

const NOW = new Date('2026-11-22T08:00:00.000Z')
let orgId = ''
let actor: Actor

beforeEach(async () => {
  orgId = (await registerOrg({ name: `org ${randomUUID()}`, url: null, kind: 'imported' })).orgId
  actor = systemActor(orgId)
})

function list(name: string, category: Category, ...lines: string[]) {
  return importFeed({ actor, name, format: 'list', category, content: lines.join('\n') })
}

function signInEvent(ipAddress: string, at: number, more: object = {}): string {
  const actor = { id: `00u${ipAddress}`, type: 'User', alternateId: `${ipAddress}@example.com`, displayName: ipAddress }
  const published = new Date(NOW.getTime() - 60_000 + at).toISOString()
  return JSON.stringify(oktaEvent({ uuid: randomUUID(), published, client: { ipAddress }, actor, ...more }))
}

/** A sign-in from each address, by an account of its own; Okta does not know the networks. */
async function signIn(...ips: string[]): Promise<void> {
  await ingest(ips.map((ip, index) => signInEvent(ip, index, { securityContext: { asNumber: null } })))
}

/** A later sign-in of the same account, from a network that Okta knows. */
async function signInFrom(ip: string, asNumber: number): Promise<void> {
  await ingest([signInEvent(ip, 1000, { securityContext: { asNumber } })])
}

async function ingest(page: string[]): Promise<void> {
  await ingestPage({
    ...{ orgId, source: 'poll', page: preparePage(page, [], NOW), receivedAt: NOW },
    saveProgress: async () => {},
  })
}

async function marks(): Promise<Record<string, boolean>> {
  const { signals } = await listSignals({ actor, limit: 200 })
  return Object.fromEntries(signals.map(({ ip, intelWithdrawnAt }) => [ip, intelWithdrawnAt !== null]))
}

function close(signalId: number, version: number) {
  const evidence = [{ kind: 'address' as const, ref: '198.51.100.1', step: 1, label: 'Tor exit', at: null }]
  return decideSignal({ actor, signalId, input: { verdict: 'cannot_tell', version, evidence }, now: NOW })
}

async function signalOf(ip: string) {
  return (await listSignals({ actor, limit: 200 })).signals.find((signal) => signal.ip === ip)!
}

/** Some addresses that are not looked at, so that the feed is large enough to be held. */
const FILL = Array.from({ length: 60 }, (_, last) => `203.0.113.${last}`)

describe('flagWithdrawn', () => {
  test('marks open signals that rest on withdrawn entries alone, and unmarks them when they return', async () => {
    await list('Tor exits', 'tor', '198.51.100.1', '198.51.100.2', '198.51.100.3')
    await list('Botnets', 'botnet', '198.51.100.2')
    await signIn('198.51.100.1', '198.51.100.2', '198.51.100.3')
    expect(await flagWithdrawn(orgId)).toEqual({ subjects: 3, withdrawn: 0, returned: 0 })
    expect(await flagWithdrawn(orgId)).toBeNull()

    await list('Tor exits', 'tor', '198.51.100.3')
    expect(await flagWithdrawn(orgId)).toEqual({ subjects: 3, withdrawn: 1, returned: 0 })
    expect(await marks()).toEqual({ '198.51.100.1': true, '198.51.100.2': false, '198.51.100.3': false })
    const { id } = await signalOf('198.51.100.1')
    const history = await readHistory(sql(), orgId, 'signal', String(id))
    expect(history.at(-1)).toMatchObject({ action: 'signal.intel_withdrawn', actorId: 'sallyport' })

    await list('VPN', 'vpn', '198.51.100.1')
    expect(await flagWithdrawn(orgId)).toMatchObject({ withdrawn: 0, returned: 0 })
    await list('Tor exits', 'tor', '198.51.100.1', '198.51.100.3')
    expect(await flagWithdrawn(orgId)).toMatchObject({ withdrawn: 0, returned: 1 })
    expect(await marks()).toMatchObject({ '198.51.100.1': false })
    expect((await readHistory(sql(), orgId, 'signal', String(id))).at(-1)).toMatchObject({
      action: 'signal.intel_returned',
    })
  })

  test('follows switched-off feeds, new labels and allow-lists', async () => {
    await list('Tor exits', 'tor', '198.51.100.1')
    await signIn('198.51.100.1')
    const settings = { name: 'Tor exits', category: 'tor' } as const
    await saveFeed({ actor, input: { ...settings, isEnabled: false } })
    expect(await flagWithdrawn(orgId)).toMatchObject({ withdrawn: 1 })
    await saveFeed({ actor, input: settings })
    expect(await flagWithdrawn(orgId)).toMatchObject({ returned: 1 })
    await saveFeed({ actor, input: { ...settings, category: 'hosting' } })
    expect(await flagWithdrawn(orgId)).toMatchObject({ withdrawn: 1 })
    await saveFeed({ actor, input: settings })
    expect(await flagWithdrawn(orgId)).toMatchObject({ returned: 1 })
    await list('Offices', 'corporate_egress', '198.51.100.0/28')
    expect(await flagWithdrawn(orgId)).toMatchObject({ withdrawn: 1 })
  })

  test('knows the network that flagged a later event where the first named none', async () => {
    await list('Tor exits', 'tor', '198.51.100.1', '198.51.100.2')
    await importFeed({ actor, name: 'Networks', format: 'asn_drop', category: 'malicious', content: '{"asn":64500}' })
    await signIn('198.51.100.1')
    await signInFrom('198.51.100.1', 64500)
    await list('Tor exits', 'tor', '198.51.100.2')
    expect(await flagWithdrawn(orgId)).toMatchObject({ withdrawn: 0 })
    await importFeed({ actor, name: 'Networks', format: 'asn_drop', category: 'malicious', content: '{"asn":64501}' })
    expect(await flagWithdrawn(orgId)).toMatchObject({ withdrawn: 1 })
  })

  test('leaves closed signals alone', async () => {
    await list('Tor exits', 'tor', '198.51.100.1', '198.51.100.2')
    await signIn('198.51.100.1')
    const { id, version } = await signalOf('198.51.100.1')
    await close(id, version)
    await list('Tor exits', 'tor', '198.51.100.2')
    expect(await flagWithdrawn(orgId)).toEqual({ subjects: 0, withdrawn: 0, returned: 0 })
  })

  test('is caught up on when a signal is opened again', async () => {
    await list('Tor exits', 'tor', '198.51.100.1', '198.51.100.2')
    await signIn('198.51.100.1')
    const { id, ...opened } = await signalOf('198.51.100.1')
    const reopen = (version: number) =>
      changeSignalStatus({ actor, signalId: id, change: { status: 'open', version }, now: NOW })
    const closed = await close(id, opened.version)
    await list('Tor exits', 'tor', '198.51.100.2')
    await flagWithdrawn(orgId)
    const again = await reopen(closed.version)
    expect(again.intelWithdrawnAt).not.toBeNull()
    const closedAgain = await close(id, again.version)
    await list('Tor exits', 'tor', '198.51.100.1', '198.51.100.2')
    await flagWithdrawn(orgId)
    expect(await reopen(closedAgain.version)).toMatchObject({ intelWithdrawnAt: null })
    const history = await readHistory(sql(), orgId, 'signal', String(id))
    expect(history.map(({ action }) => action).filter((action) => action.startsWith('signal.intel_'))).toEqual([
      'signal.intel_withdrawn',
      'signal.intel_returned',
    ])
  })

  test('goes on where it was told to stop', async () => {
    await list('Tor exits', 'tor', '198.51.100.1', '198.51.100.2')
    await signIn('198.51.100.1')
    await flagWithdrawn(orgId)
    await list('Tor exits', 'tor', '198.51.100.2')
    expect(await flagWithdrawn(orgId, { signal: AbortSignal.abort() })).toMatchObject({ withdrawn: 0 })
    expect(await flagWithdrawn(orgId)).toMatchObject({ withdrawn: 1 })
  })

  test('keeps the mark of a signal in review, and says nothing twice', async () => {
    await list('Tor exits', 'tor', '198.51.100.1', '198.51.100.2')
    await signIn('198.51.100.1')
    const { id, version } = await signalOf('198.51.100.1')
    await changeSignalStatus({ actor, signalId: id, change: { status: 'in_review', version }, now: NOW })
    await list('Tor exits', 'tor', '198.51.100.2')
    await Promise.all([flagWithdrawn(orgId), flagWithdrawn(orgId)])
    await list('Tor exits', 'tor', '198.51.100.2', '198.51.100.9')
    await flagWithdrawn(orgId)
    const history = await readHistory(sql(), orgId, 'signal', String(id))
    expect(history.filter(({ action }) => action === 'signal.intel_withdrawn')).toHaveLength(1)
  })
})

describe('readHeldImpact', () => {
  test('says which open signals would lose what', async () => {
    await list('Tor exits', 'tor', '198.51.100.0/30', '198.51.100.5', '198.51.100.6', '198.51.100.7', ...FILL)
    await list('Botnets', 'botnet', '198.51.100.6')
    await signIn('198.51.100.1', '198.51.100.5', '198.51.100.6', '198.51.100.7')
    const run = await list('Tor exits', 'tor', '198.51.100.7', '198.51.100.0/29')
    const nothing = await readHeldImpact({ orgId, feedId: 'tor-exits' })
    expect(nothing!.relyingSignals).toEqual([])

    const second = await list('Tor exits', 'tor', '198.51.100.7')
    const held = await readHeldImpact({ orgId, feedId: 'tor-exits' })
    expect(held).toMatchObject({ run: { runId: second.runId }, removed: 63 })
    const named = await Promise.all(
      held!.relyingSignals.map(async ({ id, ...signal }) => {
        const [row] = await sql().query<{ ip: string }>('SELECT ip FROM signal WHERE org_id = $1 AND id = $2', [
          orgId,
          id,
        ])
        return { ip: row!.ip, ...signal }
      }),
    )
    expect(named).toEqual([
      { ip: '198.51.100.1', severity: 'medium', status: 'open', losesAll: true },
      { ip: '198.51.100.5', severity: 'medium', status: 'open', losesAll: true },
      { ip: '198.51.100.6', severity: 'medium', status: 'open', losesAll: false },
    ])
    expect(await readHeldImpact({ orgId, feedId: 'botnets' })).toBeNull()

    const input = { feedId: 'tor-exits', runId: second.runId, decision: 'accept', confirmCount: 63 } as const
    await decideHeldRun({ actor, input })
    expect(run.runId).not.toBe(second.runId)
    await flagWithdrawn(orgId)
    expect(await marks()).toEqual({
      '198.51.100.1': true,
      '198.51.100.5': true,
      '198.51.100.6': false,
      '198.51.100.7': false,
    })
  })

  test('accepting is matched backwards', async () => {
    await list('Tor exits', 'tor', '198.51.100.9')
    await signIn('198.51.100.1')
    const { runId } = await list('Tor exits', 'tor', '198.51.100.1', '198.51.100.9', '10.0.0.1')
    await retroMatch(orgId)
    expect(await marks()).toEqual({})
    await decideHeldRun({ actor, input: { feedId: 'tor-exits', runId, decision: 'accept', confirmCount: 1 } })
    expect(await retroMatch(orgId)).toMatchObject({ opened: 1 })
  })
})
