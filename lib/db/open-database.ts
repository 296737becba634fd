// How a command gets its database: the server that DATABASE_URL names, or the embedded one, adopted if it runs already.
import path from 'node:path'
import { env } from '@/lib/kernel/env'
import { closeDatabase, probeDatabase, useDatabase } from './database'
import { startEmbeddedPostgres } from './embedded-postgres'
import { migrate } from './migrate'

export interface OpenDatabase {
  url: string
  isEmbedded: boolean
  /** Ends the pools, and the embedded server if this call started it. */
  close: () => Promise<void>
}

/**
 * Opens and migrates the database of this installation and points the process at it.
 *
 * @throws Error with one line that says what to do.
 */
export async function openDatabase(): Promise<OpenDatabase> {
  const { DATABASE_URL, dataDir } = env()
  if (DATABASE_URL) {
    await probeDatabase(DATABASE_URL)
    await migrate(DATABASE_URL)
    useDatabase(DATABASE_URL)
    return { url: DATABASE_URL, isEmbedded: false, close: closeDatabase }
  }
  const server = await startEmbeddedPostgres({ dataDir: path.join(dataDir, 'postgres'), database: 'sallyport' })
  await migrate(server.url)
  useDatabase(server.url)
  return {
    url: server.url,
    isEmbedded: true,
    close: async () => {
      await closeDatabase()
      if (!server.isAdopted) await server.stop()
    },
  }
}
