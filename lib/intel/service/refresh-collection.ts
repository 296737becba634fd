// Content that comes in objects: TAXII collections and MISP feeds. Only what changed is fetched; together with the stored objects that did
// not change it is the whole content, which is compared like any other. Objects and position are kept only when that comes into
// force, so that a run that failed or is held leaves nothing out.
import { sql } from '@/lib/db/database'
import { AppError } from '@/lib/kernel/error'
import { logger } from '@/lib/kernel/logger'
import { newestReadings, type ObjectReading } from '../core/object-reading'
import { parseMispEvent } from '../core/parse-misp-event'
import { readStixObject } from '../core/parse-stix'
import { createCounter, type Counter } from '../core/read-feed'
import { fetchMispFeed } from '../gateway/fetch-misp-feed'
import { fetchTaxii } from '../gateway/fetch-taxii'
import type { FetchLimits } from '../gateway/guarded-get'
import type { Credentials, Feed, FeedEntry, LineOutcome } from '../model'
import {
  deleteObjects,
  listRevisions,
  readObjects,
  saveObjects,
  savePosition,
  type FeedObject,
} from '../store/feed-object'
import { stageEntries } from '../store/indicator'
import type { ContentSource } from './replace-indicators'

export type CollectionFeed = Feed & { url: string; format: 'taxii' | 'misp_feed' }

export interface CollectionAccess {
  credentials: Credentials | null
  allowedHosts: readonly string[]
  limits?: FetchLimits
}

/** What was fetched of a collection, compared with what is stored of it. */
interface Collected {
  /** Objects that are new or newer than the stored ones, by id. */
  readings: Map<string, ObjectReading>
  /** What was left out outside of any reading. */
  faults: Array<{ outcome: LineOutcome; text: string }>
  /** Stored objects that are no longer part of the collection. */
  gone: Set<string>
  /**
   * Whether an object without entries is kept: in a MISP feed, lest it be fetched again and again; in a collection, one that had entries
   * before, lest an older version that comes later bring back what was revoked.
   */
  isKept(objectId: string): boolean
  position: string | null
  bytes: number
}

/**
 * The source of one run over a collection. `stage` fetches, so it may be slow.
 *
 * Its `stage` throws AppError upstream_failed with a message for an operator.
 */
export function collectionSource(feed: CollectionFeed, access: CollectionAccess): ContentSource {
  const { orgId, feedId } = feed
  let collected: Collected | null = null
  return {
    async stage(tx) {
      const known = await listRevisions(tx, orgId, feedId)
      collected =
        feed.format === 'taxii' ? await collectTaxii(feed, access, known) : await collectMisp(feed, access, known)
      const counter = createCounter()
      counter.summary.bytes = collected.bytes
      await stageEntries(tx, readUnion(feed, collected, counter))
      return { summary: counter.summary, refusal: null }
    },
    async keep(tx) {
      if (collected === null || !(await savePosition(tx, feed, collected.position))) return
      const { readings, gone, isKept } = collected
      const objects = [...readings.values()].map(toObject)
      await deleteObjects(tx, orgId, feedId, [...gone])
      await saveObjects(
        tx,
        orgId,
        feedId,
        objects.filter(({ objectId, entries }) => entries.length > 0 || isKept(objectId)),
      )
    },
  }
}

async function collectTaxii(
  feed: CollectionFeed,
  access: CollectionAccess,
  known: Map<string, string>,
): Promise<Collected> {
  const read: ObjectReading[] = []
  const faults: Collected['faults'] = []
  const take = (objects: readonly unknown[]) => {
    for (const object of objects) {
      const outcome = readStixObject(object, feed)
      if (outcome.status === 'read') read.push(outcome.reading)
      if (outcome.status === 'malformed') {
        faults.push({ outcome: { status: 'rejected', reason: 'malformed_json' }, text: outcome.text })
      }
    }
  }
  const outcome = await fetchTaxii({ ...feed, ...access, take })
  if (outcome.status === 'problem') throw new AppError('upstream_failed', outcome.message)
  const { position, isComplete, bytes } = outcome
  if (!isComplete) logger.info({ feed: feed.feedId, objects: read.length, position }, 'collection goes on next time')
  const newest = newestReadings(read)
  // Only reading from the begin to the end shows what a server has removed.
  const isWhole = feed.position === null && isComplete
  const gone = new Set(isWhole ? [...known.keys()].filter((id) => !newest.has(id)) : [])
  const readings = new Map([...newest].filter(([id, { revision }]) => revision > (known.get(id) ?? '')))
  return { readings, faults, gone, isKept: (id) => known.has(id), position, bytes }
}

async function collectMisp(
  feed: CollectionFeed,
  access: CollectionAccess,
  known: Map<string, string>,
): Promise<Collected> {
  const readings = new Map<string, ObjectReading>()
  const outcome = await fetchMispFeed({
    ...feed,
    ...access,
    known,
    take({ uuid, revision, value }) {
      const text = `event ${uuid}`
      readings.set(uuid, { objectId: uuid, revision, outcome: parseMispEvent(value, feed), text })
    },
  })
  if (outcome.status === 'problem') throw new AppError('upstream_failed', outcome.message)
  const { listed, left, failed, bytes } = outcome
  if (left > 0) logger.info({ feed: feed.feedId, events: readings.size, left }, 'collection goes on next time')
  const faults = failed.map(({ uuid, message }) => ({
    outcome: { status: 'rejected', reason: 'malformed_json' } as const,
    text: `event ${uuid}: ${message}`,
  }))
  const gone = new Set([...known.keys()].filter((id) => !listed.has(id)))
  const newest = [...readings.values()].reduce((last, { revision }) => (revision > last ? revision : last), '')
  const position = newest === '' ? feed.position : new Date(Number(newest) * 1000).toISOString()
  return { readings, faults, gone, isKept: () => true, position, bytes }
}

/** What was read, then what is stored and did not change. */
async function* readUnion(
  { orgId, feedId }: CollectionFeed,
  { readings, faults, gone }: Collected,
  counter: Counter,
): AsyncGenerator<FeedEntry[]> {
  let line = 0
  const read: FeedEntry[] = []
  for (const { outcome, text } of readings.values()) counter.take(outcome, ++line, text, read)
  for (const { outcome, text } of faults) counter.take(outcome, ++line, text, read)
  yield read
  // On another connection, for this one is copying. Nobody else writes objects of a feed that is being fetched.
  for await (const objects of readObjects(sql(), orgId, feedId)) {
    const unchanged: FeedEntry[] = []
    for (const { objectId, entries } of objects) {
      if (readings.has(objectId) || gone.has(objectId)) continue
      counter.take({ status: 'entries', entries }, ++line, objectId, unchanged)
    }
    yield unchanged
  }
}

function toObject({ objectId, revision, outcome }: ObjectReading): FeedObject {
  return { objectId, revision, entries: outcome.status === 'entries' ? outcome.entries : [] }
}
