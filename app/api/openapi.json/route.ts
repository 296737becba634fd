// The description of this API, for programs.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { buildOpenApi } from '@/lib/http/openapi'
import { route } from '@/lib/http/route'
import { VERSION } from '@/lib/kernel/version'
import { ROUTES } from './routes'

const endpoint = defineEndpoint({
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'This document',
  permission: 'public',
  response: z.record(z.string(), z.unknown()),
})

export const GET = route(endpoint, () => {
  const endpoints = ROUTES.flatMap((handlers) => Object.values(handlers).map((handler) => handler.endpoint))
  return buildOpenApi([...endpoints, endpoint], VERSION)
})
