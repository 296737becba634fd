import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../model'
import { startSimulator, type Simulator } from './start-simulator'

const EPOCH = new Date('2026-08-05T09:00:00Z')
const LOGS = '/api/v1/logs?since=2026-08-04T00:00:00Z&limit=20'
let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ epoch: EPOCH, people: 24, historyDays: 2, clock: () => EPOCH })
})
afterEach(() => simulator.close())

async function get(path: string, options: RequestInit = {}): Promise<Response> {
  return fetch(simulator.url + path, {
    headers: { authorization: `SSWS ${simulator.apiToken}` },
    redirect: 'manual',
    ...options,
  })
}

const errorCode = async (response: Response) => ((await response.json()) as { errorCode: string }).errorCode
const resetOf = (response: Response) =>
  Number(response.headers.get('x-rate-limit-reset')) * 1000 - Date.parse(response.headers.get('date')!)

describe('answers that are errors', () => {
  const cases: [Fault, number, string][] = [
    [{ kind: 'unauthorized' }, 401, 'E0000011'],
    [{ kind: 'forbidden' }, 403, 'E0000006'],
    [{ kind: 'insufficient_scope' }, 403, 'E0000006'],
    [{ kind: 'not_found' }, 404, 'E0000007'],
    [{ kind: 'server_error' }, 500, 'E0000009'],
    [{ kind: 'rate_limited' }, 429, 'E0000047'],
    [{ kind: 'concurrency_limited' }, 429, 'E0000047'],
  ]

  it.each(cases)('%o → %i %s, once, then all is well', async (fault, status, code) => {
    simulator.inject({ ...fault, times: 1 })
    const struck = await get(LOGS)
    expect(struck.status).toBe(status)
    expect(await errorCode(struck)).toBe(code)
    expect((await get(LOGS)).status).toBe(200)
    expect(simulator.stats().faultsStruck).toBe(1)
  })

  it('give resets ahead or behind, and limits of zero for concurrency', async () => {
    simulator.inject({ kind: 'rate_limited', resetSeconds: 30, times: 1 })
    expect(resetOf(await get(LOGS))).toBeGreaterThan(20_000)
    simulator.inject({ kind: 'rate_limited', resetSeconds: -30, times: 1 })
    expect(resetOf(await get(LOGS))).toBeLessThan(-20_000)
    simulator.inject({ kind: 'concurrency_limited', times: 1 })
    const { headers } = await get(LOGS)
    expect([headers.get('x-rate-limit-limit'), headers.get('x-rate-limit-remaining')]).toEqual(['0', '0'])
  })

  it('name what is missing in a challenge when it is a scope', async () => {
    simulator.inject({ kind: 'insufficient_scope', times: 1 })
    expect((await get(LOGS)).headers.get('www-authenticate')).toContain('insufficient_scope')
  })

  it('last until cleared unless counted, and strike their path only', async () => {
    simulator.inject({ kind: 'server_error', path: '/api/v1/users' })
    expect((await get('/api/v1/users')).status).toBe(500)
    expect((await get('/api/v1/users')).status).toBe(500)
    expect((await get(LOGS)).status).toBe(200)
    simulator.clearFaults()
    expect((await get('/api/v1/users')).status).toBe(200)
  })

  it('can be a feed that is down', async () => {
    simulator.inject({ kind: 'unavailable', path: '/feeds/', times: 1 })
    expect((await get('/feeds/tor-exits.txt')).status).toBe(503)
    expect((await get('/feeds/tor-exits.txt')).status).toBe(200)
  })
})

