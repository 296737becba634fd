// Takes over a database that names networks (format `mmdb_asn`). It lists nothing, so it touches no indicator; a damaged one is refused
// before it replaces the one that works.
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { withTransaction } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { newRun } from '../core/new-run'
import { openMmdb } from '../core/open-mmdb'
import { readNetwork } from '../core/read-network'
import type { Feed, StoredFeedRun } from '../model'
import { saveSuccess } from '../store/feed'
import { lockIndicators } from '../store/indicator'
import { saveNetworkDatabase } from '../store/network-database'
import { recordRun } from './record-run'
import type { FeedContent } from './stream-content'

interface ReplaceInput {
  actor: Actor
  feed: Feed
  content: FeedContent
  startedAt: Date
  etag: string | null
  lastModified: string | null
}

/** Networks that are looked at before others get their turn. */
const TURN = 2_000

/**
 * Replaces the database of a feed and returns the recorded run: `changed`, or `unchanged` if it is the same; `entries` are its networks.
 *
 * @throws AppError upstream_failed if the content breaks off, is damaged or names no network; the database before stays.
 */
export async function replaceNetworkDatabase(input: ReplaceInput): Promise<StoredFeedRun> {
  const { actor, feed, startedAt, etag, lastModified } = input
  const { orgId, feedId } = feed
  const content = await readWhole(input.content)
  const networks = await countNetworks(content)
  return withTransaction(async (tx) => {
    await lockIndicators(tx, orgId)
    const at = clock()
    const isChanged = await saveNetworkDatabase(tx, orgId, feedId, content, at)
    const counts = { read: networks, entries: networks, bytes: content.length }
    const run = { runId: randomUUID(), ...newRun(isChanged ? 'changed' : 'unchanged', startedAt, at), ...counts }
    await saveSuccess(tx, { orgId, feedId, etag, lastModified }, { at, isChanged, entryCount: networks })
    await recordRun(tx, actor, feed, run)
    return run
  })
}

async function readWhole(content: FeedContent): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Looks at every network, in turns, since there may be a million. */
async function countNetworks(content: Uint8Array): Promise<number> {
  const opened = openMmdb(content)
  if (opened.status === 'unusable') throw refused(opened.message)
  let seen = 0
  let named = 0
  for (const network of opened.database.networks()) {
    if (network === null) throw refused('The database is damaged.')
    if (readNetwork(network.record) !== null) named++
    if (++seen % TURN === 0) await setImmediate()
  }
  if (named > 0) return named
  throw refused(
    `The database (${opened.database.type.slice(0, 100)}) names no autonomous system. Is it another database?`,
  )
}

function refused(message: string): AppError {
  return new AppError('upstream_failed', `${message} The one before stays in use.`)
}
