// The database while the supervisor runs: opened once, opened again when it stops by itself, stopped last.
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase } from '@/lib/db/database'
import { openDatabase, type OpenDatabase } from '@/lib/db/open-database'
import { watchServer } from '@/lib/db/watch-server'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

export interface KeptDatabase {
  url: () => string
  isAdopted: boolean
  /** Stops the embedded server, adopted or not; at the deadline without waiting for its sessions. */
  stop: (deadline: number) => Promise<void>
}

/**
 * Opens the database of this installation and keeps it open. An external server is nobody's business but its operator's:
 * pools reconnect to it by themselves.
 *
 * @param onTrouble one sentence for the person at the terminal
 * @param onMoved the embedded server runs again, but elsewhere
 */
export async function keepDatabase(
  onTrouble: (sentence: string) => void,
  onMoved: (url: string) => void,
): Promise<KeptDatabase> {
  let database = await openDatabase()
  let isStopping = false
  let unwatch = async () => {}

  async function watch(): Promise<void> {
    if (database.server) unwatch = await watchServer(database.url, () => void recover())
  }

  async function recover(): Promise<void> {
    if (isStopping) return
    onTrouble('The database stopped unexpectedly: starting it again.')
    const before = database.url
    for (let pauseMs = FIRST_PAUSE_MS; !isStopping; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        await closeDatabase()
        database = await openDatabase({ port: database.server?.port })
        await watch()
        onTrouble('The database runs again.')
        if (database.url !== before) onMoved(database.url)
        return
      } catch (error) {
        onTrouble(`The database does not start: ${(error as Error).message} Trying again in ${pauseMs / 1000} s.`)
        await sleep(pauseMs)
      }
    }
  }

  await watch()
  return {
    url: () => database.url,
    isAdopted: database.server?.isAdopted ?? false,
    stop: async (deadline) => {
      isStopping = true
      await unwatch()
      await closeDatabase()
      await stopServer(database, deadline)
    },
  }
}

async function stopServer({ server }: OpenDatabase, deadline: number): Promise<void> {
  if (!server) return
  // An immediate shutdown skips the last checkpoint; the next start replays the log instead.
  const impatience = setTimeout(() => process.kill(server.pid, 'SIGQUIT'), Math.max(0, deadline - Date.now()))
  await server.stop()
  clearTimeout(impatience)
}
