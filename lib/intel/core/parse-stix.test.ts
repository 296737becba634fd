import { describe, expect, it } from 'vitest'
import type { FeedEntry } from '../model'
import type { ParserSettings } from './feed-parser'
import { createStixParser, readStixObject, readStixObjects } from './parse-stix'

const SETTINGS: ParserSettings = { category: 'malicious', intent: 'suspicious', confidence: 40, options: {} }
const ID = 'indicator--00000000-0000-4000-8000-000000000001'

const indicator = (more: object = {}) => ({
  type: 'indicator',
  spec_version: '2.1',
  id: ID,
  created: '2026-11-01T00:00:00.000Z',
  modified: '2026-11-01T00:00:00.000Z',
  pattern: `[ipv4-addr:value = '192.0.2.1']`,
  pattern_type: 'stix',
  valid_from: '2026-11-01T00:00:00Z',
  ...more,
})

const entry = (more: Partial<FeedEntry> = {}): FeedEntry => ({
  range: '192.0.2.1',
  category: 'malicious',
  intent: 'suspicious',
  confidence: 40,
  source: null,
  validFrom: new Date('2026-11-01T00:00:00Z'),
  validTo: null,
  ...more,
})

function read(objects: unknown[], settings = SETTINGS) {
  const outcome = createStixParser(settings).parse(JSON.stringify({ type: 'bundle', id: 'bundle--1', objects }))
  if (outcome.status === 'unusable') throw new Error(outcome.message)
  const outcomes = [...outcome.items].map((item) => item.outcome)
  return {
    entries: outcomes.flatMap((item) => (item.status === 'entries' ? item.entries : [])),
    rejected: outcomes.flatMap((item) =>
      item.status === 'rejected'
        ? [item.reason]
        : item.status === 'entries'
          ? (item.rejected ?? []).map(({ reason }) => reason)
          : [],
    ),
  }
}

const entriesOf = (...objects: unknown[]) => read(objects).entries

