// Queue, signal, events and status change over HTTP handlers, with real sessions, keys and data.
import { beforeAll, describe, expect, test } from 'vitest'
import { keyOf, sessionOf } from '@/lib/auth/testing/credentials-of'
import { withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Finding } from '@/lib/detections/model'
import { callRoute } from '@/lib/http/testing/call-route'
import { lockOrg } from '@/lib/okta/store/org'
import { appendEvents } from '@/lib/okta/store/event'
import { parseEvent } from '@/lib/okta/core/parse-event'
import { dropPartitionsBefore } from '@/lib/okta/store/partition'
import type { EventDetail, SignalDetail, SignalEventPage, SignalPage } from '@/lib/signals/contract/signal'
import type { DecidedSignal } from '@/lib/signals/contract/triage'
import { buildFinding, buildTokenFinding } from '@/lib/signals/fixtures/build-finding'
import { buildMatch } from '@/lib/signals/fixtures/build-signal'
import { ADDRESS_FACT } from '@/lib/signals/fixtures/fold-in-org'
import { foldFindings } from '@/lib/signals/service/fold-findings'
import { copyCitedEvents } from '@/lib/signals/store/cited-event'
import { GET as getEvent } from '../events/[uuid]/route'
import { GET as getEvents } from './[signalId]/events/route'
import { GET as getSignal, PATCH as patchSignal } from './[signalId]/route'
import { POST as postVerdict } from './[signalId]/verdict/route'
import { GET as getSignals } from './route'

useTestDatabase()

const now = new Date('2026-11-22T10:00:00.000Z')
type Headers = Record<string, string>
let viewer: Headers
let analyst: Headers
let stranger: Headers

beforeAll(async () => {
  viewer = await keyOf('viewer')
  analyst = await sessionOf('analyst')
  stranger = await keyOf('admin', 'other')
  const matches = [buildMatch('tor')]
  await fold('example', [
    buildFinding(0, { eventUuid: 'a-1', matches }),
    buildFinding(60, { eventUuid: 'a-2', ruleCase: 3, matches, sessionId: 's1' }),
    buildTokenFinding(120, { eventUuid: 'a-3', matches }),
    buildFinding(600, { eventUuid: 'b-1', actorId: '00u2', actorLogin: 'lee@example.com', actorName: 'Lee', matches }),
    buildFinding(900, { eventUuid: 'c-1', actorId: '00u3', actorLogin: '100%_sure@example.com', ip: '2001:db8::9' }),
    buildTokenFinding(300, {
      eventUuid: 'd-1',
      actorId: '00u4',
      token: { id: 'AT.findme', kind: 'oauth', clientId: '0oa1' },
    }),
  ])
  await fold('other', [buildFinding(0, { eventUuid: 'a-1' })])
})

function fold(orgId: string, findings: Finding[]) {
  return withTransaction(async (tx) =>
    foldFindings(tx, { org: await lockOrg(tx, orgId), findings, isRetroactive: false, now }),
  )
}

async function answer<Body>(response: Promise<Response>): Promise<{ status: number; body: Body }> {
  const { status } = await response
  return { status, body: (await (await response).json()) as Body }
}

const site = 'http://localhost:3000'
const list = (search = '', headers = viewer) =>
  answer<SignalPage>(getSignals(new Request(`${site}/api/signals?${search}`, { headers })))
const at = (signalId: number | string) => ({ params: Promise.resolve({ signalId: String(signalId) }) })
const detail = (id: number | string, headers = viewer) =>
  answer<SignalDetail>(getSignal(new Request(`${site}/api/signals/${id}`, { headers }), at(id)))
const events = (id: number, search = '', headers = viewer) =>
  answer<SignalEventPage>(getEvents(new Request(`${site}/api/signals/${id}/events?${search}`, { headers }), at(id)))
