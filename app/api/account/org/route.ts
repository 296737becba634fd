// The org that a session is bound to.
import { OrgChoice } from '@/lib/auth/contract'
import { switchOrg } from '@/lib/auth/service/switch-org'
import { defineEndpoint, rawResponse } from '@/lib/http/endpoint'
import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'

export const POST = route(
  defineEndpoint({
    method: 'POST',
    path: '/api/account/org',
    summary: 'Go on in another of your orgs; for sessions only, never for keys',
    permission: 'account:self',
    body: OrgChoice,
    response: rawResponse('application/json', 'The org as sent, with the cookie of the new session'),
  }),
  async ({ actor, body, request }) => {
    const cookie = await switchOrg({ actor, headers: request.headers, orgId: body.orgId }, now())
    return Response.json(body, { headers: { 'cache-control': 'no-store', 'set-cookie': cookie } })
  },
)
