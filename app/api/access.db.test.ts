// For every handler in the file system: who is let in and who is refused.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { can } from '@/lib/auth/model'
import { keyOf, sessionOf } from '@/lib/auth/testing/credentials-of'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { ROLES } from '@/lib/kernel/actor'
import type { RouteHandler } from '@/lib/http/route'
import { closeLiveStreams } from '@/lib/notifications/service/open-live-stream'

useTestDatabase()
afterAll(closeLiveStreams)

const files = fs
  .readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'route.ts')
const handlers = (
  await Promise.all(
    files.map(async (file) =>
      Object.values((await import(path.join(import.meta.dirname, file))) as Record<string, RouteHandler>),
    ),
  )
).flat()

/** Status of a request with empty input: an answer other than 401 and 403 means that the actor was let in. */
async function statusOf(handler: RouteHandler, headers: Record<string, string>): Promise<number> {
  const { endpoint } = handler
  const abort = new AbortController()
  const url = `http://localhost:3000${endpoint.path.replace(/\{\w+\}/g, '0')}`
  const request = new Request(url, { method: endpoint.method, headers, signal: abort.signal })
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, '0'])
  const response = await handler(request, { params: Promise.resolve(Object.fromEntries(names)) })
  abort.abort()
  return response.status
}

test('there are handlers to ask', () => {
  expect(handlers.length).toBeGreaterThanOrEqual(5)
})

describe.each(handlers.map((handler) => [`${handler.endpoint.method} ${handler.endpoint.path}`, handler] as const))(
  '%s',
  (_name, handler) => {
    const { permission } = handler.endpoint

    test('anonymous', async () => {
      const status = await statusOf(handler, {})
      if (permission === 'public') expect([401, 403]).not.toContain(status)
      else expect(status).toBe(401)
    })

    test.each(ROLES)('%s', async (role) => {
      for (const headers of [await sessionOf(role), await keyOf(role)]) {
        const status = await statusOf(handler, headers)
        if (can(role, permission)) expect([401, 403]).not.toContain(status)
        else expect(status).toBe(403)
      }
    })
  },
)
