// `npm run doctor`: what is configured, reachable and fresh, and for each thing that is not, what to do. Exit code 1 if something is
// broken. `--json` prints the findings as data.
import { parseArgs } from 'node:util'
import { diagnose } from './doctor/diagnose'
import { runCommand } from './run-script'

const USAGE = 'Usage: npm run doctor -- [--json]'
const MARKS = { ok: '✓', note: '·', broken: '✗' } as const

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
  const findings = await diagnose()
  if (findings.some(({ status }) => status === 'broken')) process.exitCode = 1
  if (values.json) return JSON.stringify(findings, null, 2)
  const width = Math.max(...findings.map(({ subject }) => subject.length)) + 2
  return findings
    .map(({ status, subject, finding, fix }) => {
      const line = `${MARKS[status]} ${subject.padEnd(width)}${finding}`
      return fix ? `${line}\n${' '.repeat(width + 2)}→ ${fix}` : line
    })
    .join('\n')
})
