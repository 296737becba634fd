// Whose network an address belongs to, from the database that was fetched last.
import { sql } from '@/lib/db/database'
import { openMmdb, type Mmdb } from '../core/open-mmdb'
import { readNetwork, type AutonomousSystem } from '../core/read-network'
import { findNewestDatabase, readNetworkDatabase } from '../store/network-database'

export interface Network extends AutonomousSystem {
  /** As the database has it: canonical, with a length unless it is one address. */
  range: string
}

interface Loaded {
  /** Of the database that is loaded; another one takes its place. */
  key: string
  database: Promise<Mmdb | null>
}

/** One opened database per org. Off globalThis because Next loads modules once per bundle. */
const store = globalThis as typeof globalThis & { sallyportNetworks?: Map<string, Loaded> }

/**
 * The autonomous system of an address and the network that it is announced in; null if no database is there or it knows none. One small
 * query a call, and the database itself only when it is new.
 */
export async function findNetwork(orgId: string, ip: string): Promise<Network | null> {
  const loaded = (store.sallyportNetworks ??= new Map<string, Loaded>())
  const newest = await findNewestDatabase(sql(), orgId)
  if (newest === null) {
    loaded.delete(orgId)
    return null
  }
  const key = `${newest.feedId} ${newest.loadedAt.toISOString()}`
  let entry = loaded.get(orgId)
  if (entry?.key !== key) {
    entry = { key, database: load(orgId, newest.feedId) }
    loaded.set(orgId, entry)
    // A query that fails is asked again next time.
    entry.database.catch(() => loaded.delete(orgId))
  }
  const found = (await entry.database)?.find(ip) ?? null
  const network = found && readNetwork(found.record)
  return network && { ...network, range: found.range }
}

async function load(orgId: string, feedId: string): Promise<Mmdb | null> {
  const content = await readNetworkDatabase(sql(), orgId, feedId)
  const opened = content && openMmdb(content)
  return opened?.status === 'open' ? opened.database : null
}
