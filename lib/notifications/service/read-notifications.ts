// A person has seen what they should know.
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Actor } from '@/lib/kernel/actor'
import { countUnread, saveRead } from '../store/notification'

/** Marks own notifications as read, all of them without ids, and returns how many are left. Other open screens of the person follow. */
export function readNotifications(input: {
  actor: Actor
  ids?: readonly string[] | undefined
  now: Date
}): Promise<{ unread: number }> {
  const { actor, ids, now } = input
  return withTransaction(async (tx) => {
    await saveRead(tx, actor.orgId, actor.id, ids ?? null, now)
    await notifyChange(tx, actor.orgId, 'notifications')
    return { unread: await countUnread(tx, actor.orgId, actor.id) }
  })
}