describe('createStixParser', () => {
  it('reads indicators, each address an entry', () => {
    const pattern = `[ipv4-addr:value = '192.0.2.1' OR ipv6-addr:value ISSUBSET '2001:db8::/32']`
    expect(
      read([indicator({ pattern, name: 'Report 7', valid_until: '2027-01-01T00:00:00.5Z', confidence: 85 })]),
    ).toEqual({
      entries: ['192.0.2.1', '2001:db8::/32'].map((range) =>
        entry({ range, source: 'Report 7', confidence: 85, validTo: new Date('2027-01-01T00:00:00.500Z') }),
      ),
      rejected: [],
    })
  })

  it('keeps an indicator whose end has passed: whether it is over depends on when somebody asks', () => {
    const old = indicator({ valid_from: '2001-01-01T00:00:00Z', valid_until: '2002-01-01T00:00:00Z' })
    expect(entriesOf(old)[0]!.validTo).toEqual(new Date('2002-01-01T00:00:00Z'))
  })

  it('takes confidence 0 as 0, and a missing one from the feed', () => {
    expect(entriesOf(indicator({ confidence: 0 }))[0]!.confidence).toBe(0)
    expect(entriesOf(indicator())[0]!.confidence).toBe(40)
  })

  it('takes category and intent from labels and types', () => {
    expect(entriesOf(indicator({ indicator_types: ['anonymization'] }))).toEqual([
      entry({ category: 'proxy', intent: 'suspicious' }),
    ])
    expect(entriesOf(indicator({ indicator_types: ['anonymization'], labels: ['tor'] }))[0]!.category).toBe('tor')
    expect(entriesOf(indicator({ indicator_types: ['benign'] }))[0]).toMatchObject({
      category: 'benign',
      intent: 'unknown',
    })
    expect(entriesOf(indicator({ indicator_types: ['compromised'] }))[0]).toMatchObject({
      category: 'botnet',
      intent: 'malicious',
    })
    expect(entriesOf(indicator({ indicator_types: ['unknown'] }))).toEqual([entry()])
  })

  it('lets the version that was modified last win, wherever it stands', () => {
    const version = (modified: string, ip: string) => indicator({ modified, pattern: `[ipv4-addr:value = '${ip}']` })
    const newest = version('2026-11-02T00:00:00.50Z', '192.0.2.9')
    const others = [version('2026-11-02T00:00:00Z', '192.0.2.1'), version('2026-11-02T00:00:00.123456Z', '192.0.2.2')]
    expect(entriesOf(newest, ...others)).toMatchObject([{ range: '192.0.2.9' }])
    expect(entriesOf(...others, newest)).toMatchObject([{ range: '192.0.2.9' }])
  })

  it('withdraws what is revoked', () => {
    const revoked = { ...indicator(), modified: '2026-11-03T00:00:00Z', revoked: true, pattern: undefined }
    expect(read([indicator(), revoked])).toEqual({ entries: [], rejected: [] })
    expect(entriesOf(revoked, { ...indicator(), modified: '2026-11-04T00:00:00Z' })).toHaveLength(1)
  })

  it('passes over what is no opinion about an address', () => {
    expect(
      read([
        { type: 'ipv4-addr', id: 'ipv4-addr--1', value: '192.0.2.1' },
        { type: 'relationship', id: 'relationship--1', source_ref: ID, target_ref: 'ipv4-addr--1' },
        { type: 'identity', id: 'identity--1' },
        indicator({ pattern: `[domain-name:value = 'example.com']` }),
        indicator({ id: 'indicator--2', pattern: 'rule x { condition: true }', pattern_type: 'yara' }),
      ]),
    ).toEqual({ entries: [], rejected: [] })
  })

  it.each<[string, object, string]>([
    [
      'a pattern that demands more',
      { pattern: `[ipv4-addr:value = '192.0.2.1' AND network-traffic:dst_port = 1]` },
      'unsupported_pattern',
    ],
    ['a private address', { pattern: `[ipv4-addr:value = '10.0.0.1']` }, 'not_public'],
    ['a confidence that is none', { confidence: 'high' }, 'invalid_confidence'],
    ['a confidence out of range', { confidence: 101 }, 'invalid_confidence'],
    ['a time that is none', { valid_from: 'yesterday' }, 'invalid_time'],
    ['an end before the begin', { valid_until: '2026-10-01T00:00:00Z' }, 'invalid_time'],
    ['no pattern', { pattern: 7 }, 'malformed_json'],
    ['no id', { id: '' }, 'malformed_json'],
    ['an id that no database keeps', { id: 'a\0' }, 'malformed_json'],
    ['no time of modification', { modified: 'now' }, 'malformed_json'],
  ])('leaves out %s', (_, more, reason) => {
    expect(read([indicator(more), indicator({ id: 'indicator--2' })])).toMatchObject({
      entries: [{}],
      rejected: [reason],
    })
  })

  it.each([[null], [7], ['text'], [[]], [{}]])('leaves out %j among the objects', (object) => {
    expect(read([object])).toEqual({ entries: [], rejected: ['malformed_json'] })
  })

  it('uses what it can of a pattern and counts the rest', () => {
    const pattern = `[ipv4-addr:value IN ('192.0.2.1', '10.0.0.1', '127.0.0.1')]`
    expect(read([indicator({ pattern })])).toMatchObject({ entries: [{}], rejected: ['not_public', 'not_public'] })
  })

  it.each(['', 'nothing', '{"type":"bundle"', '7', '{"type":"report"}', '{"objects":{}}'])(
    'cannot use %j',
    (content) => {
      expect(createStixParser(SETTINGS).parse(content)).toMatchObject({ status: 'unusable' })
    },
  )
})

describe('readStixObjects', () => {
  it('takes bundles, envelopes and bare arrays, also empty ones', () => {
    expect(readStixObjects({ more: true, next: '1', objects: [1] })).toEqual([1])
    expect(readStixObjects([1])).toEqual([1])
    expect(readStixObjects({})).toEqual([])
    expect(readStixObjects({ more: false })).toEqual([])
    expect(readStixObjects({ type: 'bundle', id: 'bundle--1' })).toEqual([])
    expect(readStixObjects({ title: 'Error' })).toBeNull()
  })
})

describe('readStixObject', () => {
  it('gives versions an order that texts have', () => {
    const revision = (modified: string) => {
      const outcome = readStixObject(indicator({ modified }), SETTINGS)
      return outcome.status === 'read' ? outcome.reading.revision : ''
    }
    const times = [
      '2026-11-02T00:00:00Z',
      '2026-11-02T00:00:00.05Z',
      '2026-11-02T00:00:00.5Z',
      '2026-11-02T00:00:01.000Z',
    ]
    expect(times.map(revision).sort()).toEqual(times.map(revision))
  })
})
