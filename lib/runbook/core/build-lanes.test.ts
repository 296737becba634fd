import { describe, expect, it } from 'vitest'
import type { EventRow } from '../model'
import { buildLanes } from './build-lanes'

const START = Date.parse('2026-03-20T07:31:12.000Z')
let count = 0

/** An event `seconds` after the first of the signal; unless told it says nothing that could be compared. */
function row(seconds: number, changes: Partial<EventRow> = {}): EventRow {
  return {
    uuid: `e${String(++count).padStart(6, '0')}`,
    published: new Date(START + seconds * 1000),
    eventType: 'user.authentication.sso',
    outcome: 'SUCCESS',
    actorId: '00u1',
    actorLogin: 'dana@example.com',
    ip: null,
    sessionId: 's1',
    rootSessionId: null,
    tokenId: null,
    asNumber: null,
    asOrg: null,
    country: null,
    os: null,
    browser: null,
    deviceId: null,
    dtHash: null,
    targetIds: [],
    ...changes,
  }
}

function lanesOf(...events: EventRow[]) {
  return buildLanes({
    sessions: ['s1', 's2'],
    roots: ['r1'],
    tokens: ['00T1'],
    events,
    firstSeen: new Date(START),
    notes: new Map([['00T1', 'made by dana@example.com after the event']]),
  })
}

describe('buildLanes', () => {
  it.each([
    ['to the token before the session', { tokenId: '00T1', sessionId: 's1' }, 'token 00T1'],
    ['to its session', { sessionId: 's2', rootSessionId: 'r1' }, 'session s2'],
    ['to a derived session that nobody named', { sessionId: 's7', rootSessionId: 'r1' }, 'session s7'],
    ['to the root where it has no id of its own', { sessionId: null, rootSessionId: 'r1' }, 'session r1'],
    ['to nothing without a session, a root and a token', { sessionId: null }, null],
    ['to nothing where only strangers have its session', { sessionId: 's9', tokenId: '00T9' }, null],
  ])('counts an event %s', (_, changes, expected) => {
    const [lane] = lanesOf(row(0, changes))
    expect(lane ? `${lane.kind} ${lane.id}` : null).toBe(expected)
  })

  it('leaves out what ended before the signal', () => {
    expect(lanesOf(row(-60), row(-30))).toEqual([])
    expect(lanesOf(row(-60), row(0))).toMatchObject([{ events: 2 }])
  })

  it('names a token by its account and its making', () => {
    expect(lanesOf(row(0, { tokenId: '00T1', actorLogin: null }))[0]!.label).toBe(
      '00u1, made by dana@example.com after the event',
    )
  })

  it.each([
    ['nothing is said of either', {}, {}, []],
    ['the second says nothing', { ip: '192.0.2.1', asNumber: 1n, os: 'A', browser: 'B', dtHash: 'd' }, {}, []],
    ['only the address differs', { ip: '192.0.2.1', asNumber: 1n }, { ip: '192.0.2.2', asNumber: 1n }, ['ip']],
    ['the network differs too', { ip: '192.0.2.1', asNumber: 1n }, { ip: '192.0.2.2', asNumber: 2n }, ['network']],
    ['a device has two names', { deviceId: 'd1' }, { dtHash: 'x1' }, []],
    ['both names of the device differ', { deviceId: 'd1', dtHash: 'x1' }, { deviceId: 'd2', dtHash: 'x2' }, ['device']],
    ['only half of the client is said', { os: 'A', browser: 'B' }, { os: 'C' }, []],
    ['the client differs', { os: 'A', browser: 'B' }, { os: 'A', browser: 'C' }, ['client']],
  ] as Array<[string, Partial<EventRow>, Partial<EventRow>, string[]]>)(
    'breaks where %s',
    (_, first, second, expected) => {
      const [lane] = lanesOf(row(0, first), row(1, second))
      expect(lane!.breaks.map(({ what }) => what)).toEqual(expected)
    },
  )

  it('breaks once for each new value, however often two take turns', () => {
    const [lane] = lanesOf(...['a', 'b', 'a', 'b', 'c'].map((dtHash, second) => row(second, { dtHash })))
    expect(lane!.breaks.map(({ before, after }) => [before, after])).toEqual([
      ['browser cookie a', 'browser cookie b'],
      ['browser cookie b', 'browser cookie c'],
    ])
  })

  it('draws every mark that matters and the first of the others', () => {
    const plain = Array.from({ length: 400 }, (_, second) => row(second))
    const [lane] = lanesOf(...plain, row(500, { eventType: 'zone.update', outcome: 'DENY', ip: '192.0.2.44' }))
    expect(lane!.events).toBe(401)
    expect(lane!.marks).toHaveLength(301)
    expect(lane!.marks.at(-1)).toMatchObject({ eventClass: 'configuration', isFailed: true, ip: '192.0.2.44' })
  })

  it('stays small where a token changes its address with every call', () => {
    const [lane] = lanesOf(...Array.from({ length: 1000 }, (_, n) => row(n, { ip: `2001:db8::${n + 1}` })))
    expect([lane!.breaks.length, lane!.ips.length]).toEqual([50, 50])
  })
})
