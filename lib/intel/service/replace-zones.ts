// The feed of the org's own networks, which is filled from its zones in Okta. It flags and clears nothing by itself, but runs of other feeds that
// list such a network are held; an operator may call it benign, and then it clears.
import { randomUUID } from 'node:crypto'
import { sql, withConnection, withTransaction } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { newRun } from '../core/new-run'
import { parseAddress, parseAddressRange } from '../core/parse-address'
import { createCounter } from '../core/read-feed'
import { cleanSource, defaultFields } from '../core/read-fields'
import { TOLERABLE, ZONES_FEED_ID, type Feed, type FeedEntry, type LineOutcome, type StoredFeedRun } from '../model'
import { claimFeed, findFeed, releaseFeed, saveAttempt } from '../store/feed'
import { lockIndicators, stageEntries } from '../store/indicator'
import { readSettings } from './read-settings'
import { recordRun } from './record-run'
import { replaceIndicators, type ContentSource } from './replace-indicators'
import { saveFeed } from './save-feed'

/** One network as a zone names it. */
interface OwnNetwork {
  zone: string
  /** Address or CIDR, or the first of a range. */
  first: string
  last: string | null
}

type Reading =
  | { status: 'ok'; networks: readonly OwnNetwork[] }
  | { status: 'problem'; message: string }
  /** The process is being stopped: nothing is recorded. */
  | { status: 'aborted' }

interface ReplaceInput {
  actor: Actor
  now: Date
  read(): Promise<Reading>
}

/** What the org says of itself is never too much, too little or too private; what cannot be used is left out. */
const SETTINGS = readSettings({
  feedId: ZONES_FEED_ID,
  name: 'Okta network zones',
  format: 'okta_zones',
  category: 'corporate_egress',
  intent: 'unknown',
  confidence: 100,
  cadenceSeconds: 3600,
  terms: 'Data of the org itself.',
  tolerates: [...TOLERABLE],
})

/**
 * Brings the feed up to date if its time has come: reads the zones and takes over what changed. A problem is recorded as a failed run, and
 * what was known stays. Null if it was not due, is switched off, or is being read by another process.
 */
export async function replaceZones({ actor, now, read }: ReplaceInput): Promise<StoredFeedRun | null> {
  const { orgId } = actor
  const { feedId } = SETTINGS
  if (!isWanted(await findFeed(sql(), orgId, feedId), now)) return null
  return withConnection(async (connection) => {
    if (!(await claimFeed(connection, orgId, feedId))) return null
    try {
      if (!isWanted(await findFeed(connection, orgId, feedId), now)) return null
      const startedAt = clock()
      const reading = await read()
      if (reading.status === 'aborted') return null
      const feed = (await findFeed(connection, orgId, feedId)) ?? (await saveFeed({ actor, input: SETTINGS }))
      if (reading.status === 'problem') return await saveFailure(actor, feed, startedAt, reading.message)
      const source = sourceOf(feed, reading.networks)
      return await replaceIndicators({
        ...{ actor, feed, source, startedAt },
        etag: null,
        lastModified: null,
        isSettingsSaved: false,
      })
    } finally {
      await releaseFeed(connection, orgId, feedId)
    }
  })
}

/** After a problem too it waits its hour: a missing right does not come back in minutes. */
function isWanted(feed: Feed | null, now: Date): boolean {
  if (feed === null || feed.lastAttemptAt === null) return feed?.isEnabled ?? true
  return feed.isEnabled && now.getTime() - feed.lastAttemptAt.getTime() >= feed.cadenceSeconds * 1000
}

function sourceOf(feed: Feed, networks: readonly OwnNetwork[]): ContentSource {
  return {
    async stage(tx) {
      const counter = createCounter()
      const entries: FeedEntry[] = []
      networks.forEach((network, index) => {
        const text = network.last === null ? network.first : `${network.first}-${network.last}`
        counter.take(readNetwork(feed, network), index + 1, text, entries)
      })
      await stageEntries(tx, once(entries))
      return { summary: counter.summary, refusal: null }
    },
  }
}

function readNetwork(feed: Feed, { zone, first, last }: OwnNetwork): LineOutcome {
  const fields = { ...defaultFields(feed), source: cleanSource(zone) }
  if (last === null) {
    const outcome = parseAddress(first)
    return outcome.status === 'ok' ? { status: 'entry', entry: { range: outcome.range, ...fields } } : outcome
  }
  const outcome = parseAddressRange(first, last)
  if (outcome.status === 'rejected') return outcome
  const entries = outcome.ranges.map((range) => ({ range, ...fields }))
  return { status: 'entries', entries, rejected: outcome.rejected }
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}

function saveFailure(actor: Actor, feed: Feed, startedAt: Date, message: string): Promise<StoredFeedRun> {
  return withTransaction(async (tx) => {
    await lockIndicators(tx, feed.orgId)
    const at = clock()
    const run = { runId: randomUUID(), ...newRun('failed', startedAt, at), error: message }
    await saveAttempt(tx, feed.orgId, feed.feedId, at)
    await recordRun(tx, actor, feed, run)
    return run
  })
}
