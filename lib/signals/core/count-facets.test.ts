import { expect, test } from 'vitest'
import { countFacets } from './count-facets'

test('each value is counted under the other filters, values without signals are 0', () => {
  const counts = [
    { status: 'open', severity: 'high', count: 1 },
    { status: 'open', severity: 'medium', count: 2 },
    { status: 'closed', severity: 'medium', count: 4 },
    { status: 'merged', severity: 'high', count: 8 },
  ] as const
  expect(countFacets(counts, { severities: ['medium'], statuses: ['open', 'in_review'] })).toEqual({
    facets: { severity: { high: 1, medium: 2 }, status: { open: 2, in_review: 0, closed: 4, merged: 0 } },
    total: 2,
  })
})
