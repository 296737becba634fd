// Notices that a database server went away, by one connection that is held only for this. The connection also tells other
// commands that the server is in use.
import pg from 'pg'

/**
 * Calls `onLost` once, when the server ends the connection. The returned function stops watching.
 *
 * @throws Error if the server cannot be reached now.
 */
export async function watchServer(connectionString: string, onLost: () => void): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString, application_name: 'sallyport-supervisor', keepAlive: true })
  let isWatching = true
  const lost = () => {
    if (isWatching) onLost()
    isWatching = false
  }
  client.on('error', lost)
  client.on('end', lost)
  await client.connect()
  return async () => {
    isWatching = false
    await client.end().catch(() => {})
  }
}
