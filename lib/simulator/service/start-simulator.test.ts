import { afterEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator'

const EPOCH = new Date('2026-08-05T09:13:21.456Z')
const open: Simulator[] = []

/** A small quiet org whose clock stands still, unless told otherwise. */
async function start(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({
    epoch: EPOCH,
    people: 24,
    historyDays: 3,
    clock: () => EPOCH,
    rateLimitPerMinute: 100_000,
    ...options,
  })
  open.push(simulator)
  return simulator
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()))
})

interface Page {
  status: number
  texts: string[]
  events: { uuid: string; published: string }[]
  self: string | undefined
  next: string | undefined
  response: Response
}

async function get(simulator: Simulator, pathOrUrl: string, headers: Record<string, string> = {}): Promise<Page> {
  const url = pathOrUrl.startsWith('/') ? simulator.url + pathOrUrl : pathOrUrl
  const response = await fetch(url, {
    headers: { authorization: `SSWS ${simulator.apiToken}`, ...headers },
    redirect: 'manual',
  })
  const events = (await response.json()) as Page['events']
  const link = response.headers.get('link') ?? ''
  const rel = (name: string) => new RegExp(`<([^<>]+)>; rel="${name}"`).exec(link)?.[1]
  const texts = Array.isArray(events) ? events.map((event) => JSON.stringify(event)) : []
  return { status: response.status, texts, events, self: rel('self'), next: rel('next'), response }
}

/** Follows next links until a page is shorter than asked for. */
async function drain(simulator: Simulator, path: string, limit: number): Promise<{ texts: string[]; next: string }> {
  const texts: string[] = []
  let page = await get(simulator, `${path}&limit=${limit}`)
  for (;;) {
    texts.push(...page.texts)
    if (page.events.length < limit || !page.next) return { texts, next: page.next ?? '' }
    page = await get(simulator, page.next)
  }
}

const SINCE = '/api/v1/logs?since=2026-08-02T00:00:00Z'

describe('polling', () => {
  it('gives the same events in the same order whatever the page size, none twice', async () => {
    const simulator = await start()
    const all = await drain(simulator, SINCE, 1000)
    expect(all.texts.length).toBeGreaterThan(500)
    expect(new Set(all.texts).size).toBe(all.texts.length)
    for (const limit of [7, 100, 333]) expect((await drain(simulator, SINCE, limit)).texts).toEqual(all.texts)
  })

  it('orders by the instant of record, so that published goes back and forth', async () => {
    const { texts } = await drain(await start(), SINCE, 1000)
    const published = texts.map((text) => Date.parse((JSON.parse(text) as { published: string }).published))
    expect(published.some((at, index) => index > 0 && at < published[index - 1]!)).toBe(true)
  })

  it('takes 100 events by default and refuses more than 1000', async () => {
    const simulator = await start()
    expect((await get(simulator, SINCE)).events).toHaveLength(100)
    expect((await get(simulator, `${SINCE}&limit=1001`)).status).toBe(400)
    expect((await get(simulator, `${SINCE}&limit=x`)).status).toBe(400)
  })

  it('repeats the link on an empty page, byte for byte, and goes on from it when something is published', async () => {
    const simulator = await start()
    const { next } = await drain(simulator, SINCE, 1000)
    const empty = await get(simulator, next)
    expect(empty.events).toEqual([])
    expect(empty.next).toBe(next)
    expect(empty.self).toBe(next)
    const given = simulator.publish([{ eventType: 'user.session.start' }, { client: { ipAddress: '203.0.113.70' } }])
    const full = await get(simulator, next)
    expect(full.events).toEqual(given)
    expect((await get(simulator, full.next!)).events).toEqual([])
  })

  it('keeps since beside after in the link, as Okta does', async () => {
    const page = await get(await start(), `${SINCE}&limit=5&filter=eventType%20sw%20%22user.%22`)
    const next = new URL(page.next!)
    expect(next.searchParams.get('since')).toBe('2026-08-02T00:00:00Z')
    expect(next.searchParams.get('after')).toMatch(/^\d{13}_\d+$/)
    expect(page.next).toContain('filter=eventType+sw+')
    expect(page.self).toContain('filter=eventType%20sw%20')
  })

  it('has its links in one header or in two', async () => {
    const simulator = await start()
    simulator.setLinks('split')
    expect((await get(simulator, SINCE)).next).toBeDefined()
  })

  it('refuses unknown cursors, odd dates and more than 180 days', async () => {
    const simulator = await start()
    const codeOf = async (query: string) =>
      ((await get(simulator, `/api/v1/logs?${query}`)).events as unknown as { errorCode: string }).errorCode
    expect(await codeOf('after=nonsense')).toBe('E0000031')
    expect(await codeOf('since=yesterday')).toBe('E0000030')
    expect(await codeOf('since=2026-01-01T00:00:00Z')).toBe('E0000053')
    expect(await codeOf('filter=published%20eq%20%22x%22')).toBe('E0000031')
    expect(await codeOf('filter=what')).toBe('E0000053')
    expect(await codeOf(`q=${'x'.repeat(41)}`)).toBe('E0000001')
  })

  it('shows live events when their time has come', async () => {
    let now = EPOCH
    const simulator = await start({ clock: () => now })
    const { next } = await drain(simulator, SINCE, 1000)
    expect((await get(simulator, next)).events).toEqual([])
    now = new Date(EPOCH.getTime() + 6 * 3_600_000)
    expect((await get(simulator, next)).events.length).toBeGreaterThan(50)
  })
})

