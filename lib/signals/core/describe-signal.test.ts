import { describe, expect, test } from 'vitest'
import type { TokenUse } from '@/lib/detections/model'
import { CATEGORIES } from '@/lib/intel/model'
import { START } from '../fixtures/build-finding'
import { buildMatch, buildSignal } from '../fixtures/build-signal'
import { CATEGORY_WORDS, sentenceOf, shortTokenId, titleOf, whyOf } from './describe-signal'

const ssws: TokenUse = { id: '00Tabc1def2ghi39xQ', kind: 'ssws', clientId: null }
const oauth: TokenUse = { id: 'AT.example1', kind: 'oauth', clientId: '0oa1' }
const other: TokenUse = { id: 'zz', kind: 'unknown', clientId: null }

describe('titleOf', () => {
  test.each([
    [[ssws], 'API token 00Tabc…9xQ used from a Tor exit'],
    [[oauth], 'OAuth access token AT.example1 used from a Tor exit'],
    [[other], 'Token zz used from a Tor exit'],
    [[ssws, { ...ssws, id: '00T2' }], '2 API tokens used from a Tor exit'],
    [[other, { ...other, id: 'zy' }], '2 tokens used from a Tor exit'],
    [[ssws, oauth], '2 tokens used from a Tor exit'],
  ])('token: %o', (tokens, title) => {
    expect(titleOf(buildSignal({ kind: 'api_token', tokens }))).toBe(title)
  })

  test('sign-in and session', () => {
    expect(titleOf(buildSignal())).toBe('Sign-in from a Tor exit')
    expect(titleOf(buildSignal({ kind: 'session_activity' }))).toBe('Session activity from a Tor exit')
  })

  test('names the most telling category that the policy counts', () => {
    const intelligence = [
      buildMatch('malicious'),
      buildMatch('tor', { indicatorId: 2 }),
      buildMatch('vpn', { indicatorId: 3 }),
    ]
    expect(titleOf(buildSignal({ intelligence }))).toBe('Sign-in from a Tor exit')
    expect(titleOf(buildSignal({ intelligence, intentPolicy: 'malicious' }))).toBe('Sign-in from a malicious address')
  })

  test('says what is listed where the policy counts none of it any more', () => {
    const intelligence = [buildMatch('vpn'), buildMatch('malicious', { indicatorId: 2, hop: 1 })]
    expect(titleOf(buildSignal({ intelligence }))).toBe('Sign-in from a VPN')
    expect(titleOf(buildSignal({ intelligence: [] }))).toBe('Sign-in from a flagged address')
  })
})

describe('whyOf', () => {
  test('is every category that counts, with its feeds', () => {
    const intelligence = [
      buildMatch('malicious', { feedName: 'List B' }),
      buildMatch('malicious', { indicatorId: 2, feedName: 'List A' }),
      buildMatch('tor', { indicatorId: 3, feedName: 'Tor exits' }),
      buildMatch('vpn', { indicatorId: 4, feedName: 'VPN list' }),
    ]
    expect(whyOf(buildSignal({ intelligence }))).toBe('Tor exit: Tor exits · Malicious: List A, List B')
  })
})

describe('sentenceOf', () => {
  test.each([
    [
      {},
      'Dana Okafor (dana.okafor@example.com) signed in from 198.51.100.7 (AS64500 Example Hosting, Germany), a Tor exit: 1 event.',
    ],
    [
      { kind: 'api_token' as const, tokens: [ssws], eventCount: 214, lastSeen: new Date(START.getTime() + 2_280_000) },
      'Dana Okafor (dana.okafor@example.com) used API token 00Tabc…9xQ from 198.51.100.7 (AS64500 Example Hosting, Germany), a Tor exit: 214 events within 38 min.',
    ],
    [
      {
        kind: 'api_token' as const,
        tokens: [other],
        actorName: null,
        actorLogin: null,
        asNumber: null,
        asOrg: null,
        country: null,
      },
      '00u1 used token zz from 198.51.100.7, a Tor exit: 1 event.',
    ],
    [
      { kind: 'session_activity' as const, asOrg: null, intelligence: [], eventCount: 2 },
      'Dana Okafor (dana.okafor@example.com) was active from 198.51.100.7 (AS64500, Germany): 2 events.',
    ],
  ])('%o', (changes, sentence) => {
    expect(sentenceOf(buildSignal(changes))).toBe(sentence)
  })

  test.each([
    [45, '45 s'],
    [60, '1 min'],
    [61, '2 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [86_400, '24 h'],
  ])('%i seconds are %s', (seconds, words) => {
    const lastSeen = new Date(START.getTime() + seconds * 1000)
    expect(sentenceOf(buildSignal({ eventCount: 2, lastSeen }))).toContain(`2 events within ${words}.`)
  })
})

test('shortTokenId keeps both ends', () => {
  expect(shortTokenId('00Tabc1def2ghi39xQ')).toBe('00Tabc…9xQ')
  expect(shortTokenId('000000000000')).toBe('000000000000')
})

test('every category has words', () => {
  expect(Object.keys(CATEGORY_WORDS).sort()).toEqual([...CATEGORIES].sort())
})
