import { describe, expect, it } from 'vitest'
import { parseFilter, parseKeywords } from './filter-events'

const EVENT = {
  eventType: 'user.mfa.factor.activate',
  actor: { id: '00u1', displayName: 'Ada "and" Bram' },
  client: { ipAddress: '203.0.113.7' },
  target: [{ id: '00u2' }, { id: '0oa3' }],
  transaction: { detail: { requestApiTokenId: '00T4' } },
  outcome: { reason: null },
}

function accepts(filter: string): boolean | string {
  const outcome = parseFilter(filter)
  return outcome.status === 'ok' ? outcome.accepts(EVENT) : outcome.status
}

describe('filters', () => {
  it.each([
    ['actor.id eq "00u1"', true],
    ['actor.id eq "00u9"', false],
    ['target.id eq "0oa3"', true],
    ['client.ipAddress ne "203.0.113.7"', false],
    ['transaction.detail.requestApiTokenId pr', true],
    ['outcome.reason pr', false],
    ['eventType sw "user.mfa."', true],
    ['eventType ew ".activate" and actor.id eq "00u1"', true],
    ['actor.id eq "00u9" or target.id eq "00u2" and eventType co "mfa"', true],
    ['actor.displayName eq "Ada \\"and\\" Bram"', true],
    ['published gt "2026-01-01"', 'invalid'],
    ['published eq "2026-01-01"', 'unsupported_field'],
    ['debugContext.debugData.url co "x"', 'unsupported_field'],
    ['actor.id =~ "x"', 'invalid'],
    ['', 'invalid'],
  ])('%s → %s', (filter, expected) => {
    expect(accepts(filter)).toBe(expected)
  })
})

describe('keywords', () => {
  it('must all occur, whatever their case', () => {
    const outcome = parseKeywords('ADA 203.0.113.7')
    expect(outcome.status === 'ok' && outcome.accepts(JSON.stringify(EVENT))).toBe(true)
  })

  it.each(['x'.repeat(41), Array.from({ length: 11 }, () => 'x').join(' ')])(
    'are refused when too long or too many',
    (q) => {
      expect(parseKeywords(q).status).toBe('invalid')
    },
  )
})
