// The index of an org, built once per version of its intelligence and shared by the whole process.
import { sql, withTransaction } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import { createIntelIndexBuilder, type IntelIndex } from '../core/intel-index'
import { readOpinion, streamLiveIndicators } from '../store/index-rows'
import { readVersion } from '../store/intel-version'

export interface LoadedIndex {
  version: number
  index: IntelIndex
}

interface Slot {
  version: number
  loading: Promise<LoadedIndex>
}

// On globalThis, because Next loads modules once per bundle and an index of a million entries must not exist twice.
const shared = globalThis as typeof globalThis & { sallyportIntel?: Map<string, Slot> }

/**
 * The index of everything an org's feeds list now, and its version. Costs one small query while nothing changed.
 *
 * @param database where to ask for the version: inside a transaction that holds the org's lock, the transaction
 */
export async function loadIndex(orgId: string, database: Sql = sql()): Promise<LoadedIndex> {
  const slots = (shared.sallyportIntel ??= new Map())
  const version = await readVersion(database, orgId)
  const known = slots.get(orgId)
  // A newer index than asked for is as good: it knows everything the older one did or has withdrawn it.
  if (known && known.version >= version) return known.loading
  const slot: Slot = { version, loading: buildIndex(orgId) }
  slots.set(orgId, slot)
  slot.loading.then(
    (loaded) => (slot.version = loaded.version),
    () => slots.get(orgId) === slot && slots.delete(orgId), // the next caller tries again
  )
  return slot.loading
}

function buildIndex(orgId: string): Promise<LoadedIndex> {
  return withTransaction(async (tx) => {
    // Version and rows of one instant.
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    const version = await readVersion(tx, orgId)
    const builder = createIntelIndexBuilder()
    const opinions = new Map<string, number>()
    await streamLiveIndicators(tx, orgId, (id, range, opinion) => {
      let number = opinions.get(opinion)
      if (number === undefined) {
        number = builder.addOpinion(readOpinion(opinion))
        opinions.set(opinion, number)
      }
      builder.add(id, range, number)
    })
    return { version, index: builder.build() }
  })
}
