// Rows of the index: where the intelligence of an org stands, its feeds, and indicators streamed in COPY's binary format, a million a second.
// Ids of indicators and instants of knowledge rise in the order of commits (`lockIndicators`, `nextInstant`), so what changed since a
// mark is exactly what lies behind it.
import { to as copyTo } from 'pg-copy-streams'
import type { Transaction } from '@/lib/db/sql'
import { invariant } from '@/lib/kernel/error'
import type { EntryBuilder } from '../core/index-part'
import type { FeedStates } from '../core/intel-index'
import type { Category, Intent } from '../model'

/** How far an index knows the indicators of an org. */
export interface IndexMark {
  version: number
  /** Highest id, 0 without indicators. */
  lastId: bigint
  /** Last instant at which some were closed; the epoch if none ever were. */
  lastClosedAt: Date
}

/** Where the intelligence of an org stands in the snapshot of a transaction. */
export async function readMark(tx: Transaction, orgId: string): Promise<IndexMark> {
  const [row] = await tx.query<IndexMark>(
    `SELECT coalesce((SELECT version FROM intel_version WHERE org_id = $1), 0) AS version,
       coalesce((SELECT max(id) FROM indicator WHERE org_id = $1), 0) AS "lastId",
       coalesce((SELECT max(known_to) FROM indicator WHERE org_id = $1 AND known_to IS NOT NULL), 'epoch') AS "lastClosedAt"`,
    [orgId],
  )
  return row!
}

/** Names and switches of all feeds of an org, and about how many live indicators they have. */
export async function readFeedStates(tx: Transaction, orgId: string): Promise<{ feeds: FeedStates; entries: number }> {
  const rows = await tx.query<{ feedId: string; name: string; isEnabled: boolean; entryCount: number }>(
    'SELECT feed_id AS "feedId", name, is_enabled AS "isEnabled", entry_count AS "entryCount" FROM feed WHERE org_id = $1',
    [orgId],
  )
  return {
    feeds: new Map(rows.map(({ feedId, name, isEnabled }) => [feedId, { name, isEnabled }])),
    entries: rows.reduce((sum, { entryCount }) => sum + entryCount, 0),
  }
}

/** Lets others have their turn if it is time; called after every chunk, a fraction of a millisecond of work. */
export type Pace = () => Promise<void> | void

/** Adds live indicators of an org, also of feeds that are switched off: all, or those after a mark. */
export function streamLive(
  tx: Transaction,
  orgId: string,
  after: IndexMark | null,
  into: EntryBuilder,
  pace: Pace,
): Promise<void> {
  const since = after === null ? '' : `AND id > ${after.lastId}`
  return streamRows(tx, orgId, `known_to IS NULL ${since}`, into, pace)
}

/** Adds indicators that were live at a mark and have been closed since. */
export function streamClosed(
  tx: Transaction,
  orgId: string,
  after: IndexMark,
  into: EntryBuilder,
  pace: Pace,
): Promise<void> {
  const where = `known_to > ${tx.client.escapeLiteral(after.lastClosedAt.toISOString())} AND id <= ${after.lastId}`
  return streamRows(tx, orgId, where, into, pace)
}

async function streamRows(
  tx: Transaction,
  orgId: string,
  where: string,
  into: EntryBuilder,
  pace: Pace,
): Promise<void> {
  const stream = tx.client.query(
    copyTo(
      `COPY (SELECT id, range, as_number, feed_id, category, intent, confidence, source, valid_from, valid_to, known_from
       FROM indicator WHERE org_id = ${tx.client.escapeLiteral(orgId)} AND ${where}) TO STDOUT (FORMAT binary)`,
    ),
  )
  const readRows = createRowReader(into)
  let rest: Buffer = Buffer.alloc(0)
  let skip = HEADER_BYTES
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const { bytes, from } = stitch(rest, chunk, skip, readRows)
    const end = readRows(bytes, from)
    rest = bytes.subarray(Math.min(end, bytes.length))
    skip = Math.max(0, end - bytes.length)
    await pace()
  }
}

type RowReader = (bytes: Buffer, from: number) => number

/** Reads the row that the last chunk began, so that not every chunk has to be copied to be joined. */
function stitch(rest: Buffer, chunk: Buffer, skip: number, readRows: RowReader): { bytes: Buffer; from: number } {
  if (rest.length === 0) return { bytes: chunk, from: skip }
  const seam = Buffer.concat([rest, chunk.subarray(0, SEAM_BYTES)])
  const end = readRows(seam, skip)
  return end > rest.length
    ? { bytes: chunk, from: end - rest.length }
    : { bytes: Buffer.concat([rest, chunk]), from: skip }
}

