// Reads a MISP feed: `manifest.json` names the events with the time of their last change, and each is a file of its own. Only events
// that changed are fetched.
import { performance } from 'node:perf_hooks'
import { AppError } from '@/lib/kernel/error'
import { asObject, scalarText } from '../core/json-path'
import type { Credentials } from '../model'
import { describeStatus, FETCH_LIMITS, guardedGet, type FetchLimits, type GuardedAnswer } from './guarded-get'
import { isBusy } from './is-busy'
import { readJson } from './read-json'

export interface MispRequest {
  /** Of the folder or of its `manifest.json`. */
  url: string
  /** Events that are known, with the revision they had. */
  known: ReadonlyMap<string, string>
  credentials: Credentials | null
  allowedHosts: readonly string[]
  /** `maxBytes` is for all files together. */
  limits?: FetchLimits
  /** Events that are fetched in one go; the rest follows next time. */
  maxEvents?: number
  /** Gets each event that changed: its id, its revision (greater is newer, as text) and what its file holds. */
  take(event: { uuid: string; revision: string; value: unknown }): void
}

export interface FailedEvent {
  uuid: string
  /** For an operator. */
  message: string
}

export type MispOutcome =
  | {
      status: 'read'
      /** Every event of the manifest. */
      listed: ReadonlySet<string>
      /** Changed events that were not fetched this time. */
      left: number
      /** Events whose file could not be read, or that the manifest does not name as it should; they are asked for again next time. */
      failed: FailedEvent[]
      bytes: number
    }
  | { status: 'problem'; message: string }

const MAX_EVENTS = 5_000
const MAX_FILE_BYTES = 64 * 1024 * 1024
const PARALLEL = 4
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

interface Listed {
  uuid: string
  revision: string
}

/** What a manifest names. */
interface Manifest {
  events: Listed[]
  /** Of which it does not say when they changed: not fetched, and not gone either. */
  undated: string[]
  /** Names that are no id. */
  strange: string[]
}

/**
 * Fetches the manifest and the events of it that changed, newest first, until events, bytes or half of the time are used up, or the
 * server wants a pause. A file that is missing or damaged is the fault of that event alone; a server that cannot be reached any more
 * ends the run.
 */
