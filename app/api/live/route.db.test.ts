import { afterAll, describe, expect, test } from 'vitest'
import { prisma, sql, withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { buildOrg, sessionOf } from '@/lib/auth/testing/credentials-of'
import { LiveHub, type Subscriber } from '@/lib/notifications/service/live-hub'
import { closeLiveStreams } from '@/lib/notifications/service/open-live-stream'
import { GET } from './route'

useTestDatabase()
afterAll(closeLiveStreams)

const announce = (orgId: string, kind: 'signals' | 'health') => withTransaction((tx) => notifyChange(tx, orgId, kind))

/** Opens a stream as a signed-in browser and reads it event by event. */
async function open(headers: Record<string, string>) {
  const abort = new AbortController()
  const response = await GET(new Request('http://localhost:3000/api/live', { headers, signal: abort.signal }))
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<string | null> => {
    while (!text.includes('\n\n')) {
      const { value, done } = await reader.read()
      if (done) return null
      text += value
    }
    const [event, ...rest] = text.split('\n\n')
    text = rest.join('\n\n')
    return event!
  }
  expect(await next()).toBe('retry: 3000')
  return { response, next, abort }
}

/** A screen whose events are awaited one by one. */
function buildSubscriber(orgId: string) {
  const heard: [string, object][] = []
  const waiting: ((event: [string, object]) => void)[] = []
  const state = { isAllowed: true, isClosed: false }
  const subscriber: Subscriber = {
    orgId,
    send: (...event) => {
      const resolve = waiting.shift()
      if (resolve) resolve(event)
      else heard.push(event)
    },
    isStillAllowed: async () => state.isAllowed,
    close: () => void (state.isClosed = true),
  }
  const next = async () => heard.shift() ?? new Promise<[string, object]>((resolve) => waiting.push(resolve))
  return { subscriber, next, state }
}

describe('GET /api/live', () => {
  test('is an unbuffered event stream that begins with the freshness of the data', async () => {
    await buildOrg('fresh')
    await prisma().pollState.create({
      data: { orgId: 'fresh', lastEventReceivedAt: new Date('2026-11-22T08:14:07.123Z') },
    })
    const { response, next, abort } = await open(await sessionOf('viewer', 'fresh'))
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(await next()).toBe('event: health\ndata: {"lastEventReceivedAt":"2026-11-22T08:14:07.123Z"}')
    abort.abort()
  })

  test('tells committed changes of the own org, and nothing else', async () => {
    const { next, abort } = await open(await sessionOf('viewer', 'own'))
    expect(await next()).toBe('event: health\ndata: {"lastEventReceivedAt":null}')
    await announce('foreign', 'signals')
    await withTransaction(async (tx) => {
      await notifyChange(tx, 'own', 'health')
      throw new Error('rolled back')
    }).catch(() => {})
    await announce('own', 'signals')
    expect(await next()).toBe('event: change\ndata: {"kind":"signals"}')
    abort.abort()
  })

  test('refuses who is not signed in', async () => {
    expect((await GET(new Request('http://localhost:3000/api/live'))).status).toBe(401)
  })

  test('ends when the server stops', async () => {
    const { next } = await open(await sessionOf('viewer', 'stopping'))
    await next()
    closeLiveStreams()
    expect(await next()).toBeNull()
  })
})

describe('LiveHub', () => {
  test('listens again after a lost connection, and then lets everybody look at everything', async () => {
    const hub = new LiveHub()
    const { subscriber, next } = buildSubscriber('example')
    await hub.add(subscriber)
    await next()
    await sql().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN sallyport_change'`,
    )
    expect(await next()).toEqual(['change', { kind: 'signals' }])
    expect(await next()).toEqual(['change', { kind: 'health' }])
    expect(await next()).toEqual(['change', { kind: 'notifications' }])
    await announce('example', 'signals')
    expect(await next()).toEqual(['change', { kind: 'signals' }])
    hub.closeAll()
  })

  test('closes a screen whose session ended, at the next heartbeat', async () => {
    const hub = new LiveHub()
    const [gone, staying] = [buildSubscriber('example'), buildSubscriber('example')]
    await Promise.all([hub.add(gone.subscriber), hub.add(staying.subscriber)])
    gone.state.isAllowed = false
    await hub.beat()
    expect([gone.state.isClosed, staying.state.isClosed]).toEqual([true, false])
    hub.closeAll()
    expect(staying.state.isClosed).toBe(true)
  })

  test('one broken notification does not silence the next', async () => {
    const hub = new LiveHub()
    const { subscriber, next } = buildSubscriber('example')
    await hub.add(subscriber)
    await next()
    await sql().query(`SELECT pg_notify('sallyport_change', 'not json')::text`)
    await announce('example', 'health')
    expect(await next()).toEqual(['change', { kind: 'health' }])
    hub.closeAll()
  })
})
