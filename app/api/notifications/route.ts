import { route } from '@/lib/http/route'
import { listNotificationsEndpoint } from '@/lib/notifications/contract'
import { listNotifications } from '@/lib/notifications/service/list-notifications'

export const GET = route(listNotificationsEndpoint, ({ actor, query: { limit } }) =>
  listNotifications({ actor, limit }),
)
