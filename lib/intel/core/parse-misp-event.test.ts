import { describe, expect, it } from 'vitest'
import type { ParserSettings } from './feed-parser'
import { parseMispEvent } from './parse-misp-event'

const SETTINGS: ParserSettings = { category: 'malicious', intent: null, confidence: 60, options: {} }

const attribute = (value: string, more: object = {}) => ({
  type: 'ip-dst',
  value,
  to_ids: true,
  timestamp: '1795305600',
  ...more,
})
const event = (...attributes: unknown[]) => ({ Event: { info: 'Case 7', Attribute: attributes } })

function ranges(value: unknown) {
  const outcome = parseMispEvent(value, SETTINGS)
  return outcome.status === 'entries' ? outcome.entries.map(({ range }) => range) : outcome.status
}

describe('parseMispEvent', () => {
  it('reads what an attribute says', () => {
    expect(parseMispEvent(event(attribute('192.0.2.1')), SETTINGS)).toEqual({
      status: 'entries',
      entries: [
        {
          range: '192.0.2.1',
          category: 'malicious',
          intent: 'malicious',
          confidence: 60,
          source: 'Case 7',
          validFrom: new Date('2026-11-22T00:00:00Z'),
          validTo: null,
        },
      ],
      rejected: [],
    })
  })

  it('reads every type that holds an address, also inside objects', () => {
    const value = {
      Event: {
        info: '',
        Attribute: [
          attribute('192.0.2.1', { type: 'ip-src' }),
          attribute('192.0.2.2|443', { type: 'ip-dst|port' }),
          attribute('2001:db8::1|443', { type: 'ip-src|port', to_ids: 1 }),
          attribute('example.com|192.0.2.3', { type: 'domain|ip', to_ids: '1' }),
          attribute('198.51.100.0/24'),
        ],
        Object: [
          { name: 'ip-port', Attribute: [attribute('192.0.2.4')] },
          { name: 'ip-port', deleted: true, Attribute: [attribute('192.0.2.5')] },
        ],
      },
    }
    expect(ranges(value)).toEqual([
      '192.0.2.1',
      '192.0.2.2',
      '2001:db8::1',
      '192.0.2.3',
      '198.51.100.0/24',
      '192.0.2.4',
    ])
  })

  it('passes over context, deleted attributes and other types', () => {
    expect(
      ranges(
        event(
          attribute('192.0.2.1', { to_ids: false }),
          attribute('192.0.2.2', { to_ids: undefined }),
          attribute('192.0.2.3', { deleted: true }),
          attribute('example.com', { type: 'domain' }),
          attribute('192.0.2.4', { type: 'constructor' }),
          null,
          7,
        ),
      ),
    ).toBe('skipped')
  })

  it('takes the category from tags of the attribute, else of the event', () => {
    const value = {
      Event: {
        Tag: [{ name: 'tlp:white' }, { name: 'kill-chain:Command and Control' }],
        Attribute: [attribute('192.0.2.1'), attribute('192.0.2.2', { Tag: [{ name: 'tor' }, {}, null] })],
      },
    }
    const outcome = parseMispEvent(value, SETTINGS)
    expect(outcome).toMatchObject({
      entries: [
        { category: 'command_and_control', source: null },
        { category: 'tor', intent: 'suspicious' },
      ],
    })
  })

  it('does not let a tag clear an address', () => {
    const outcome = parseMispEvent(event(attribute('192.0.2.1', { Tag: [{ name: 'whitelist' }] })), SETTINGS)
    expect(outcome).toMatchObject({ entries: [{ category: 'benign', intent: 'unknown' }] })
  })

  it('reads an event with as many tags as attributes', () => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => index)
    const Tag = numbers.map((number) => ({ name: `campaign:${number}` }))
    const Attribute = numbers.map((number) => attribute(`198.51.${number >> 8}.${number & 255}`))
    expect(ranges({ Event: { info: ' '.repeat(1_000_000), Tag, Attribute } })).toHaveLength(20_000)
  })

  it('prefers when an address was first seen', () => {
    const outcome = parseMispEvent(
      event(attribute('192.0.2.1', { first_seen: '2020-05-01T00:00:00.000000+00:00' })),
      SETTINGS,
    )
    expect(outcome).toMatchObject({ entries: [{ validFrom: new Date('2020-05-01T00:00:00Z') }] })
  })

  it('names what it cannot use', () => {
    expect(
      parseMispEvent(event(attribute('10.0.0.1'), attribute('192.0.2.1'), attribute('x', { value: 7 })), SETTINGS),
    ).toMatchObject({
      entries: [{ range: '192.0.2.1' }],
      rejected: [
        { reason: 'not_public', text: 'ip-dst 10.0.0.1' },
        { reason: 'malformed_address', text: 'ip-dst 7' },
      ],
    })
  })

  it.each([[null], [7], [[]], [{}], [{ Event: [] }], [{ Event: null }]])('refuses %j', (value) => {
    expect(parseMispEvent(value, SETTINGS)).toEqual({ status: 'rejected', reason: 'malformed_json' })
  })

  it('takes an event without attributes as empty', () => {
    expect(ranges({ Event: { Attribute: 'none', Object: {} } })).toBe('skipped')
  })
})
