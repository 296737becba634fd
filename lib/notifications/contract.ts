// What the API says to one person. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { NOTIFICATION_KINDS } from './model'

const Instant = z.iso.datetime().describe('ISO 8601, UTC')

export const NotificationView = z.object({
  id: z.uuid(),
  kind: z.enum(NOTIFICATION_KINDS),
  subjectType: z.enum(['suppression']),
  subjectId: z.string(),
  message: z.string(),
  createdAt: Instant,
  readAt: Instant.nullable(),
})
export type NotificationView = z.infer<typeof NotificationView>

export const listNotificationsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/notifications',
  summary: 'What the caller should know, newest first',
  permission: 'account:self',
  query: z.object({ limit: z.coerce.number<string>().int().min(1).max(100).default(50) }),
  response: z.object({
    notifications: z.array(NotificationView),
    unread: z.int().describe('Not read yet, of the newest 200'),
  }),
})
export type NotificationList = z.output<typeof listNotificationsEndpoint.response>

export const readNotificationsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/notifications/read',
  summary: 'Marks own notifications as read; all of them without ids',
  permission: 'account:self',
  body: z.object({ ids: z.array(z.uuid()).max(100).optional() }),
  response: z.object({ unread: z.int() }),
})
