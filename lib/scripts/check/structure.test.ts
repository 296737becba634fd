import { describe, expect, test } from 'vitest'
import { findMisplacedFiles } from './structure.mjs'

describe('file names', () => {
  test.each([
    'lib/signals/model.ts',
    'lib/signals/core/fold-findings.ts',
    'lib/signals/core/fold-findings.test.ts',
    'lib/signals/service/list-signals.ts',
    'lib/signals/service/list-signals.db.test.ts',
    'lib/okta/store/event.ts',
    'lib/okta/gateway.ts',
    'lib/okta/fixtures/odd/anything.json',
    'lib/okta/README.md',
    'lib/scripts/supervisor/log-file.ts',
    'app/(triage)/signals/[signalId]/page.tsx',
    'app/api/auth/[...nextauth]/route.ts',
  ])('%s is at home', (file) => {
    expect(findMisplacedFiles([file])).toEqual([])
  })

  test.each([
    ['lib/signals/fold.ts', /a slice holds/],
    ['lib/signals/service/signals.ts', /a slice holds/],
    ['lib/signals/lib/fold-findings.ts', /a slice holds/],
    ['lib/okta/core/Parse.ts', /kebab-case/],
    ['lib/kernel/utils.ts', /no utils, helpers, types or index/],
    ['components/ui/index.tsx', /no utils, helpers, types or index/],
    ['components/helpers/format.ts', /no utils, helpers, types or index/],
  ])('%s is not', (file, problem) => {
    expect(findMisplacedFiles([file])).toContainEqual(expect.stringMatching(problem))
  })
})
