// @ts-check
// `npm run check`: types, lint, format, layers, dead code, names, lock file. All of them run; each proves that it looked at
// something, because a check that looks at nothing never fails.
import './require-node.mjs'

const { fail } = await import('./fail.mjs')
const { setUp } = await import('./setup.mjs')
const { runChecks } = await import('./check/run-checks.mjs')
await setUp(['dependencies', 'client'], { isSilentWhenDone: true })
  .then(runChecks)
  .then((isClean) => (process.exitCode = isClean ? 0 : 1))
  .catch(fail)