export async function fetchMispFeed(request: MispRequest): Promise<MispOutcome> {
  const { limits = FETCH_LIMITS, known, maxEvents = MAX_EVENTS } = request
  const session = {
    request,
    limits,
    deadline: AbortSignal.timeout(limits.totalMs),
    startedAt: performance.now(),
    bytes: 0,
  }
  const manifest = await fetchFile(session, 'manifest.json')
  if (manifest.status !== 'file') return { status: 'problem', message: manifest.message }
  const listing = readManifest(manifest.value)
  if (listing === null) return { status: 'problem', message: 'The manifest.json is not that of a MISP feed.' }
  const { events, undated, strange } = listing
  const changed = events.filter(({ uuid, revision }) => known.get(uuid) !== revision)
  changed.sort((a, b) => (a.revision < b.revision ? 1 : a.revision > b.revision ? -1 : 0))
  const queue = changed.slice(0, maxEvents)
  const failed: FailedEvent[] = []
  let left = changed.length - queue.length
  let stop: End | null = null

  const work = async (): Promise<void> => {
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
      const end = stop === null && !isUsedUp(session) ? await fetchEvent(session, event, failed) : undefined
      // Not asked, or asked without an answer.
      if (end !== null) left++
      stop ??= end ?? null
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  const ended = stop as End | null
  const isNothingRead = failed.length + left === changed.length
  if (ended?.status === 'unreachable' || (ended?.status === 'busy' && isNothingRead))
    return { status: 'problem', message: ended.message }
  if (failed.length > 0 && isNothingRead && known.size === 0)
    return { status: 'problem', message: `No event of the feed can be read: ${failed[0]!.message}` }
  for (const uuid of undated) failed.push({ uuid, message: 'The manifest does not say when it changed.' })
  for (const name of strange)
    failed.push({ uuid: name.slice(0, 100), message: 'The manifest has a name that is no id.' })
  const listed = new Set([...events.map(({ uuid }) => uuid), ...undated])
  return { status: 'read', listed, left, failed, bytes: session.bytes }
}

interface Session {
  request: MispRequest
  limits: FetchLimits
  deadline: AbortSignal
  startedAt: number
  bytes: number
}

function isUsedUp({ bytes, limits, startedAt }: Session): boolean {
  return bytes >= limits.maxBytes || performance.now() - startedAt > limits.totalMs / 2
}

/** Hands one event over, or notes why not. Returns what ends the fetching of others, if that does. */
async function fetchEvent(session: Session, { uuid, revision }: Listed, failed: FailedEvent[]): Promise<End | null> {
  const file = await fetchFile(session, `${uuid}.json`)
  if (file.status === 'unreachable' || file.status === 'busy') return file
  if (file.status === 'refused') failed.push({ uuid, message: file.message })
  else if (asObject(asObject(file.value)?.Event) === null) failed.push({ uuid, message: 'The file holds no event.' })
  else session.request.take({ uuid, revision, value: file.value })
  return null
}

/** Nothing more will come of this server now; of one that is busy, what came before counts. */
type End = { status: 'unreachable'; message: string } | { status: 'busy'; message: string }
type FileOutcome = { status: 'file'; value: unknown } | { status: 'refused'; message: string } | End

async function fetchFile(session: Session, name: string): Promise<FileOutcome> {
  const { request, limits, deadline } = session
  const { credentials, allowedHosts } = request
  const fileLimits = { ...limits, maxBytes: Math.min(limits.maxBytes, MAX_FILE_BYTES) }
  const url = fileUrl(request.url, name)
  const headers = { accept: 'application/json' }
  const answer = await guardedGet(url, { headers, credentials, limits: fileLimits, deadline, allowedHosts })
  if (answer.status === 'problem') return { status: 'unreachable', message: answer.message }
  const refusal = describeAnswer(answer, url)
  if (refusal !== null) {
    answer.discard()
    return refusal
  }
  try {
    const { value, bytes } = await readJson(answer)
    session.bytes += bytes
    return value === undefined
      ? refused(`${answer.host} answered with something else than JSON.`)
      : { status: 'file', value }
  } catch (error) {
    if (error instanceof AppError) return refused(error.message)
    throw error
  }
}

function describeAnswer(answer: GuardedAnswer, url: string): FileOutcome | null {
  const { httpStatus, host } = answer
  const home = new URL(url).hostname
  // A secret stays with its host; what another one says is not what was asked for.
  if (host !== home) return unreachable(`${home} redirects to ${host}. If that is right, enter the address there.`)
  if (httpStatus === 200) return null
  const message = describeStatus(answer)
  if (isBusy(answer)) return { status: 'busy', message }
  // Who may not ask gets no other file either.
  return [401, 403].includes(httpStatus) ? unreachable(message) : refused(message)
}

function refused(message: string): FileOutcome {
  return { status: 'refused', message }
}

function unreachable(message: string): FileOutcome {
  return { status: 'unreachable', message }
}

function fileUrl(url: string, name: string): string {
  const [, path, query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(url)!
  const folder = path!.replace(/\/?(?:manifest\.json)?$/, '/')
  return `${folder}${name}${query}`
}

/** The events of a manifest (id → timestamp and more), or null if it is none. */
function readManifest(value: unknown): Manifest | null {
  const manifest = asObject(value)
  if (manifest === null) return null
  const read: Manifest = { events: [], undated: [], strange: [] }
  for (const [uuid, event] of Object.entries(manifest)) {
    const timestamp = scalarText(asObject(event)?.timestamp) ?? ''
    // An id becomes part of an address, so it must be one.
    if (!UUID.test(uuid)) read.strange.push(uuid)
    else if (!/^\d{1,12}$/.test(timestamp)) read.undated.push(uuid)
    else read.events.push({ uuid, revision: timestamp.padStart(12, '0') })
  }
  return read.events.length === 0 && read.undated.length + read.strange.length > 0 ? null : read
}
