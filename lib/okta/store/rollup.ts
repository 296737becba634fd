// Sums per UTC day, kept in the transaction that appends events: what the runbook and retro-match read instead of events.
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
  firstAt: Date
  lastAt: Date
}

/**
 * Adds newly appended events to the rollups of their day.
 *
 * `ip_actor_day` needs an address and an actor, `token_ip_day` a token and an address. `actor_network_day` needs an actor and any of address,
 * ASN, country, operating system and browser: jobs of the system came over no network.
 */
export async function addRollups(tx: Sql, orgId: string, events: readonly LogEvent[]): Promise<void> {
  const byIp = new Map<string, Sum>()
  const byNetwork = new Map<string, Sum>()
  const byToken = new Map<string, Sum>()
  for (const event of events) {
    const day = event.published.toISOString().slice(0, 10)
    const { actorId, clientIp, tokenId, asNumber, country, os, browser } = event
    if (clientIp !== null && actorId !== null) add(byIp, JSON.stringify([day, clientIp, actorId]), day, event)
    if (clientIp !== null && tokenId !== null) add(byToken, JSON.stringify([day, clientIp, tokenId]), day, event)
    if (actorId !== null && (clientIp ?? asNumber ?? country ?? os ?? browser) !== null) {
      add(byNetwork, JSON.stringify([day, actorId, asNumber, country, os, browser]), day, event)
    }
  }
  if (byIp.size > 0) await upsertIpActorDays(tx, orgId, [...byIp.values()])
  if (byNetwork.size > 0) await upsertActorNetworkDays(tx, orgId, [...byNetwork.values()])
  if (byToken.size > 0) await upsertTokenIpDays(tx, orgId, [...byToken.values()])
}

function add(sums: Map<string, Sum>, key: string, day: string, event: LogEvent): void {
  let sum = sums.get(key)
  if (!sum) {
    sum = { event, day, events: 0, successes: 0, failures: 0, firstAt: event.published, lastAt: event.published }
    sums.set(key, sum)
  }
  sum.events++
  if (event.outcome === OUTCOME_SUCCESS) sum.successes++
  if (event.outcome !== null && FAILURES.has(event.outcome)) sum.failures++
  if (event.published < sum.firstAt) sum.firstAt = event.published
  if (event.published > sum.lastAt) sum.lastAt = event.published
}

async function upsertIpActorDays(tx: Sql, orgId: string, sums: Sum[]): Promise<void> {
  await tx.query(
    `INSERT INTO ip_actor_day AS stored (org_id, ip, day, actor_id, successes, failures, first_at, last_at)
     SELECT $1, * FROM unnest($2::inet[], $3::date[], $4::text[], $5::int[], $6::int[], $7::timestamptz[], $8::timestamptz[])
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

async function upsertActorNetworkDays(tx: Sql, orgId: string, sums: Sum[]): Promise<void> {
  await tx.query(
    `INSERT INTO actor_network_day AS stored (org_id, actor_id, day, as_number, country, os, browser, events, as_org)
     SELECT $1, * FROM unnest($2::text[], $3::date[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[])
     ON CONFLICT (org_id, actor_id, day, as_number, country, os, browser) DO UPDATE SET
       events = stored.events + EXCLUDED.events, as_org = GREATEST(stored.as_org, EXCLUDED.as_org)`,
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
    ],
  )
}

async function upsertTokenIpDays(tx: Sql, orgId: string, sums: Sum[]): Promise<void> {
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