const change = (id: number | string, body: unknown, headers = analyst) =>
  answer<SignalDetail & { code: string; detail: string; facts: unknown }>(
    patchSignal(
      new Request(`${site}/api/signals/${id}`, {
        method: 'PATCH',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      at(id),
    ),
  )
const close = (id: number, version: number) =>
  callRoute<DecidedSignal>(postVerdict, {
    headers: analyst,
    params: { signalId: String(id) },
    body: { verdict: 'cannot_tell', version, evidence: [ADDRESS_FACT] },
  })
const event = (uuid: string, headers = viewer) =>
  answer<EventDetail>(
    getEvent(new Request(`${site}/api/events/${uuid}`, { headers }), { params: Promise.resolve({ uuid }) }),
  )
const loginsOf = ({ body }: { body: SignalPage }) => body.signals.map(({ actor }) => actor.login)

describe('GET /api/signals', () => {
  test('HIGH first, then newest last event, with counts', async () => {
    const { status, body } = await list()
    expect(status).toBe(200)
    expect(body.signals.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
      '1004 high',
      '1001 high',
      '1003 medium',
      '1002 medium',
    ])
    expect(body).toMatchObject({
      nextCursor: null,
      total: 4,
      facets: { severity: { high: 2, medium: 2 }, status: { open: 4, in_review: 0, closed: 0, merged: 0 } },
    })
  })

  test('pages by cursor, each signal once', async () => {
    const seen: number[] = []
    let search = 'limit=1'
    for (let page = 0; page < 4; page++) {
      const { body } = await list(search)
      seen.push(...body.signals.map(({ id }) => id))
      if (body.nextCursor === null) break
      search = `limit=1&cursor=${body.nextCursor}`
    }
    expect(seen).toEqual([1004, 1001, 1003, 1002])
  })

  test.each([
    ['severity=medium', ['100%_sure@example.com', 'lee@example.com']],
    ['severity=high&severity=medium&limit=1', ['dana.okafor@example.com']],
    ['status=closed', []],
    ['status=open,in_review&severity=high', ['dana.okafor@example.com', 'dana.okafor@example.com']],
    ['q=LEE%40', ['lee@example.com']],
    ['q=2001%3Adb8%5B%3A%5D%3A9', ['100%_sure@example.com']],
    ['q=100%25_', ['100%_sure@example.com']],
    ['q=%25', ['100%_sure@example.com']],
    ['q=AT.find', ['dana.okafor@example.com']],
    ['q=SIG-1002', ['lee@example.com']],
    ['q=1002', ['lee@example.com']],
    ['q=nobody', []],
    ['q=%20%20&severity=medium&limit=1', ['100%_sure@example.com']],
  ])('%s', async (search, logins) => {
    expect(loginsOf(await list(search))).toEqual(logins)
  })

  test('other orgs are another world', async () => {
    expect((await list('', stranger)).body.signals).toMatchObject([{ id: 1001, eventCount: 1 }])
  })

  test.each([
    'limit=0',
    'limit=201',
    'severity=low',
    'status=done',
    'cursor=nonsense',
    'cursor=bnVsbA',
    'colour=red',
    'q=%00',
  ])('%s is refused', async (search) => {
    expect((await list(search)).status).toBe(422)
  })

  test('needs a key or session', async () => {
    expect((await list('', {})).status).toBe(401)
  })
})

describe('GET /api/signals/{signalId}', () => {
  test('says what happened, why, and on what', async () => {
    const { body } = await detail(1001)
    expect(body).toMatchObject({
      reference: 'SIG-1001',
      severity: 'high',
      title: 'API token 00Tabc…9xQ used from a Tor exit',
      why: 'Tor exit: Feed of tor',
      intentPolicy: 'malicious+tor',
      decidingEventUuid: 'a-3',
      sessions: ['s1'],
      intelligence: [{ feedName: 'Feed of tor', isFlagging: true }],
      follows: null,
      followedBy: [],
      mergedInto: null,
      merged: [],
    })
    expect(body.sentence).toContain('used API token 00Tabc…9xQ from 198.51.100.7')
    expect(body.conditions.every(({ passed }) => passed)).toBe(true)
    expect(body.events.events.map(({ uuid }) => uuid)).toEqual(['a-1', 'a-2', 'a-3'])
    expect(body.history).toMatchObject([{ action: 'signal.opened', actor: { kind: 'system' } }])
  })

  test.each([
    [9999, 404],
    ['x', 422],
    ['0', 422],
    ['99999999999', 422],
  ])('%s is answered with %i', async (id, status) => {
    expect((await detail(id)).status).toBe(status)
  })

  test('of another org is not found', async () => {
    expect((await detail(1002, stranger)).status).toBe(404)
  })
})

describe('GET /api/signals/{signalId}/events', () => {
  test('pages by cursor, oldest first', async () => {
    const first = await events(1001, 'limit=2')
    expect(first.body.events.map(({ uuid }) => uuid)).toEqual(['a-1', 'a-2'])
    const second = await events(1001, `limit=2&cursor=${first.body.nextCursor}`)
    expect(second.body).toMatchObject({
      events: [{ uuid: 'a-3', ruleCase: 1, token: { kind: 'ssws' } }],
      nextCursor: null,
    })
  })

  test('of a signal that is not there', async () => {
    expect((await events(9999)).status).toBe(404)
    expect((await events(1002, '', stranger)).status).toBe(404)
  })
})

describe('PATCH /api/signals/{signalId}', () => {
  test('changes the status, writes history with the note, and answers with the signal', async () => {
    const { status, body } = await change(1002, { status: 'in_review', note: ' asked her ', version: 1 })
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'in_review', version: 2 })
    expect(body.history.at(-1)).toMatchObject({
      action: 'signal.status_changed',
      actor: { kind: 'user', name: 'The analyst' },
      text: 'changed status from open to in review',
      from: 'open',
      to: 'in_review',
      note: 'asked her',
    })
  })

  test('of two changes based on the same version one wins, the other is told who', async () => {
    const answers = await Promise.all([
      change(1003, { status: 'in_review', version: 1 }),
      change(1003, { status: 'in_review', note: 'mine', version: 1 }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const lost = answers.find(({ status }) => status === 409)!
    const won = answers.find(({ status }) => status === 200)!
    expect(lost.body).toMatchObject({
      code: 'conflict',
      facts: { status: won.body.status, version: 2, changedBy: 'The analyst' },
    })
    expect(lost.body.detail).toMatch(
      /^Couldn't change SIG-1003: The analyst changed status from open to in review at \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Look at it again, then decide\.$/,
    )
  })

  test('the same status without a note changes nothing', async () => {
    expect((await change(1004, { status: 'open', version: 1 })).body).toMatchObject({ version: 1, status: 'open' })
    expect((await detail(1004)).body.history).toHaveLength(1)
  })

  test('the same change sent again, because its answer was lost, changes nothing', async () => {
    const body = { status: 'in_review', note: 'once', version: 2 }
    expect((await change(1003, body)).body).toMatchObject({ version: 3 })
    expect(await change(1003, body)).toMatchObject({ status: 200, body: { version: 3 } })
  })

  test('a person may reopen', async () => {
    await close(1004, 1)
    expect((await change(1004, { status: 'open', version: 2 })).body).toMatchObject({ status: 'open', version: 3 })
  })

  test('the next event after a close opens a signal that says what it follows, and the closed one says so too', async () => {
    await fold('example', [buildFinding(0, { eventUuid: 'e-1', actorId: '00u5' })])
    const { id } = (await list('q=00u5')).body.signals[0]!
    await close(id, 1)
    await fold('example', [buildFinding(60, { eventUuid: 'e-2', actorId: '00u5' })])
    expect((await detail(id)).body.followedBy).toMatchObject([{ id: id + 1, status: 'open' }])
    expect((await detail(id + 1)).body.follows).toMatchObject({ id, reference: `SIG-${id}`, status: 'closed' })
    expect((await list(`status=closed&q=00u5`)).body.total).toBe(1)
  })

  test('a signal that became part of another is refused, and names it', async () => {
    const person = { actorId: '00u6' }
    await fold('example', [buildFinding(0, { eventUuid: 'f-1', ...person })])
    await fold('example', [buildFinding(7000, { eventUuid: 'f-2', ...person })])
    await fold('example', [buildFinding(3500, { eventUuid: 'f-3', ...person })])
    const { id: merged } = (await list('status=merged&q=00u6')).body.signals[0]!
    const { status, body } = await change(merged, { status: 'in_review', version: 1 })
    expect(status).toBe(409)
    expect(body.facts).toMatchObject({ status: 'merged', mergedIntoId: merged - 1 })
    expect((await detail(merged)).body).toMatchObject({ mergedInto: { id: merged - 1 }, conditions: [], eventCount: 0 })
    expect((await detail(merged - 1)).body).toMatchObject({ merged: [{ id: merged }], eventCount: 3 })
  })

  test.each([
    ['no version', { status: 'in_review' }],
    ['a status nobody may set', { status: 'merged', version: 1 }],
    ['closing without a verdict', { status: 'closed', version: 1 }],
    ['an empty note', { status: 'in_review', note: ' ', version: 1 }],
    ['nothing', null],
  ])('%s is refused', async (_name, body) => {
    expect((await change(1001, body)).status).toBe(422)
  })

  test('viewers, strangers and other sites may not', async () => {
    expect((await change(1001, { status: 'in_review', version: 1 }, viewer)).status).toBe(403)
    expect((await change(1002, { status: 'in_review', version: 2 }, stranger)).status).toBe(404)
    const abroad = { cookie: analyst.cookie!, 'sec-fetch-site': 'cross-site' }
    expect((await change(1001, { status: 'in_review', version: 1 }, abroad)).status).toBe(403)
    expect((await detail(1001)).body.status).toBe('open')
  })
})

describe('GET /api/events/{uuid}', () => {
  const raw = (uuid: string, published: string) =>
    `{ "uuid":"${uuid.toUpperCase()}", "published":"${published}","eventType":"user.session.start",
      "outcome":{"result":"SUCCESS"},"actor":{"id":"00u9","type":"User","alternateId":"kim@example.com","displayName":"Kim"},
      "client":{"ipAddress":"198.51.100.7"},"extra":1.0 }`

  beforeAll(async () => {
    await store('kept-event', '2026-11-22T08:00:00.000Z')
    await store('old-event', '2025-01-10T08:00:00.000Z')
    const [published, person] = [
      new Date('2025-01-10T08:00:00.000Z'),
      { actorId: '00u9', actorLogin: 'kim@example.com' },
    ]
    await fold('example', [buildFinding(0, { eventUuid: 'old-event', published, ...person })])
    await withTransaction(async (tx) => {
      await copyCitedEvents(tx, new Date('2025-03-01T00:00:00.000Z'))
      await dropPartitionsBefore(tx, new Date('2025-03-01T00:00:00.000Z'))
    })
  })

  async function store(uuid: string, published: string): Promise<void> {
    const outcome = parseEvent(raw(uuid, published), now)
    if (outcome.status === 'rejected') throw new Error(outcome.rejected.detail)
    await withTransaction((tx) => appendEvents(tx, 'example', [outcome.parsed], now))
  }

  test('has the JSON as received, in any letter case of the uuid', async () => {
    const { status, body } = await event('KEPT-event')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      uuid: 'kept-event',
      receivedAt: now.toISOString(),
      signalId: null,
      clientIp: '198.51.100.7',
    })
    expect(body.raw).toBe(raw('kept-event', '2026-11-22T08:00:00.000Z'))
  })

  test('that a signal cites outlives retention', async () => {
    const { body } = await event('old-event')
    expect(body).toMatchObject({ receivedAt: null, actor: { login: 'kim@example.com' } })
    expect(body.raw).toBe(raw('old-event', '2025-01-10T08:00:00.000Z'))
    expect(body.signalId).not.toBeNull()
  })

  test('of another org, or never seen, is not found', async () => {
    expect((await event('kept-event', stranger)).status).toBe(404)
    expect((await event('no-such-event')).status).toBe(404)
    expect((await event('\0')).status).toBe(422)
  })
})
