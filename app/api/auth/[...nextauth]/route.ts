// Sign-in and sign-out. What is reachable is listed in lib/auth/service/run-next-auth.ts.
import { z } from 'zod'
import { runNextAuth } from '@/lib/auth/service/run-next-auth'
import { defineEndpoint, rawResponse } from '@/lib/http/endpoint'
import { route } from '@/lib/http/route'

const endpoint = {
  path: '/api/auth/{nextauth}',
  permission: 'public',
  params: z.object({ nextauth: z.array(z.string()) }),
  response: rawResponse('application/json', 'What next-auth answers, with its cookies'),
} as const

export const GET = route(
  defineEndpoint({ ...endpoint, method: 'GET', summary: 'Token against cross-site requests: `csrf`' }),
  ({ request, params }) => runNextAuth(request, params.nextauth),
)

export const POST = route(
  defineEndpoint({
    ...endpoint,
    method: 'POST',
    summary: 'Sign in: `callback/password`, `callback/link`. Sign out: `signout`',
  }),
  ({ request, params }) => runNextAuth(request, params.nextauth),
)
