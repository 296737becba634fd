// Nouns of notifications: what open screens are told (that something changed, not what: they ask for it themselves, with their own rights),
// and what single people should know.
import { z } from 'zod'

/** A change as PostgreSQL delivers it. */
export const Change = z.object({ orgId: z.string(), kind: z.enum(['signals', 'health', 'notifications']) })
export type Change = z.infer<typeof Change>

/** What people are told of by themselves. Closed list. */
export const NOTIFICATION_KINDS = ['suppression_expiring', 'suppression_ended'] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/** Something that one person should know. */
export interface Notification {
  id: string
  kind: NotificationKind
  /** Noun and id of what it is about, e.g. `suppression` and `44`. */
  subjectType: 'suppression'
  subjectId: string
  /** A sentence. Text, never markup. */
  message: string
  createdAt: Date
  readAt: Date | null
}