describe('a restart', () => {
  it('goes on with the same cursor, as if nothing had happened', async () => {
    const before = await start()
    const later = new Date(EPOCH.getTime() + 3_600_000)
    const whole = await drain(await start({ clock: () => later }), SINCE, 1000)
    const first = await get(before, `${SINCE}&limit=200`)
    const after = await start({ clock: () => later })
    const rest = await drain(
      after,
      `${new URL(first.next!).pathname}${new URL(first.next!).search.replace('&limit=200', '')}`,
      1000,
    )
    expect([...first.texts, ...rest.texts]).toEqual(whole.texts)
    expect(after.apiToken).toBe(before.apiToken)
  })
})

describe('bounded queries', () => {
  const RANGE = '/api/v1/logs?since=2026-08-03T00:00:00Z&until=2026-08-05T00:00:00Z'

  it('are ordered by published and end without a next link', async () => {
    const { texts, next } = await drain(await start(), RANGE, 90)
    const published = texts.map((text) => Date.parse((JSON.parse(text) as { published: string }).published))
    expect(published.length).toBeGreaterThan(200)
    expect(published).toEqual([...published].sort((one, other) => one - other))
    expect(next).toBe('')
  })

  it('give the same backwards', async () => {
    const simulator = await start()
    const forward = await drain(simulator, RANGE, 1000)
    const backward = await drain(simulator, `${RANGE}&sortOrder=DESCENDING`, 77)
    expect(backward.texts).toEqual([...forward.texts].reverse())
  })

  it('miss events that reached the log late, which polling has', async () => {
    const simulator = await start({ people: 300 })
    const bounded = new Set((await drain(simulator, RANGE, 1000)).texts)
    const polled = (await drain(simulator, SINCE, 1000)).texts.filter((text) => {
      const { published } = JSON.parse(text) as { published: string }
      return published >= '2026-08-03' && published < '2026-08-05'
    })
    const missed = polled.filter((text) => !bounded.has(text))
    expect(missed.length).toBeGreaterThan(0)
    expect(missed.length).toBeLessThan(polled.length / 20)
  })

  it('find what a person did and nothing else', async () => {
    const simulator = await start()
    const { id } = simulator.company.people[3]!
    const { texts } = await drain(simulator, `${RANGE}&filter=${encodeURIComponent(`actor.id eq "${id}"`)}`, 50)
    expect(texts.length).toBeGreaterThan(0)
    expect(texts.every((text) => (JSON.parse(text) as { actor: { id: string } }).actor.id === id)).toBe(true)
  })
})

describe('rate limits', () => {
  it('count down, refuse with a reset ahead, and are shared by requests to the same kind of endpoint', async () => {
    const simulator = await start({ rateLimitPerMinute: 3 })
    const remaining = async (path: string) =>
      (await get(simulator, path)).response.headers.get('x-rate-limit-remaining')
    expect(await remaining('/api/v1/users?limit=1')).toBe('2')
    expect(await remaining('/api/v1/users/nobody')).toBe('1')
    expect(await remaining('/api/v1/zones')).toBe('2')
    await get(simulator, '/api/v1/users')
    const refused = await get(simulator, '/api/v1/users')
    expect(refused.status).toBe(429)
    expect(Number(refused.response.headers.get('x-rate-limit-reset')) * 1000).toBeGreaterThan(
      Date.parse(refused.response.headers.get('date')!),
    )
  })

  it('leave one principal its share only', async () => {
    const simulator = await start({ rateLimitPerMinute: 10, principalSharePercent: 50 })
    expect((await get(simulator, SINCE)).response.headers.get('x-rate-limit-limit')).toBe('5')
  })
})