describe('bodies that are no page', () => {
  it('HTML with status 200', async () => {
    simulator.inject({ kind: 'html', times: 1 })
    const response = await get(LOGS)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(await response.text()).toContain('<html>')
  })

  it('JSON that stops half-way', async () => {
    simulator.inject({ kind: 'truncated', times: 1 })
    const text = await (await get(LOGS)).text()
    expect(text.startsWith('[{')).toBe(true)
    expect(() => JSON.parse(text) as unknown).toThrow()
  })

  it('a connection that breaks half-way', async () => {
    simulator.inject({ kind: 'disconnect', times: 1 })
    await expect(get(LOGS).then((response) => response.text())).rejects.toThrow()
    expect((await get(LOGS)).status).toBe(200)
  })

  it('a redirect to elsewhere', async () => {
    simulator.inject({ kind: 'redirect', times: 1 })
    const response = await get(LOGS)
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://elsewhere.example.org/'])
  })

  it('nothing at all until the client gives up', async () => {
    simulator.inject({ kind: 'hang', times: 1 })
    await expect(get(LOGS, { signal: AbortSignal.timeout(50) })).rejects.toThrow()
    expect((await get(LOGS)).status).toBe(200)
  })

  it('nothing until the faults are cleared', async () => {
    simulator.inject({ kind: 'hang' })
    const pending = get(LOGS).catch((error: unknown) => error)
    const clear = async (): Promise<void> => {
      while (simulator.stats().faultsStruck === 0) await new Promise((resolve) => setImmediate(resolve))
      simulator.clearFaults()
    }
    await clear()
    expect(await pending).toBeInstanceOf(Error)
  })

  it('the right answer, slowly', async () => {
    simulator.inject({ kind: 'slow', milliseconds: 5, times: 1 })
    expect((await get(LOGS)).status).toBe(200)
  })
})

describe('pages that are wrong', () => {
  const texts = async (path = LOGS) => {
    const text = await (await get(path)).text()
    return text.slice(2, -1).split(/,\{(?="actor")/)
  }
  const nextOf = (response: Response) => /<([^<>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]

  it('the same event twice', async () => {
    simulator.inject({ kind: 'duplicate_event', times: 1 })
    const page = await texts()
    expect(page).toHaveLength(21)
    expect(page[0]).toBe(page[1])
  })

  it('three malformed events, the others whole', async () => {
    const whole = await texts()
    simulator.inject({ kind: 'malformed_events', times: 1 })
    const page = await texts()
    expect(page).toHaveLength(20)
    expect(page[0]).toContain('"uuid":null')
    expect(page[1]).toContain('"published":"redacted"')
    expect(() => JSON.parse(`{${page[2]}`) as unknown).toThrow()
    expect(page.slice(3)).toEqual(whole.slice(3))
  })

  it('wait for a page that has events', async () => {
    simulator.inject({ kind: 'malformed_events', times: 1 })
    expect(await (await get('/api/v1/logs?since=2026-08-05T08:59:59.999Z')).json()).toEqual([])
    expect((await texts())[0]).toContain('"uuid":null')
  })

  it('a next link to a foreign host, or none', async () => {
    simulator.inject({ kind: 'foreign_next', times: 1 })
    expect(nextOf(await get(LOGS))).toMatch(/^https:\/\/elsewhere\.example\.org\/api\/v1\/logs\?/)
    simulator.inject({ kind: 'missing_next', times: 1 })
    expect(nextOf(await get(LOGS))).toBeUndefined()
    expect(nextOf(await get(LOGS))).toContain(simulator.url)
  })

  it('a cursor that was good a moment ago', async () => {
    simulator.inject({ kind: 'cursor_rejected', times: 1 })
    const first = await get(LOGS)
    expect(first.status).toBe(200)
    const path = nextOf(first)!.slice(simulator.url.length)
    expect((await get(path)).status).toBe(400)
    expect((await get(path)).status).toBe(200)
  })
})

describe('control over HTTP', () => {
  const post = (body: object) =>
    fetch(`${simulator.url}/_control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  it('adds, lists and clears faults', async () => {
    const added = await (await post({ faults: [{ kind: 'unauthorized', times: 2 }] })).json()
    expect(added).toEqual({ faults: [{ kind: 'unauthorized', path: '/api/', left: 2 }] })
    expect((await get(LOGS)).status).toBe(401)
    expect(await (await post({ clear: true })).json()).toEqual({ faults: [] })
    expect((await get(LOGS)).status).toBe(200)
  })

  it('refuses what it does not know', async () => {
    expect((await post({ faults: [{ kind: 'gremlins' }] })).status).toBe(400)
    expect((await post({ faults: 'all' })).status).toBe(400)
    expect((await post({ faults: [{ kind: 'slow' }] })).status).toBe(400)
  })

  it('changes links and limits', async () => {
    await post({ links: 'split', rateLimitPerMinute: 7 })
    expect((await get(LOGS)).headers.get('x-rate-limit-limit')).toBe('7')
  })
})
