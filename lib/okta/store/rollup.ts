// Sums per UTC day and per device, kept in the transaction that appends events: what the runbook and retro-match read instead of events.
// Invariant: each stored event was added exactly once, so sums equal counting the events.
import type { Sql } from '@/lib/db/sql'
import { OUTCOME_SUCCESS, type LogEvent } from '../model'

/** Results that count as a failure; those between, such as CHALLENGE or ALLOW, are neither a failure nor a success. */
const FAILURES = new Set(['FAILURE', 'DENY'])

interface Sum {
  event: LogEvent
  day: string
  events: number
  successes: number
  failures: number
  /** Hours of the day, UTC, with a success: bit 0 is 00:00 to 00:59. */
  hours: number
  firstAt: Date
  lastAt: Date
}

interface DeviceSum {
  event: LogEvent
  device: string
  events: number
  firstAt: Date
  lastAt: Date
  isManaged: boolean | null
}

/** What events add to the rollups: pure sums, so that they are made while the database is busy. */
export interface RollupSums {
  byIp: readonly Sum[]
  byNetwork: readonly Sum[]
  byToken: readonly Sum[]
  byDevice: readonly DeviceSum[]
}

/** Adds the sums of newly appended events to the rollups stored so far. */
export async function addRollups(tx: Sql, orgId: string, sums: RollupSums): Promise<void> {
  if (sums.byIp.length > 0) await upsertIpActorDays(tx, orgId, sums.byIp)
  if (sums.byNetwork.length > 0) await upsertActorNetworkDays(tx, orgId, sums.byNetwork)
  if (sums.byToken.length > 0) await upsertTokenIpDays(tx, orgId, sums.byToken)
  if (sums.byDevice.length > 0) await upsertActorDevices(tx, orgId, sums.byDevice)
}

/**
 * Sums events per day and per device.
 *
 * `ip_actor_day` needs an address and an actor, `token_ip_day` a token and an address. `actor_network_day` needs an actor and any of address,
 * ASN, country, operating system and browser: jobs of the system came over no network. `actor_device` needs a success, an actor, and an
 * address, an ASN or a device.
 */
export function sumRollups(events: readonly LogEvent[]): RollupSums {
  // NUL parts the keys: no stored text holds it.
  const byIp = new Map<string, Sum>()
  const byNetwork = new Map<string, Sum>()
  const byToken = new Map<string, Sum>()
  const byDevice = new Map<string, DeviceSum>()
  const days = new Map<number, string>()
  for (const event of events) {
    const day = dayOf(event.published, days)
    const { actorId, clientIp, tokenId, asNumber, country, os, browser } = event
    if (clientIp !== null && actorId !== null) add(byIp, `${day}\0${clientIp}\0${actorId}`, day, event)
    if (clientIp !== null && tokenId !== null) add(byToken, `${day}\0${clientIp}\0${tokenId}`, day, event)
    if (actorId !== null && (clientIp ?? asNumber ?? country ?? os ?? browser) !== null) {
      const network = `${asNumber ?? ''}\0${country ?? ''}\0${os ?? ''}\0${browser ?? ''}`
      add(byNetwork, `${day}\0${actorId}\0${network}`, day, event)
    }
    if (event.outcome === OUTCOME_SUCCESS && actorId !== null) addDevices(byDevice, event)
  }
  return {
    byIp: [...byIp.values()],
    byNetwork: [...byNetwork.values()],
    byToken: [...byToken.values()],
    byDevice: [...byDevice.values()],
  }
}

/** One row for the use of the network, and one for the device: by its id, else by its cookie. */
function addDevices(sums: Map<string, DeviceSum>, event: LogEvent): void {
  const { actorId, clientIp, asNumber, deviceId, dtHash } = event
  if ((clientIp ?? asNumber ?? deviceId ?? dtHash) === null) return
  const key = `${actorId}\0${asNumber ?? 0}\0`
  addDevice(sums, key, '', null, event)
  if (deviceId !== null) addDevice(sums, key, `id:${deviceId}`, event.isManaged, event)
  else if (dtHash !== null) addDevice(sums, key, `dt:${dtHash}`, null, event)
}

function addDevice(
  sums: Map<string, DeviceSum>,
  key: string,
  device: string,
  isManaged: boolean | null,
  event: LogEvent,
): void {
  const { published } = event
  const sum = sums.get(key + device)
  if (!sum) {
    sums.set(key + device, { event, device, events: 1, firstAt: published, lastAt: published, isManaged })
    return
  }
  sum.events++
  if (published < sum.firstAt) sum.firstAt = published
  if (published > sum.lastAt) sum.lastAt = published
  if (isManaged !== null) sum.isManaged = sum.isManaged === true || isManaged
}

const DAY_MS = 24 * 60 * 60 * 1000

/** The UTC day of an instant; a page has few days, and writing one out costs more than finding it. */
function dayOf(instant: Date, days: Map<number, string>): string {
  const number = Math.floor(instant.getTime() / DAY_MS)
  let day = days.get(number)
  if (day === undefined) days.set(number, (day = instant.toISOString().slice(0, 10)))
  return day
}

