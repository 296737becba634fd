// Between which orgs a person can switch.
import { z } from 'zod'
import { OwnOrg } from '@/lib/auth/contract'
import { listOwnOrgs } from '@/lib/auth/service/list-own-orgs'
import { defineEndpoint } from '@/lib/http/endpoint'
import { route } from '@/lib/http/route'

export const GET = route(
  defineEndpoint({
    method: 'GET',
    path: '/api/account/orgs',
    summary: 'Orgs in which your e-mail address has an account',
    permission: 'account:self',
    response: z.array(OwnOrg),
  }),
  ({ actor }) => listOwnOrgs({ actor }),
)
