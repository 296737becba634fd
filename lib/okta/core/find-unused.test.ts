import { describe, expect, test } from 'vitest'
import type { QuarantineReason } from '../model'
import { findUnused } from './find-unused'

const lastSeenAt = new Date('2026-11-22T08:00:00Z')
const published = new Date('2026-11-22T07:59:00.123Z')
const SUBJECTS = ['00u1', 'Kim@example.com', '2001:db8::1', '192.0.2.1']

function find(raw: string, reason: QuarantineReason = 'missing_uuid', subjects = SUBJECTS) {
  return findUnused([{ reason, raw, lastSeenAt }], subjects)
}

describe('findUnused', () => {
  test.each([
    ['an id', '{"actor":{"id":"00u1"}}'],
    ['a login in other case', '{"actor":{"alternateId":"KIM@Example.com"}}'],
    ['an address', '{"client":{"ipAddress":"192.0.2.1"}}'],
    ['an address as Okta never writes it', '{"client":{"ipAddress":"::ffff:192.0.2.1"}}'],
    ['an IPv6 address in a longer spelling', '{"client":{"ipAddress":"2001:0DB8:0:0:0:0:0:1"}}'],
    ['an id written with escapes', String.raw`{"actor":{"id":"\u0030\u0030u1"}}`],
    ['an id in text that is not JSON', 'garbage 00u1 garbage'],
    ['a text of which bytes were replaced', '{"actor":{"id":"00\ufffd1"}}'],
  ])('finds %s', (_, raw) => {
    expect(find(raw, 'not_json')).toEqual([{ at: null, lastSeenAt }])
  })

  test('passes over texts that name nobody who is asked about', () => {
    expect(find('{"actor":{"id":"00u2"},"client":{"ipAddress":"2001:db8::2"}}')).toEqual([])
    expect(find('null', 'not_an_object')).toEqual([])
    expect(find('{"actor":{"id":"00u1"}}', 'missing_uuid', [])).toEqual([])
  })

  test('a text of which only the beginning is kept may name anybody', () => {
    expect(find('{"actor":{"id":"00u2"', 'too_large')).toEqual([{ at: null, lastSeenAt }])
  })

  test('says when it happened, by every instant that the text may mean', () => {
    const raw = '{"published":"2026-11-22T07:59:00.123Z","actor":{"id":"00u1"}}'
    expect(find(raw)).toEqual([{ at: published, lastSeenAt }])
    expect(find(`${raw},{"published" : "2026-11-22T07:00:00Z"`, 'not_json')).toHaveLength(2)
  })

  test('does not believe an instant that was refused, or that somebody wrote into a name', () => {
    expect(find('{"published":"1999-01-01T00:00:00Z","actor":{"id":"00u1"}}', 'implausible_published')).toEqual([
      { at: null, lastSeenAt },
    ])
    const forged = String.raw`{"actor":{"id":"00u1","displayName":"\"published\":\"2020-01-01T00:00:00Z\""}}`
    expect(find(forged)).toEqual([{ at: null, lastSeenAt }])
  })
})
