import { describe, expect, test } from 'vitest'
import { growCoverage, provenTo, readTo, type PageProof } from './grow-coverage'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22) + hour * 3_600_000)
const span = (from: number, to: number) => ({ from: at(from), to: at(to) })
const page = (proof: Partial<PageProof> = {}): PageProof => ({
  since: null,
  readTo: at(10),
  provenTo: at(11),
  isDrained: true,
  ...proof,
})

describe('growCoverage', () => {
  test('a back-fill proves nothing before its first page that is not full, then everything since its start', () => {
    const started = growCoverage(null, page({ since: at(1), readTo: null, isDrained: false }))
    expect(started).toEqual(span(1, 1))
    expect(growCoverage(started, page({ readTo: at(5), isDrained: false }))).toEqual(span(1, 1))
    expect(growCoverage(started, page())).toEqual(span(1, 11))
  })

  test('a page that is not full extends the span, a full one does not, and a clock that went back does not shorten it', () => {
    expect(growCoverage(span(1, 9), page())).toEqual(span(1, 11))
    expect(growCoverage(span(1, 9), page({ isDrained: false }))).toEqual(span(1, 9))
    expect(growCoverage(span(1, 9), page({ provenTo: at(8) }))).toEqual(span(1, 9))
  })

  test.each([
    ['before what was proven', page({ since: at(8) }), span(1, 11)],
    [
      'before what was read, after what was proven: pages were stored while behind',
      page({ since: at(9.5) }),
      span(1, 11),
    ],
    ['exactly where reading had come to', page({ since: at(10) }), span(1, 11)],
    ['after all that was read: something may lie between', page({ since: at(10.5) }), span(10.5, 11)],
    ['after what was proven, where nothing was ever stored', page({ since: at(10), readTo: null }), span(10, 11)],
    ['before the first start', page({ since: at(0) }), span(1, 11)],
  ])('a reading that begins again %s', (_, proof, expected) => {
    expect(growCoverage(span(1, 9), proof)).toEqual(expected)
  })

  test('where it is not known what was read, the newest event that was read is the start', () => {
    expect(growCoverage(null, page())).toEqual(span(10, 11))
    expect(growCoverage(null, page({ readTo: null }))).toEqual(span(11, 11))
  })

  test('a start ahead of the clock of Okta proves nothing until that clock has passed it', () => {
    const ahead = growCoverage(null, page({ since: at(12), readTo: null }))
    expect(ahead).toEqual(span(12, 12))
    expect(growCoverage(ahead, page({ provenTo: at(13) }))).toEqual(span(12, 13))
  })
})

test('a page proves up to the earlier of both clocks', () => {
  expect(provenTo({ askedAt: at(9), servedAt: at(8) })).toEqual(at(8))
  expect(provenTo({ askedAt: at(9), servedAt: at(10) })).toEqual(at(9))
  expect(provenTo({ askedAt: at(9), servedAt: null })).toEqual(at(9))
})

test('an event of later than it reached us says no more than that it reached us', () => {
  expect(readTo({ lastEventPublished: at(7), lastEventReceivedAt: at(9) })).toEqual(at(7))
  expect(readTo({ lastEventPublished: at(20), lastEventReceivedAt: at(9) })).toEqual(at(9))
  expect(readTo({ lastEventPublished: at(7), lastEventReceivedAt: null })).toEqual(at(7))
  expect(readTo({ lastEventPublished: null, lastEventReceivedAt: null })).toBeNull()
})
