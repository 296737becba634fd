// Tells single people something, inside the transaction that makes it true.
import { randomUUID } from 'node:crypto'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Notification } from '../model'
import { insertNotifications } from '../store/notification'

export type NewNotification = Pick<Notification, 'kind' | 'subjectType' | 'subjectId' | 'message'> & { userId: string }

/** Adds notifications and tells open screens to look. */
export async function addNotifications(
  tx: Sql,
  orgId: string,
  notifications: readonly NewNotification[],
  now: Date,
): Promise<void> {
  if (notifications.length === 0) return
  await insertNotifications(
    tx,
    orgId,
    notifications.map((one) => ({ ...one, id: randomUUID() })),
    now,
  )
  await notifyChange(tx, orgId, 'notifications')
}
