import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { readNotificationsEndpoint } from '@/lib/notifications/contract'
import { readNotifications } from '@/lib/notifications/service/read-notifications'

export const POST = route(readNotificationsEndpoint, ({ actor, body: { ids } }) =>
  readNotifications({ actor, ids, now: now() }),
)
