// npm run import -- FILE…: System Log events from files or standard input into an org.
import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { copyAdministrators } from '@/lib/auth/service/copy-administrators'
import { openDatabase } from '@/lib/db/open-database'
import { commandActor } from '@/lib/kernel/actor'
import { now } from '@/lib/kernel/clock'
import { registerOrg } from '@/lib/okta/service/register-org'
import { addReports, countRejected, emptyReport, type PageReport } from '@/lib/pipeline/model'
import { callImportsComplete } from '@/lib/pipeline/service/call-imports-complete'
import { importEvents, type ImportProgress, type ImportResult } from '@/lib/pipeline/service/import-events'
import { runCommand } from './run-script'

const USAGE = `Usage: npm run import -- FILE… [--org NAME]
  FILE        System Log events as NDJSON or a JSON array, also gzipped; - reads standard input
  --org NAME  the org to import into; made if it is new (default: import)
  --complete  the files together hold every event from the first to the last of them, which lets the runbook say "no" for that time
An import that was stopped goes on where it was when you run it again.`

const REDRAW_MS = 200

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      org: { type: 'string', default: 'import' },
      complete: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help || positionals.length === 0) return USAGE
  const database = await openDatabase()
  try {
    const org = await registerOrg({ name: values.org, url: null, kind: 'imported' })
    const actor = commandActor(org.orgId, 'import')
    await copyAdministrators({ actor, toOrgId: org.orgId }, now())
    let total = emptyReport()
    const results: ImportResult[] = []
    for (const file of positionals) {
      const progress = progressBar(file)
      const result = await importEvents({
        orgId: org.orgId,
        file,
        stdin: process.stdin,
        isWhole: values.complete,
        onProgress: progress.update,
      })
      results.push(result)
      progress.end()
      for (const line of remarks(file, result)) process.stderr.write(`${line}\n`)
      total = addReports(total, result.report)
      if (result.problem) process.exitCode = 1
    }
    if (!values.complete) return summary(org.name, total)
    const complete = await callImportsComplete(actor, results)
    return `${summary(org.name, total)}\n${phraseComplete(complete)}`
  } finally {
    await database.close()
  }
})

function remarks(file: string, { skippedBytes, problem }: ImportResult): string[] {
  const lines: string[] = []
  if (skippedBytes > 0) lines.push(`${file}: the first ${formatBytes(skippedBytes)} were stored by an earlier run.`)
  if (problem === 'not_json')
    lines.push(`${file}: this is neither NDJSON nor a JSON array of events; nothing was read.`)
  if (problem === 'truncated')
    lines.push(`${file}: the file ends in the middle of an event; everything before it was stored.`)
  if (problem === 'damaged_gzip')
    lines.push(`${file}: the gzip data are damaged or cut off; everything before was stored.`)
  return lines
}

function phraseComplete(range: { from: Date; to: Date } | null): string {
  if (range === null) return 'complete     no: a file was not read to its end, or there were no events'
  return `complete     ${range.from.toISOString()} to ${range.to.toISOString()}`
}

function summary(org: string, report: PageReport): string {
  const reasons = Object.entries(report.rejected).map(([reason, count]) => `${reason} ${count}`)
  return [
    `org          ${org}`,
    `read         ${report.read}`,
    `new          ${report.new}`,
    `duplicate    ${report.duplicate}`,
    `quarantined  ${countRejected(report)}${reasons.length ? ` (${reasons.join(', ')})` : ''}`,
    `signals      ${report.opened} opened, ${report.raised} raised`,
    ...(report.suppressed > 0 ? [`suppressed   ${report.suppressed} findings, recorded under /suppressions`] : []),
  ].join('\n')
}

/** A bar on a terminal, nothing elsewhere. */
function progressBar(file: string): { update: (progress: ImportProgress) => void; end: () => void } {
  if (!process.stderr.isTTY) return { update: () => {}, end: () => {} }
  const size = file === '-' ? null : (statSync(file, { throwIfNoEntry: false })?.size ?? null)
  let drawnAt = 0
  return {
    update: ({ bytesRead, report }) => {
      if (Date.now() - drawnAt < REDRAW_MS) return
      drawnAt = Date.now()
      const share = size ? Math.min(1, bytesRead / size) : null
      const bar =
        share === null
          ? formatBytes(bytesRead)
          : `${'█'.repeat(Math.round(share * 30)).padEnd(30, '░')} ${Math.floor(share * 100)} %`
      process.stderr.write(`\r\x1b[K${file}  ${bar}  ${report.read.toLocaleString('en')} events`)
    },
    end: () => process.stderr.write('\r\x1b[K'),
  }
}

function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}
