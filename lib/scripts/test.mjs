// @ts-check
// `npm test`: set-up, browser included, then every test: pure, database and route tests in Vitest, browser tests in Playwright against
// the built product. The last line is `N passed, N failed`. `npm test -- unit` or `npm test -- browser` runs one half.
import './require-node.mjs'

const { fail } = await import('./fail.mjs')
const { runTests } = await import('./testing/run-tests.mjs')
await runTests(process.argv.slice(2)).catch(fail)
