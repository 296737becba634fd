// How a command gets its database: the server that DATABASE_URL names, or the embedded one, adopted if it runs already.
// Invariant: the last of our processes to leave an embedded server stops it, and none stops it under another.
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { env } from '@/lib/kernel/env'
import { closeDatabase, probeDatabase, useDatabase } from './database'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres'
import { migrate } from './migrate'

/** How long connections that were ended may still be listed by the server. */
const LEAVE_MS = 500

export interface OpenDatabase {
  url: string
  /** The embedded server; null with DATABASE_URL. */
  server: EmbeddedPostgres | null
  /** Ends the pools, and the embedded server unless another process uses it. */
  close: () => Promise<void>
}

/**
 * Opens and migrates the database of this installation and points the process at it.
 *
 * @param options.port where the embedded server should listen if it must be started
 * @throws Error with one line that says what to do.
 */
export async function openDatabase(options: { port?: number } = {}): Promise<OpenDatabase> {
  const { DATABASE_URL, dataDir } = env()
  if (DATABASE_URL) {
    await probeDatabase(DATABASE_URL)
    await migrate(DATABASE_URL)
    useDatabase(DATABASE_URL)
    return { url: DATABASE_URL, server: null, close: closeDatabase }
  }
  const folder = path.join(dataDir, 'postgres')
  const server = await startEmbeddedPostgres({ dataDir: folder, database: 'sallyport', port: options.port })
  try {
    await migrate(server.url)
  } catch (error) {
    if (!server.isAdopted) await server.stop()
    throw error
  }
  useDatabase(server.url)
  return {
    url: server.url,
    server,
    close: async () => {
      await closeDatabase()
      if (!(await isUsed(server.url))) await server.stop()
    },
  }
}

async function isUsed(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {}) // the statement below reports it
  try {
    await client.connect()
    for (let waited = 0; waited < LEAVE_MS; waited += 50) {
      const { rows } = await client.query<{ others: number }>(
        `SELECT count(*)::int AS others FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      )
      if (rows[0]!.others === 0) return false
      await sleep(50)
    }
    return true
  } catch {
    return true // whoever stops it just now, it is not for us to do
  } finally {
    await client.end().catch(() => {})
  }
}