describe('publishing', () => {
  it('completes events, lets the chain follow the address, and delivers text as it is', async () => {
    const simulator = await start({ historyDays: 0, isLive: false })
    const ip = '2001:db8::7'
    const [event, text] = simulator.publish([
      { client: { ipAddress: ip }, transaction: { detail: { requestApiTokenId: '00T9' } } },
      '{"broken',
    ])
    expect(event).toMatchObject({
      uuid: expect.any(String) as string,
      outcome: { result: 'SUCCESS' },
      request: { ipChain: [{ ip, version: 'V6' }] },
      transaction: { type: 'WEB', detail: { requestApiTokenId: '00T9' } },
    })
    expect(text).toBe('{"broken')
    const response = await fetch(`${simulator.url}${SINCE}`, {
      headers: { authorization: `SSWS ${simulator.apiToken}` },
    })
    expect(await response.text()).toBe(`[${JSON.stringify(event)},{"broken]`)
  })

  it('makes a case to order', async () => {
    const simulator = await start({ historyDays: 0, isLive: false })
    const high = simulator.publishFlagged('high')
    const medium = simulator.publishFlagged('medium')
    expect(high[0]!.transaction).toMatchObject({
      detail: { requestApiTokenId: expect.stringMatching(/^00T/) as string },
    })
    expect(medium.map((event) => event.eventType)).toContain('user.session.start')
    expect((await get(simulator, SINCE)).events).toHaveLength(high.length + medium.length)
  })

  it('is there over HTTP too, for JSON only', async () => {
    const simulator = await start({ historyDays: 0, isLive: false })
    const post = (body: string, type: string) =>
      fetch(`${simulator.url}/_control/publish`, { method: 'POST', body, headers: { 'content-type': type } })
    expect((await post('{"events":[{}]}', 'text/plain')).status).toBe(415)
    expect((await post('{"events":{}}', 'application/json')).status).toBe(400)
    expect((await (await post('{"events":[{}]}', 'application/json')).json()) as object).toMatchObject({
      events: [{ version: '0' }],
    })
    const stats = (await (await fetch(`${simulator.url}/_control/stats`)).json()) as object
    expect(stats).toMatchObject({ published: 1, eventsServed: 0, epoch: EPOCH.toISOString() })
    const told = (await (await fetch(`${simulator.url}/_control/scenarios`)).json()) as { scenarios: unknown[] }
    expect(told.scenarios).toEqual([])
  })
})

describe('feeds', () => {
  it('answer 304 to their own validators, until they change', async () => {
    let now = EPOCH
    const simulator = await start({ clock: () => now })
    const url = `${simulator.url}/feeds/malicious.netset`
    const first = await fetch(url)
    const etag = first.headers.get('etag')!
    const modified = first.headers.get('last-modified')!
    expect(await first.text()).toContain('203.0.113.132')
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await fetch(url, { headers: { 'if-modified-since': modified } })).status).toBe(304)
    now = new Date(EPOCH.getTime() + 7 * 60_000)
    expect((await fetch(url, { headers: { 'if-none-match': etag, 'if-modified-since': modified } })).status).toBe(200)
    expect((await fetch(url, { headers: { 'if-modified-since': modified } })).status).toBe(200)
    expect((await fetch(`${simulator.url}/feeds/other.txt`)).status).toBe(404)
  })
})

describe('spoiled feeds and look-ups', () => {
  it('give another list under another tag until the fault is cleared', async () => {
    const simulator = await start()
    const url = `${simulator.url}/feeds/brute-force.stix.json`
    const whole = await fetch(url)
    const etag = whole.headers.get('etag')!
    const body = await whole.text()
    simulator.inject({ kind: 'feed_shrink', path: '/feeds/brute-force' })
    const spoiled = await fetch(url, { headers: { 'if-none-match': etag } })
    expect(spoiled.status).toBe(200)
    expect((await spoiled.text()).length).toBeLessThan(body.length / 5)
    expect(await (await fetch(`${simulator.url}/feeds/tor-exits.txt`)).text()).toContain('203.0.113.70')
    simulator.clearFaults()
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('answer as the real services do', async () => {
    const simulator = await start()
    const ask = async (path: string) => {
      const response = await fetch(`${simulator.url}/lookups/${path}`)
      return { status: response.status, body: (await response.json()) as object }
    }
    const tor = '203.0.113.70'
    expect(await ask(`abuseipdb/check?ipAddress=${tor}`)).toMatchObject({
      status: 200,
      body: { data: { ipAddress: tor, isTor: true } },
    })
    expect(await ask(`onionoo/details?search=${tor}`)).toMatchObject({ body: { relays: [{ exit_addresses: [tor] }] } })
    expect(await ask(`internetdb/${tor}`)).toMatchObject({ body: { ports: [443, 9001], tags: ['tor'] } })
    expect((await ask('greynoise/203.0.113.250')).status).toBe(404)
    expect((await ask('internetdb/203.0.113.250')).status).toBe(404)
    simulator.inject({ kind: 'rate_limited', path: '/lookups/greynoise', resetSeconds: 120 })
    const refused = await fetch(`${simulator.url}/lookups/greynoise/${tor}`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '120'])
  })
})
