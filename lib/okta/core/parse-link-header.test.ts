import { expect, test } from 'vitest'
import { parseLinkHeader } from './parse-link-header'

const SELF = 'https://example.okta.com/api/v1/logs?limit=1000'
const NEXT = 'https://example.okta.com/api/v1/logs?after=1658862453660_1&limit=1000'
const FILTERED = 'https://example.okta.com/api/v1/logs?filter=eventType+eq+%22a%2Cb%22%20and%20(x;y,z)&after=a%3D%3D'

test.each([
  ['no header', null, { self: null, next: null }],
  ['an empty header', '', { self: null, next: null }],
  ['one combined header', `<${SELF}>; rel="self", <${NEXT}>; rel="next"`, { self: SELF, next: NEXT }],
  ['only self', `<${SELF}>; rel="self"`, { self: SELF, next: null }],
  [
    'next before self, other spacing, no quotes',
    `<${NEXT}>;rel=next,<${SELF}> ; Rel = "SELF"`,
    { self: SELF, next: NEXT },
  ],
  [
    'commas, semicolons and escapes in the URL stay as they are',
    `<${SELF}>; rel="self", <${FILTERED}>; rel="next"`,
    { self: SELF, next: FILTERED },
  ],
  [
    'other relations and parameters',
    `<${SELF}>; title="next, please"; rel="self", <x>; rel="prev"`,
    { self: SELF, next: null },
  ],
  ['no links at all', 'nonsense; rel="next"', { self: null, next: null }],
])('%s', (_name, header, expected) => {
  expect(parseLinkHeader(header)).toEqual(expected)
})
