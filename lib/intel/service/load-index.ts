// The index of an org, kept up to date by patches and shared by the whole process. Invariant: what is handed out never changes; a new
// state takes its place with one assignment.
import { sql, withSnapshot } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import { logger } from '@/lib/kernel/logger'
import { createEntryBuilder } from '../core/index-part'
import {
  buildIndexInSteps,
  compactIndex,
  patchIndex,
  type FeedStates,
  type IndexPatch,
  type IntelIndex,
  type PatchableIndex,
} from '../core/intel-index'
import { readFeedStates, readMark, streamClosed, streamLive, type IndexMark } from '../store/index-rows'
import { readVersion } from '../store/intel-version'
import { createPace, inSteps } from './in-steps'

export interface LoadedIndex {
  version: number
  index: IntelIndex
}

/** An index in force, with what its next patch needs to know. */
interface InForce extends LoadedIndex {
  index: PatchableIndex
  mark: IndexMark
  feeds: FeedStates
}

interface Slot {
  inForce: InForce | null
  updating: Promise<void> | null
  compaction: Compaction | null
}

/** The overlay moving into the base, beside everything else. */
interface Compaction {
  /** Patches since it began, to be applied to its outcome too. */
  missed: IndexPatch[]
  done: Promise<void>
}

// On globalThis, because Next loads modules once per bundle and an index of a million entries must not exist twice.
const shared = globalThis as typeof globalThis & { sallyportIntel?: Map<string, Slot> }

/**
 * The index of everything an org's feeds list now, and its version. Costs one small query while nothing changed, and a patch where
 * something did; only the first call of a process waits for all of it.
 *
 * @param database where to ask for the version: inside a transaction that holds the org's lock, the transaction
 */
export async function loadIndex(orgId: string, database: Sql = sql()): Promise<LoadedIndex> {
  const slots = (shared.sallyportIntel ??= new Map())
  let slot = slots.get(orgId)
  if (!slot) slots.set(orgId, (slot = { inForce: null, updating: null, compaction: null }))
  const version = await readVersion(database, orgId)
  // A newer index than asked for is as good: it knows everything the older one did or has withdrawn it. An update that was under way
  // may have looked before the version was committed; the next one looks after.
  while (slot.inForce === null || slot.inForce.version < version) await (slot.updating ??= startUpdate(orgId, slot))
  return slot.inForce
}

/** Forgets every index of this process, as if it had just started. For measuring a cold start. */
export function forgetIndexes(): void {
  shared.sallyportIntel?.clear()
}

/** Resolves when no compaction is under way. */
export async function compacted(orgId: string): Promise<void> {
  await shared.sallyportIntel?.get(orgId)?.compaction?.done
}

function startUpdate(orgId: string, slot: Slot): Promise<void> {
  return update(orgId, slot).finally(() => (slot.updating = null))
}

async function update(orgId: string, slot: Slot): Promise<void> {
  const before = slot.inForce
  const read = await readChanges(orgId, before)
  if (before === null || read.isWhole) {
    const index = await inSteps(buildIndexInSteps(read.added, read.feeds))
    slot.compaction = null // what it makes is of an older state
    slot.inForce = { version: read.mark.version, index, mark: read.mark, feeds: read.feeds }
    return
  }
  // Compaction may put another index in place meanwhile, with the same content: the patch fits both, so it is tried again.
  for (;;) {
    const { index: from } = slot.inForce!
    const index = await inSteps(patchIndex(from, read))
    if (slot.inForce!.index !== from) continue
    slot.inForce = { version: read.mark.version, index, mark: read.mark, feeds: read.feeds }
    break
  }
  if (slot.compaction !== null) slot.compaction.missed.push(read)
  else if (slot.inForce.index.isCompactionDue) startCompaction(orgId, slot, slot.inForce)
}

interface Changes extends IndexPatch {
  mark: IndexMark
  /** Whether `added` is everything and not a difference. */
  isWhole: boolean
}

/** Reads what changed since an index was made; everything where there is none, or where the database is older than it (restored). */
function readChanges(orgId: string, before: InForce | null): Promise<Changes> {
  // Mark, feeds and rows of one instant. Transactions that hold locks wait for this, so it must not wait for one of their connections.
  return withSnapshot(async (tx) => {
    const mark = await readMark(tx, orgId)
    const { feeds, entries } = await readFeedStates(tx, orgId)
    const isWhole = before === null || isOlder(mark, before.mark)
    const added = createEntryBuilder(isWhole ? entries : 0)
    const closed = createEntryBuilder()
    const pace = createPace()
    await streamLive(tx, orgId, isWhole ? null : before.mark, added, pace)
    if (!isWhole) await streamClosed(tx, orgId, before.mark, closed, pace)
    return { mark, feeds, added, closed, isWhole }
  })
}

function isOlder(mark: IndexMark, than: IndexMark): boolean {
  return mark.version < than.version || mark.lastId < than.lastId || mark.lastClosedAt < than.lastClosedAt
}

/** Where it fails, the index stays as it is and the next patch tries again. */
function startCompaction(orgId: string, slot: Slot, { index, feeds }: InForce): void {
  const compaction: Compaction = { missed: [], done: Promise.resolve() }
  slot.compaction = compaction
  compaction.done = compact(slot, compaction, compactIndex(index, feeds))
    .catch((error: Error) => logger.error({ org: orgId, error: error.message }, 'the index was not compacted'))
    .finally(() => {
      if (slot.compaction === compaction) slot.compaction = null
    })
}

async function compact(
  slot: Slot,
  compaction: Compaction,
  steps: Generator<void, PatchableIndex, void>,
): Promise<void> {
  let index = await inSteps(steps)
  for (let patch = compaction.missed.shift(); patch; patch = compaction.missed.shift()) {
    index = await inSteps(patchIndex(index, patch))
  }
  // Nothing else has run since the last look at `missed`.
  if (slot.compaction === compaction && slot.inForce !== null) slot.inForce = { ...slot.inForce, index }
}
