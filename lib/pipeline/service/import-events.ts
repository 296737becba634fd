// Reads a file of System Log events into an org: NDJSON or JSON arrays, gzip too, in bounded memory. Progress is stored with every
// page, so a second run of the same file goes on where the first stopped; events already stored count as duplicates.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline as pipe } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { sql } from '@/lib/db/database'
import { now as clock } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { createEventScanner, type ScannedItem, type ScanProblem } from '@/lib/okta/core/scan-events'
import type { RejectedEvent } from '@/lib/okta/model'
import { readCursor, saveCursor } from '@/lib/okta/store/cursor'
import { savePollState } from '@/lib/okta/store/poll-state'
import { addReports, emptyReport, type PageReport } from '../model'
import { ingestPage, preparePage, type PreparedPage } from './ingest-page'

const EVENTS_PER_PAGE = 1000
/** A page of events that are all as large as they may be would not fit in memory. */
const BYTES_PER_PAGE = 16 * 1024 * 1024
/** How much of the beginning of a file identifies it, with its size. */
const FINGERPRINT_BYTES = 1024 * 1024
const GZIP_MAGIC = [0x1f, 0x8b]

export interface ImportProgress {
  /** Bytes of the file as it lies on disk that were read so far. */
  bytesRead: number
  report: PageReport
}

export interface ImportInput {
  orgId: string
  /** Path of a file, or `-` for standard input. */
  file: string
  stdin?: Readable
  /** Read the file from its start, whatever earlier runs stored. */
  isWhole?: boolean
  onProgress?: (progress: ImportProgress) => void
}

export interface ImportResult {
  report: PageReport
  /** Bytes passed over because an earlier run had stored them. */
  skippedBytes: number
  /** Why the rest of the file could not be used; everything before was stored. */
  problem: ScanProblem | 'damaged_gzip' | null
  /** Identifies the file, e.g. `import:1f…`. */
  stream: string
  /** First and last instant of the events that were read; null when there was none. */
  published: { from: Date; to: Date } | null
}

/**
 * Imports one file.
 *
 * @throws AppError invalid_input when the file cannot be read at all.
 */
export async function importEvents(input: ImportInput): Promise<ImportResult> {
  const source = await openSource(input)
  const stream = `import:${source.fingerprint}`
  const isResumed = source.isResumable && !input.isWhole
  const resumeAt = isResumed ? Number((await readCursor(sql(), input.orgId, stream))?.position ?? 0n) : 0
  const scanner = createEventScanner({ skipTo: resumeAt })
  const result: ImportResult = {
    report: emptyReport(),
    skippedBytes: resumeAt,
    problem: null,
    stream,
    published: null,
  }

  let waiting: ScannedItem[] = []
  const store = async (items: readonly ScannedItem[]) => {
    const { report, page } = await storeItems(input.orgId, stream, items, source.isResumable)
    result.report = addReports(result.report, report)
    result.published = widen(result.published, page)
    input.onProgress?.({ bytesRead: source.bytesRead(), report: result.report })
  }

  try {
    for await (const chunk of source.bytes) {
      for (const item of scanner.push(chunk as Buffer)) waiting.push(item) // one by one: too many for the arguments of a call
      while (waiting.length >= EVENTS_PER_PAGE || bytesOf(waiting) >= BYTES_PER_PAGE) {
        await store(waiting.slice(0, EVENTS_PER_PAGE))
        waiting = waiting.slice(EVENTS_PER_PAGE)
      }
      if (scanner.problem() !== null) break
    }
    const end = scanner.finish()
    waiting.push(...end.items)
    result.problem = end.problem
  } catch (error) {
    if (!isDamagedGzip(error)) throw error
    result.problem = 'damaged_gzip'
  }
  if (waiting.length > 0) await store(waiting)
  return result
}

/** How far the items reach in the input, which is about what they take. */
function bytesOf(items: readonly ScannedItem[]): number {
  return items.length === 0 ? 0 : items.at(-1)!.end - items[0]!.end
}

async function storeItems(
  orgId: string,
  stream: string,
  items: readonly ScannedItem[],
  isResumable: boolean,
): Promise<{ report: PageReport; page: PreparedPage }> {
  const texts: string[] = []
  const rejected: RejectedEvent[] = []
  for (const item of items) {
    if (item.status === 'element') texts.push(item.raw)
    else rejected.push(item.rejected)
  }
  const receivedAt = clock()
  const page = preparePage(texts, rejected, receivedAt)
  const report = await ingestPage({
    orgId,
    source: stream,
    page,
    receivedAt,
    saveProgress: async (transaction, report) => {
      const position = BigInt(items.at(-1)!.end)
      if (isResumable) await saveCursor(transaction, orgId, stream, { position }, receivedAt)
      await savePollState(transaction, orgId, { addEvents: report.new, addDuplicates: report.duplicate })
    },
  })
  return { report, page }
}

function widen(range: ImportResult['published'], { parsed }: PreparedPage): ImportResult['published'] {
  let [from, to] = [range?.from.getTime() ?? Infinity, range?.to.getTime() ?? -Infinity]
  for (const { event } of parsed) {
    const at = event.published.getTime()
    from = Math.min(from, at)
    to = Math.max(to, at)
  }
  return from > to ? null : { from: new Date(from), to: new Date(to) }
}

interface Source {
  bytes: AsyncIterable<unknown>
  fingerprint: string
  /** A pipe cannot be read again from where it broke. */
  isResumable: boolean
  bytesRead: () => number
}

async function openSource({ file, stdin }: ImportInput): Promise<Source> {
  if (file === '-') {
    if (!stdin) throw new AppError('invalid_input', 'Nothing to read on standard input.')
    return { ...(await gunzipIfNeeded(stdin)), fingerprint: 'stdin', isResumable: false }
  }
  const fingerprint = await fingerprintOf(file)
  return {
    ...(await gunzipIfNeeded(createReadStream(file, { highWaterMark: 1024 * 1024 }))),
    fingerprint,
    isResumable: true,
  }
}

/** SHA-256 over the size and the first MiB, shortened: enough to know the same export again. */
async function fingerprintOf(file: string): Promise<string> {
  const facts = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new AppError(
      'invalid_input',
      `Cannot read ${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`,
    )
  })
  if (!facts.isFile()) throw new AppError('invalid_input', `Cannot read ${file}: it is not a file.`)
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(FINGERPRINT_BYTES), 0, FINGERPRINT_BYTES, 0)
    return createHash('sha256')
      .update(`${facts.size}\n`)
      .update(buffer.subarray(0, bytesRead))
      .digest('hex')
      .slice(0, 32)
  } finally {
    await handle.close()
  }
}

/** Looks at the first bytes, not at the name: exports come with all endings. */
async function gunzipIfNeeded(input: Readable): Promise<Pick<Source, 'bytes' | 'bytesRead'>> {
  let count = 0
  const iterator = input[Symbol.asyncIterator]()
  const first = await iterator.next()
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value as Buffer)
  async function* whole() {
    count += head.length
    yield head
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      count += (next.value as Buffer).length
      yield next.value as Buffer
    }
  }
  const isGzip = GZIP_MAGIC.every((byte, index) => head[index] === byte)
  if (!isGzip) return { bytes: whole(), bytesRead: () => count }
  const gunzip = createGunzip()
  pipe(whole, gunzip).catch((error: Error) => gunzip.destroy(error))
  return { bytes: gunzip, bytesRead: () => count }
}

function isDamagedGzip(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR'
}
