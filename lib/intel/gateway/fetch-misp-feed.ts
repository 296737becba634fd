// Reads a MISP feed: `manifest.json` names the events with the time of their last change, and each is a file of its own. Only events
// that changed are fetched.
import { performance } from 'node:perf_hooks'
import { AppError } from '@/lib/kernel/error'
import { asObject } from '../core/json-path'
import type { Credentials } from '../model'
import { describeStatus, FETCH_LIMITS, guardedGet, type FetchLimits, type GuardedAnswer } from './guarded-get'
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
      /** Events whose file could not be read; they are asked for again next time. */
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

/**
 * Fetches the manifest and the events of it that changed, newest first, until events, bytes or half of the time are used up. A file
 * that is missing or damaged is the fault of that event alone; a server that cannot be reached any more ends the run.
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
  const events = readManifest(manifest.value)
  if (events === null) return { status: 'problem', message: 'The manifest.json is not that of a MISP feed.' }
  const changed = events.filter(({ uuid, revision }) => known.get(uuid) !== revision)
  changed.sort((a, b) => (a.revision < b.revision ? 1 : a.revision > b.revision ? -1 : 0))
  const queue = changed.slice(0, maxEvents)
  const failed: FailedEvent[] = []
  let left = changed.length - queue.length
  let problem: string | null = null

  const work = async (): Promise<void> => {
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
      if (problem !== null || isUsedUp(session)) left++
      else problem ??= await fetchEvent(session, event, failed)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  if (problem !== null) return { status: 'problem', message: problem }
  const isNothingRead = failed.length > 0 && failed.length + left === changed.length && known.size === 0
  if (isNothingRead) return { status: 'problem', message: `No event of the feed can be read: ${failed[0]!.message}` }
  return { status: 'read', listed: new Set(events.map(({ uuid }) => uuid)), left, failed, bytes: session.bytes }
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

/** Hands one event over, or notes why not. Returns a message if the feed as a whole cannot be read on. */
async function fetchEvent(session: Session, { uuid, revision }: Listed, failed: FailedEvent[]): Promise<string | null> {
  const file = await fetchFile(session, `${uuid}.json`)
  if (file.status === 'unreachable') return file.message
  if (file.status === 'refused') failed.push({ uuid, message: file.message })
  else if (asObject(asObject(file.value)?.Event) === null) failed.push({ uuid, message: 'The file holds no event.' })
  else session.request.take({ uuid, revision, value: file.value })
  return null
}

type FileOutcome =
  | { status: 'file'; value: unknown }
  | { status: 'refused'; message: string }
  /** Nothing more will come of this server now. */
  | { status: 'unreachable'; message: string }

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
  // Who may not ask, or asks too often, gets no other file either.
  return [401, 403, 429].includes(httpStatus) ? unreachable(describeStatus(answer)) : refused(describeStatus(answer))
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

/** The events of a manifest (id → timestamp and more), or null. */
function readManifest(value: unknown): Listed[] | null {
  const manifest = asObject(value)
  if (manifest === null) return null
  const entries = Object.entries(manifest)
  const events = entries.flatMap(([uuid, event]) => {
    const timestamp = String(asObject(event)?.timestamp)
    // An id becomes part of an address, so it must be one.
    return UUID.test(uuid) && /^\d{1,12}$/.test(timestamp) ? [{ uuid, revision: timestamp.padStart(12, '0') }] : []
  })
  return events.length === 0 && entries.length > 0 ? null : events
}
