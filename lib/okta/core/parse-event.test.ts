import { describe, expect, test } from 'vitest'
import { oktaEvent } from '../fixtures/okta-event'
import { ODD_EVENTS, UNUSABLE } from '../fixtures/odd-events'
import { tokenKind, type LogEvent } from '../model'
import { ipChainOf, parseEvent } from './parse-event'

const NOW = new Date('2026-08-15T12:00:00Z')

function parse(raw: string): LogEvent {
  const outcome = parseEvent(raw, NOW)
  if (outcome.status === 'rejected') throw new Error(`${outcome.rejected.reason}: ${outcome.rejected.detail}`)
  expect(outcome.parsed.raw).toBe(raw)
  return outcome.parsed.event
}

describe('parseEvent', () => {
  const ordinary = parse(JSON.stringify(oktaEvent()))

  test('normalises an ordinary event', () => {
    expect(ordinary).toEqual({
      uuid: '5f1c0b7e-8a54-11f0-9d3a-0242ac120002',
      published: new Date('2026-08-14T09:30:15.123Z'),
      eventType: 'user.session.start',
      outcome: 'SUCCESS',
      actorId: '00u1ada',
      actorType: 'User',
      actorLogin: 'ada@example.com',
      actorName: 'Ada Example',
      clientIp: '198.51.100.7',
      ipChain: ['198.51.100.7'],
      sessionId: '102session',
      rootSessionId: '102root',
      transactionId: 'Zq1transaction',
      tokenId: null,
      tokenClientId: null,
      asNumber: 64500,
      asOrg: 'Example Carrier',
      country: 'Nepal',
      city: 'Kathmandu',
      deviceId: null,
      isManaged: null,
      os: 'Mac OS 15',
      browser: 'CHROME',
      dtHash: 'd7c0',
      isProxy: false,
      isThreatSuspected: false,
      targetIds: ['0oa1app'],
    } satisfies LogEvent)
  })

  test.each(ODD_EVENTS)('survives: $name', ({ overrides, expected }) => {
    const event = parse(JSON.stringify(oktaEvent(overrides)))
    expect(event).toMatchObject(expected)
    // Whatever the oddity, what it does not touch is as usual.
    if (!('eventType' in overrides)) expect(event.eventType).toBe(ordinary.eventType)
    if (!('published' in overrides)) expect(event.published).toEqual(ordinary.published)
  })

  test.each(UNUSABLE)('quarantines as $reason: $name', ({ overrides, raw, reason }) => {
    const text = raw ?? JSON.stringify(oktaEvent(overrides))
    const outcome = parseEvent(text, NOW)
    expect(outcome).toMatchObject({ status: 'rejected', rejected: { reason } })
    if (outcome.status === 'rejected' && reason !== 'too_large') expect(outcome.rejected.raw).toBe(text)
    if (outcome.status === 'rejected') expect(outcome.rejected.detail.length).toBeLessThan(140)
  })

  test('takes an event of up to a day ahead: clocks differ', () => {
    expect(parse(JSON.stringify(oktaEvent({ published: '2026-08-16T12:00:00Z' }))).published).toEqual(
      new Date('2026-08-16T12:00:00Z'),
    )
  })

  test('keeps the text verbatim, with its order, blanks, escapes and repeated keys', () => {
    const raw =
      '{ "uuid":"a",\n\t"eventType":"x.y", "published":"2026-08-14T09:30:15Z","n":1.0,"n":2,"s":"\\u0041\\/" }'
    expect(parse(raw).uuid).toBe('a')
  })

  test('reads the chain of a stored text as it did when it parsed it', () => {
    const raw = JSON.stringify(
      oktaEvent({ request: { ipChain: [{ ip: '198.51.100.7' }, { ip: '::ffff:203.0.113.9' }] } }),
    )
    expect(ipChainOf(raw)).toEqual(parse(raw).ipChain)
    expect(ipChainOf('not JSON')).toEqual([])
  })
})

test.each([
  ['00T1abc', 'ssws'],
  ['AT.abc', 'oauth'],
  ['0oa1', 'unknown'],
] as const)('token %s is of kind %s', (id, kind) => {
  expect(tokenKind(id)).toBe(kind)
})
