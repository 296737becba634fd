import { expect, test } from 'vitest'
import { makeOrgId } from './make-org-id'

test.each([
  ['https://example.okta.com', 'example-okta-com'],
  ['http://127.0.0.1:4010', '127-0-0-1-4010'],
  ['Example Ltd. (EU)', 'example-ltd-eu'],
  [`${'x'.repeat(62)}.y`, 'x'.repeat(62)],
  ['…', null],
])('%s becomes %s', (text, id) => {
  expect(makeOrgId(text)).toBe(id)
})
