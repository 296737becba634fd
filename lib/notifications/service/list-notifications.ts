// What one person should know.
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import type { NotificationList } from '../contract'
import { countUnread, listNewest } from '../store/notification'

/** The newest of the actor, read or not. */
export async function listNotifications({ actor, limit }: { actor: Actor; limit: number }): Promise<NotificationList> {
  const [rows, unread] = await Promise.all([
    listNewest(sql(), actor.orgId, actor.id, limit),
    countUnread(sql(), actor.orgId, actor.id),
  ])
  const notifications = rows.map(({ createdAt, readAt, ...rest }) => ({
    ...rest,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  }))
  return { notifications, unread }
}