function add(sums: Map<string, Sum>, key: string, day: string, event: LogEvent): void {
  let sum = sums.get(key)
  if (!sum) {
    const { published } = event
    sum = { event, day, events: 0, successes: 0, failures: 0, hours: 0, firstAt: published, lastAt: published }
    sums.set(key, sum)
  }
  sum.events++
  if (event.outcome === OUTCOME_SUCCESS) {
    sum.successes++
    sum.hours |= 1 << event.published.getUTCHours()
  }
  if (event.outcome !== null && FAILURES.has(event.outcome)) sum.failures++
  if (event.published < sum.firstAt) sum.firstAt = event.published
  if (event.published > sum.lastAt) sum.lastAt = event.published
}

/** The addresses themselves go to `address`, in the same statement: a page brings few that are new. */
async function upsertIpActorDays(tx: Sql, orgId: string, sums: readonly Sum[]): Promise<void> {
  await tx.query(
    `WITH seen AS (
       SELECT * FROM unnest($2::inet[], $3::date[], $4::text[], $5::int[], $6::int[], $7::timestamptz[], $8::timestamptz[])
         AS seen (ip, day, actor_id, successes, failures, first_at, last_at)
     ), addresses AS (
       INSERT INTO address (org_id, ip) SELECT DISTINCT $1, ip FROM seen ON CONFLICT DO NOTHING
     )
     INSERT INTO ip_actor_day AS stored (org_id, ip, day, actor_id, successes, failures, first_at, last_at)
     SELECT $1, * FROM seen
     ON CONFLICT (org_id, ip, day, actor_id) DO UPDATE SET
       successes = stored.successes + EXCLUDED.successes, failures = stored.failures + EXCLUDED.failures,
       first_at = LEAST(stored.first_at, EXCLUDED.first_at), last_at = GREATEST(stored.last_at, EXCLUDED.last_at)`,
    [
      orgId,
      sums.map(({ event }) => event.clientIp),
      sums.map(({ day }) => day),
      sums.map(({ event }) => event.actorId),
      sums.map(({ successes }) => successes),
      sums.map(({ failures }) => failures),
      sums.map(({ firstAt }) => firstAt),
      sums.map(({ lastAt }) => lastAt),
    ],
  )
}

async function upsertActorNetworkDays(tx: Sql, orgId: string, sums: readonly Sum[]): Promise<void> {
  await tx.query(
    `INSERT INTO actor_network_day AS stored (org_id, actor_id, day, as_number, country, os, browser, events, as_org, successes, hours)
     SELECT $1, * FROM unnest($2::text[], $3::date[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[], $10::int[],
       $11::int[])
     ON CONFLICT (org_id, actor_id, day, as_number, country, os, browser) DO UPDATE SET
       events = stored.events + EXCLUDED.events, as_org = GREATEST(stored.as_org, EXCLUDED.as_org),
       successes = stored.successes + EXCLUDED.successes, hours = stored.hours | EXCLUDED.hours`,
    [
      orgId,
      sums.map(({ event }) => event.actorId),
      sums.map(({ day }) => day),
      sums.map(({ event }) => event.asNumber ?? 0),
      sums.map(({ event }) => event.country ?? ''),
      sums.map(({ event }) => event.os ?? ''),
      sums.map(({ event }) => event.browser ?? ''),
      sums.map(({ events }) => events),
      sums.map(({ event }) => event.asOrg ?? ''),
      sums.map(({ successes }) => successes),
      sums.map(({ hours }) => hours),
    ],
  )
}

async function upsertActorDevices(tx: Sql, orgId: string, sums: readonly DeviceSum[]): Promise<void> {
  await tx.query(
    `INSERT INTO actor_device AS stored (org_id, actor_id, device, as_number, events, first_at, last_at, is_managed)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::int[], $6::timestamptz[], $7::timestamptz[], $8::boolean[])
     ON CONFLICT (org_id, actor_id, device, as_number) DO UPDATE SET
       events = stored.events + EXCLUDED.events, is_managed = GREATEST(stored.is_managed, EXCLUDED.is_managed),
       first_at = LEAST(stored.first_at, EXCLUDED.first_at), last_at = GREATEST(stored.last_at, EXCLUDED.last_at)`,
    [
      orgId,
      sums.map(({ event }) => event.actorId),
      sums.map(({ device }) => device),
      sums.map(({ event }) => event.asNumber ?? 0),
      sums.map(({ events }) => events),
      sums.map(({ firstAt }) => firstAt),
      sums.map(({ lastAt }) => lastAt),
      sums.map(({ isManaged }) => isManaged),
    ],
  )
}

async function upsertTokenIpDays(tx: Sql, orgId: string, sums: readonly Sum[]): Promise<void> {
  await tx.query(
    `INSERT INTO token_ip_day AS stored (org_id, token_id, day, ip, calls, first_at, last_at)
     SELECT $1, * FROM unnest($2::text[], $3::date[], $4::inet[], $5::int[], $6::timestamptz[], $7::timestamptz[])
     ON CONFLICT (org_id, token_id, day, ip) DO UPDATE SET
       calls = stored.calls + EXCLUDED.calls,
       first_at = LEAST(stored.first_at, EXCLUDED.first_at), last_at = GREATEST(stored.last_at, EXCLUDED.last_at)`,
    [
      orgId,
      sums.map(({ event }) => event.tokenId),
      sums.map(({ day }) => day),
      sums.map(({ event }) => event.clientIp),
      sums.map(({ events }) => events),
      sums.map(({ firstAt }) => firstAt),
      sums.map(({ lastAt }) => lastAt),
    ],
  )
}
