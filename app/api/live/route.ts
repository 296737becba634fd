// What changes, as it changes: one event stream per browser.
import { isAllowed } from '@/lib/auth/model'
import { findActor } from '@/lib/auth/service/find-actor'
import { defineEndpoint, rawResponse } from '@/lib/http/endpoint'
import { route } from '@/lib/http/route'
import { openLiveStream } from '@/lib/notifications/service/open-live-stream'

const endpoint = defineEndpoint({
  method: 'GET',
  path: '/api/live',
  summary: 'Event stream: `change` {kind} when signals or health changed, `health` {lastEventReceivedAt} every 15 s',
  permission: 'signals:read',
  response: rawResponse('text/event-stream', 'Server-sent events until either side closes'),
})

export const GET = route(endpoint, ({ actor, request }) => {
  const headers = new Headers(request.headers)
  return openLiveStream({
    orgId: actor.orgId,
    signal: request.signal,
    isStillAllowed: async () => isAllowed(await findActor(headers), endpoint.permission),
  })
})
