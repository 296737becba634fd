// The two things live streams ask of the database: tell us when something changes, and when the last event came.
import { connect, sql } from '@/lib/db/database'
import { CHANGE_CHANNEL } from '@/lib/db/notify'

export interface Listener {
  /** Asks the server for a sign of life; rejects if the connection is gone. */
  probe: () => Promise<void>
  close: () => void
}

/**
 * Listens for changes on a connection of its own.
 *
 * @param onPayload called with the text of every notification
 * @param onLost called once if the connection ends by itself
 */
export async function listen(onPayload: (payload: string) => void, onLost: () => void): Promise<Listener> {
  const client = await connect()
  let isOpen = true
  const end = (isLost: boolean) => {
    if (!isOpen) return
    isOpen = false
    client.removeAllListeners('notification')
    client.release(true)
    if (isLost) onLost()
  }
  client.on('notification', (notification) => onPayload(notification.payload ?? ''))
  client.on('error', () => end(true))
  client.on('end', () => end(true))
  try {
    await client.query(`LISTEN ${CHANGE_CHANNEL}`)
  } catch (error) {
    end(false)
    throw error
  }
  return {
    probe: async () => {
      await client.query('SELECT 1').catch((error: unknown) => {
        end(true)
        throw error
      })
    },
    close: () => end(false),
  }
}

/** When the newest event of an org reached us; null before the first. */
export async function readLastEventReceivedAt(orgId: string): Promise<Date | null> {
  const [row] = await sql().query<{ at: Date | null }>(
    'SELECT last_event_received_at AS at FROM poll_state WHERE org_id = $1',
    [orgId],
  )
  return row?.at ?? null
}
