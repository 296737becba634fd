// Stored events: appended in bulk by COPY, found by uuid or address.
// Invariant: one row per (org, uuid) over all partitions; whoever appends holds the org's lock (see `lockOrg`), first wins.
import { finished } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Sql, Transaction } from '@/lib/db/sql'
import { isNotable } from '../core/notable-event'
import { ipChainOf, textFieldsOf } from '../core/parse-event'
import type { LogEvent, ParsedEvent } from '../model'
import { ensurePartitions } from './partition'

/** An event as stored, with its text and when it reached us. */
export interface StoredEvent extends ParsedEvent {
  receivedAt: Date
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
const COPY = `COPY event (org_id, received_at, ${COLUMNS.map(([column]) => column).join(', ')}, is_notable, raw) FROM STDIN`
const HEAD = COLUMNS.map(([column, field]) => `${column} AS "${field}"`).join(', ')
const SELECT_HEAD = `SELECT ${HEAD} FROM event`
const SELECT = `SELECT ${HEAD}, received_at AS "receivedAt", raw FROM event`
/** One index look-up per uuid over all months; what comes back was not stored before. */
const INSERT_KEYS = `INSERT INTO event_key (org_id, uuid, published)
  SELECT $1, new.uuid, new.published FROM unnest($2::text[], $3::timestamptz[]) AS new (uuid, published)
  ON CONFLICT DO NOTHING RETURNING uuid`
const COPY_CHUNK_BYTES = 256 * 1024
/** Rows are encoded side by side into buffers of this size. */
const SLAB_BYTES = 1024 * 1024
/** A UTF-16 unit takes at most as many bytes in UTF-8. */
const MAX_BYTES_PER_UNIT = 3
const LINE_FEED = 0x0a

/** What was appended; `duplicates` counts the rest: uuids stored before (under whatever `published`) or earlier in the batch. */
export interface Appended {
  appended: ParsedEvent[]
  duplicates: number
}

/** Appends the events that are not stored yet, in the order given, and makes the partitions they need. */
export async function appendEvents(
  tx: Transaction,
  orgId: string,
  parsed: readonly ParsedEvent[],
  receivedAt: Date,
): Promise<Appended> {
  const { written, ...result } = await startAppending(tx, orgId, parsed, receivedAt)
  await written
  return result
}

/**
 * `appendEvents` that resolves as soon as the rows are on their way, so that the caller computes while the server writes.
 *
 * @returns `written` resolves when the server has taken them; statements issued before that wait for their turn on the connection.
 */
export async function startAppending(
  tx: Transaction,
  orgId: string,
  parsed: readonly ParsedEvent[],
  receivedAt: Date,
): Promise<Appended & { written: Promise<void> }> {
  const byUuid = new Map<string, ParsedEvent>()
  for (const item of parsed) {
    if (!byUuid.has(item.event.uuid)) byUuid.set(item.event.uuid, item)
  }
  if (byUuid.size === 0) return { appended: [], duplicates: 0, written: Promise.resolve() }
  const candidates = [...byUuid.values()]
  const inserting = tx.query<{ uuid: string }>(INSERT_KEYS, [
    orgId,
    [...byUuid.keys()],
    candidates.map(({ event }) => event.published.toISOString()),
  ])
  // Rows are encoded while the server looks the keys up: nearly always all of them are new.
  const prefix = `${copyValue(orgId)}\t${receivedAt.toISOString()}`
  const rows = encodeRows(prefix, candidates)
  const fresh = new Set((await inserting).map(({ uuid }) => uuid))
  const isFresh = candidates.map(({ event }) => fresh.has(event.uuid))
  const appended = candidates.filter((_item, position) => isFresh[position])
  if (appended.length === 0) return { appended, duplicates: parsed.length, written: Promise.resolve() }
  await ensurePartitions(
    tx,
    appended.map(({ event }) => event.published),
  )
  const written = await startCopy(
    tx,
    rows.filter((_row, position) => isFresh[position]),
  )
  return { appended, duplicates: parsed.length - appended.length, ...written }
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

/** An event without what is kept only in its text: enough for the rule, and a tenth of the reading. */
export type EventHead = Omit<LogEvent, 'ipChain' | 'isManaged'>

export interface HeadQuery {
  /** Only events with one of these outcomes. */
  outcomes: readonly string[]
  /** Events of a page. */
  pageSize: number
}

/**
 * Events whose client address is one of `ips`, address by address, in pages. Each is read once, however many pages there are.
 *
 * @param tx read nothing else with it until the last page was taken
 */
export function eventsByIps(
  tx: Sql,
  orgId: string,
  ips: readonly string[],
  query: HeadQuery,
): AsyncGenerator<EventHead[]> {
  // Address by address: given a list, a planner without statistics reads all events of the org instead.
  const text = `SELECT event.* FROM (SELECT DISTINCT unnest($2::inet[]) AS ip) AS wanted CROSS JOIN LATERAL (
    ${SELECT_HEAD} WHERE org_id = $1 AND client_ip = wanted.ip AND outcome = ANY($3::text[]) ORDER BY published, uuid) AS event`
  return readHeads(tx, text, [orgId, ips, query.outcomes], query.pageSize)
}

/**
 * Events of accounts that came from one of these autonomous systems, by account and day, in pages. The days are found in the rollup.
 *
 * @param tx read nothing else with it until the last page was taken
 */
export function eventsBySystems(
  tx: Sql,
  orgId: string,
  asNumbers: readonly number[],
  query: HeadQuery,
): AsyncGenerator<EventHead[]> {
  const text = `SELECT event.* FROM (
      SELECT DISTINCT actor_id, day FROM actor_network_day WHERE org_id = $1 AND as_number = ANY($2::bigint[])) AS seen
    CROSS JOIN LATERAL (
      ${SELECT_HEAD} WHERE org_id = $1 AND actor_id = seen.actor_id AND as_number = ANY($2::bigint[]) AND outcome = ANY($3::text[])
        AND published >= seen.day::timestamp AT TIME ZONE 'UTC' AND published < (seen.day + 1)::timestamp AT TIME ZONE 'UTC'
      ORDER BY published, uuid) AS event`
  return readHeads(tx, text, [orgId, asNumbers, query.outcomes], query.pageSize)
}

async function* readHeads(
  tx: Sql,
  text: string,
  values: readonly unknown[],
  pageSize: number,
): AsyncGenerator<EventHead[]> {
  await tx.query(`DECLARE heads NO SCROLL CURSOR FOR ${text}`, values)
  for (let isMore = true; isMore;) {
    const rows = await tx.query<HeadRow>(`FETCH ${pageSize} FROM heads`)
    isMore = rows.length === pageSize
    if (rows.length > 0) yield rows.map(eventHead)
  }
  await tx.query('CLOSE heads')
}

/** The chains of hops of some stored events by uuid; they have no column and are read from the texts. */
export async function ipChainsOf(
  sql: Sql,
  orgId: string,
  events: readonly Pick<LogEvent, 'uuid' | 'published'>[],
): Promise<Map<string, string[]>> {
  const rows = await sql.query<{ uuid: string; raw: string }>(
    `SELECT uuid, raw FROM unnest($2::text[], $3::timestamptz[]) AS wanted (uuid, published) CROSS JOIN LATERAL (
       SELECT raw FROM event WHERE org_id = $1 AND published = wanted.published AND uuid = wanted.uuid) AS event`,
    [orgId, events.map(({ uuid }) => uuid), events.map(({ published }) => published.toISOString())],
  )
  return new Map(rows.map(({ uuid, raw }) => [uuid, ipChainOf(raw)]))
}

type HeadRow = Omit<EventHead, 'asNumber'> & { asNumber: bigint | null }

function eventHead({ asNumber, ...columns }: HeadRow): EventHead {
  return { ...columns, asNumber: asNumber === null ? null : Number(asNumber) }
}

type EventRow = HeadRow & { receivedAt: Date; raw: string }

function storedEvent({ raw, receivedAt, ...columns }: EventRow): StoredEvent {
  return { event: { ...eventHead(columns), ...textFieldsOf(raw) }, raw, receivedAt }
}

/**
 * Sends rows in COPY's text format: a tenth of the work of passing them as parameters. Resolves when the first are with the server
 * and the rest is handed to the connection. The promise is wrapped, or awaiting the start would await the end.
 */
async function startCopy(tx: Transaction, rows: readonly Buffer[]): Promise<{ written: Promise<void> }> {
  const stream = tx.client.query(copyFrom(COPY))
  const written = finished(stream)
  written.catch(() => {}) // the caller awaits it later; a refusal must not go unhandled until then
  let chunk: Buffer[] = []
  let size = 0
  let isStarted = false
  for (const row of rows) {
    chunk.push(row)
    size += row.length
    if (size < COPY_CHUNK_BYTES) continue
    const bytes = Buffer.concat(chunk, size)
    // The server first answers that it is ready to read; what is written before stays here.
    if (isStarted) stream.write(bytes)
    else await Promise.race([new Promise((resolve) => stream.write(bytes, resolve)), written])
    isStarted = true
    chunk = []
    size = 0
  }
  stream.end(Buffer.concat(chunk, size))
  return { written }
}

/** The rows in UTF-8. Each text is encoded as it is: joined first, one that is not Latin would slow down all others of its chunk. */
function encodeRows(prefix: string, items: readonly ParsedEvent[]): Buffer[] {
  let slab = Buffer.allocUnsafe(0)
  let used = 0
  return items.map(({ event, raw }) => {
    let columns = prefix
    for (const field of FIELDS) columns += `\t${copyValue(event[field])}`
    columns += isNotable(event.eventType) ? '\tt\t' : '\tf\t'
    const text = escapeRaw(raw)
    const most = (columns.length + text.length) * MAX_BYTES_PER_UNIT + 1
    if (most > SLAB_BYTES) return Buffer.from(`${columns}${text}\n`)
    if (used + most > slab.length) {
      slab = Buffer.allocUnsafe(SLAB_BYTES)
      used = 0
    }
    const start = used
    used += slab.write(columns, used)
    used += slab.write(text, used)
    slab[used++] = LINE_FEED
    return slab.subarray(start, used)
  })
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

/** `escapeCopy` for long texts: four searches for one character each take a tenth of the time of one for any of them. */
function escapeRaw(raw: string): string {
  const isPlain = !raw.includes('\\') && !raw.includes('\n') && !raw.includes('\t') && !raw.includes('\r')
  return isPlain ? raw : escapeCopy(raw)
}