/** More than nearly every row has. */
const SEAM_BYTES = 1024
/** Signature, flags and length of extensions, of which there are none (PostgreSQL manual, COPY, binary format). */
const HEADER_BYTES = 19
const FIELDS = 11
/** How `inet` begins in binary: family, prefix length, whether it is a `cidr`, bytes of the address. */
const INET_HEADER = 4
const INET_V4 = 2

/** Reads whole rows from `from` on, and returns where the first incomplete one begins. */
function createRowReader(into: EntryBuilder): RowReader {
  const words = new Uint32Array(4)
  const numberOf = createOpinionReader(into)
  const starts = new Int32Array(FIELDS)
  return (bytes, from) => {
    for (;;) {
      const end = findFields(bytes, from, starts)
      if (end < 0) return from
      const id = bytes.readUInt32BE(starts[0]!) * 2 ** 32 + bytes.readUInt32BE(starts[0]! + 4)
      const range = starts[1]!
      const opinion = numberOf(bytes, starts, end)
      if (isNull(bytes, range)) {
        words[0] = bytes.readUInt32BE(starts[2]! + 4) // of a bigint below 2^32
        into.add('system', id, words, 32, opinion)
      } else {
        const isV4 = bytes[range] === INET_V4
        const width = isV4 ? 1 : 4
        for (let word = 0; word < width; word++) words[word] = bytes.readUInt32BE(range + INET_HEADER + word * 4)
        into.add(isV4 ? 'v4' : 'v6', id, words, bytes[range + 1]!, opinion)
      }
      from = end
    }
  }
}

/** Writes where the fields of a row begin, and returns where the row ends; -1 if it is not all there, or is the end of the data. */
function findFields(bytes: Buffer, from: number, starts: Int32Array): number {
  if (from + 2 > bytes.length || bytes.readInt16BE(from) !== FIELDS) return -1
  let at = from + 2
  for (let field = 0; field < FIELDS; field++) {
    if (at + 4 > bytes.length) return -1
    const length = bytes.readInt32BE(at)
    at += 4
    starts[field] = at
    if (length > 0) at += length
    if (at > bytes.length) return -1
  }
  return at
}

/** Reads what many rows share only once: rows of a refresh lie together, so mostly the bytes are those of the row before. */
function createOpinionReader(into: EntryBuilder): (bytes: Buffer, starts: Int32Array, end: number) => number {
  const numbers = new Map<string, number>()
  let last: Buffer = Buffer.alloc(0)
  let lastNumber = -1
  return (bytes, starts, end) => {
    const start = starts[3]! - 4
    if (end - start === last.length && bytes.compare(last, 0, last.length, start, end) === 0) return lastNumber
    const key = bytes.toString('latin1', start, end)
    const known = numbers.get(key)
    last = Buffer.from(bytes.subarray(start, end))
    lastNumber = known ?? into.addOpinion(readOpinion(bytes, starts))
    if (known === undefined) numbers.set(key, lastNumber)
    return lastNumber
  }
}

function readOpinion(bytes: Buffer, starts: Int32Array) {
  const text = (field: number): string | null => readText(bytes, starts[field]!)
  const instant = (field: number): Date | null => readInstant(bytes, starts[field]!)
  const [feedId, category, intent, validFrom, knownFrom] = [text(3), text(4), text(5), instant(8), instant(10)]
  invariant(feedId !== null && category !== null && intent !== null, 'columns of an indicator that are never null')
  invariant(validFrom !== null && knownFrom !== null, 'columns of an indicator that are never null')
  return {
    feedId,
    category: category as Category, // written from the closed list
    intent: intent as Intent, // an enum of the database
    confidence: bytes.readInt32BE(starts[6]!),
    source: text(7),
    validFrom,
    validTo: instant(9),
    knownFrom,
  }
}

function isNull(bytes: Buffer, start: number): boolean {
  return bytes.readInt32BE(start - 4) === -1
}

function readText(bytes: Buffer, start: number): string | null {
  return isNull(bytes, start) ? null : bytes.toString('utf8', start, start + bytes.readInt32BE(start - 4))
}

/** Microseconds since 2000, in UTC. */
function readInstant(bytes: Buffer, start: number): Date | null {
  if (isNull(bytes, start)) return null
  return new Date(Math.floor(Number(bytes.readBigInt64BE(start)) / 1000) + Date.UTC(2000, 0))
}
