// Stored events: appended in bulk by COPY, found by uuid or address.
// Invariant: one row per (org, uuid) over all partitions; whoever appends holds the org's lock (see `lockOrg`), first wins.
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Sql, Transaction } from '@/lib/db/sql'
import { ipChainOf } from '../core/parse-event'
import type { LogEvent, ParsedEvent } from '../model'
import { ensurePartitions } from './partition'

/** An event as stored, with its text and when it reached us. */
export interface StoredEvent extends ParsedEvent {
  receivedAt: Date
}

/** Where a page of events ended: the next one starts behind it. */
export interface EventKey {
  published: Date
  uuid: string
}

/** Column of the event table → its value of an event. One list for writing and reading, so the order cannot differ. */
const COLUMNS: readonly (readonly [column: string, field: keyof LogEvent])[] = [
  ['published', 'published'],
  ['uuid', 'uuid'],
  ['event_type', 'eventType'],
  ['outcome', 'outcome'],
  ['actor_id', 'actorId'],
  ['actor_type', 'actorType'],
  ['actor_login', 'actorLogin'],
  ['actor_name', 'actorName'],
  ['client_ip', 'clientIp'],
  ['session_id', 'sessionId'],
  ['root_session_id', 'rootSessionId'],
  ['transaction_id', 'transactionId'],
  ['token_id', 'tokenId'],
  ['token_client_id', 'tokenClientId'],
  ['as_number', 'asNumber'],
  ['as_org', 'asOrg'],
  ['country', 'country'],
  ['city', 'city'],
  ['device_id', 'deviceId'],
  ['os', 'os'],
  ['browser', 'browser'],
  ['dt_hash', 'dtHash'],
  ['is_proxy', 'isProxy'],
  ['is_threat_suspected', 'isThreatSuspected'],
  ['target_ids', 'targetIds'],
]
const FIELDS = COLUMNS.map(([, field]) => field)
const COPY = `COPY event (org_id, received_at, ${COLUMNS.map(([column]) => column).join(', ')}, raw) FROM STDIN`
const SELECT = `SELECT ${COLUMNS.map(([column, field]) => `${column} AS "${field}"`).join(', ')}, received_at AS "receivedAt", raw FROM event`
/** One index look-up per uuid over all months; what comes back was not stored before. */
const INSERT_KEYS = `INSERT INTO event_key (org_id, uuid, published)
  SELECT $1, new.uuid, new.published FROM unnest($2::text[], $3::timestamptz[]) AS new (uuid, published)
  ON CONFLICT DO NOTHING RETURNING uuid`
const COPY_CHUNK_CHARACTERS = 256 * 1024

/**
 * Appends the events that are not stored yet, in the order given, and makes the partitions they need.
 *
 * @returns the new ones; `duplicates` counts the rest: uuids stored before (under whatever `published`) or earlier in `parsed`.
 */
export async function appendEvents(
  tx: Transaction,
  orgId: string,
  parsed: readonly ParsedEvent[],
  receivedAt: Date,
): Promise<{ appended: ParsedEvent[]; duplicates: number }> {
  const byUuid = new Map<string, ParsedEvent>()
  for (const item of parsed) {
    if (!byUuid.has(item.event.uuid)) byUuid.set(item.event.uuid, item)
  }
  if (byUuid.size === 0) return { appended: [], duplicates: 0 }
  const candidates = [...byUuid.values()]
  const keys = await tx.query<{ uuid: string }>(INSERT_KEYS, [
    orgId,
    [...byUuid.keys()],
    candidates.map(({ event }) => event.published),
  ])
  const fresh = new Set(keys.map(({ uuid }) => uuid))
  const appended = candidates.filter(({ event }) => fresh.has(event.uuid))
  if (appended.length > 0) {
    await ensurePartitions(
      tx,
      appended.map(({ event }) => event.published),
    )
    await copyEvents(tx, `${copyValue(orgId)}\t${receivedAt.toISOString()}`, appended)
  }
  return { appended, duplicates: parsed.length - appended.length }
}

/** One event by its uuid, in any letter case; null when it is not stored. */
export async function findEvent(sql: Sql, orgId: string, uuid: string): Promise<StoredEvent | null> {
  const rows = await sql.query<EventRow>(
    `${SELECT} WHERE org_id = $1 AND uuid = $2
       AND published = (SELECT published FROM event_key WHERE org_id = $1 AND uuid = $2)`,
    [orgId, uuid.toLowerCase()],
  )
  return rows[0] ? storedEvent(rows[0]) : null
}

/**
 * Events whose client address is one of `ips`, oldest first by (published, uuid), at most `limit`.
 *
 * @param after the key of the last event of the page before; null for the first page.
 */
export async function eventsByIps(
  sql: Sql,
  orgId: string,
  ips: readonly string[],
  after: EventKey | null,
  limit: number,
): Promise<StoredEvent[]> {
  // Address by address: given a list, a planner without statistics reads all events of the org instead.
  const rows = await sql.query<EventRow>(
    `SELECT event.* FROM (SELECT DISTINCT unnest($2::inet[]) AS ip) AS wanted CROSS JOIN LATERAL (
       ${SELECT} WHERE org_id = $1 AND client_ip = wanted.ip AND published >= $3 AND (published, uuid) > ($3, $4)
       ORDER BY published, uuid LIMIT $5
     ) AS event ORDER BY published, uuid LIMIT $5`,
    [orgId, ips, after?.published ?? new Date(0), after?.uuid ?? '', limit],
  )
  return rows.map(storedEvent)
}

type EventRow = Omit<LogEvent, 'asNumber' | 'ipChain'> & { asNumber: bigint | null; receivedAt: Date; raw: string }

function storedEvent({ raw, receivedAt, asNumber, ...columns }: EventRow): StoredEvent {
  return {
    event: { ...columns, asNumber: asNumber === null ? null : Number(asNumber), ipChain: ipChainOf(raw) },
    raw,
    receivedAt,
  }
}

/** Writes rows in COPY's text format: a tenth of the work of passing them as parameters. */
async function copyEvents(tx: Transaction, prefix: string, events: readonly ParsedEvent[]): Promise<void> {
  const stream = tx.client.query(copyFrom(COPY))
  const done = finished(stream)
  done.catch(() => {}) // awaited below; a refusal must not go unhandled while rows are still written
  let chunk = ''
  for (const { event, raw } of events) {
    chunk += prefix
    for (const field of FIELDS) chunk += `\t${copyValue(event[field])}`
    chunk += `\t${escapeCopy(raw)}\n`
    if (chunk.length < COPY_CHUNK_CHARACTERS) continue
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), done])
    chunk = ''
  }
  stream.end(chunk)
  await done
}

function copyValue(value: LogEvent[keyof LogEvent]): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return escapeCopy(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Date) return value.toISOString()
  return value.length === 0
    ? '{}'
    : escapeCopy(`{${value.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`)
}

const COPY_SPECIAL = /[\\\t\n\r]/
const COPY_ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escapeCopy(text: string): string {
  return COPY_SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => COPY_ESCAPES[character]!) : text
}
