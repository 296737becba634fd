// npm run quarantine -- list|export|replay [--org NAME]: the events that could not be used.
import { parseArgs } from 'node:util'
import { openDatabase } from '@/lib/db/open-database'
import { sql } from '@/lib/db/database'
import { countQuarantined, exportQuarantine } from '@/lib/pipeline/service/export-quarantine'
import { replayQuarantine } from '@/lib/pipeline/service/replay-quarantine'
import { chooseOrg } from '@/lib/okta/service/choose-org'
import { runCommand } from './run-script'

const USAGE = `Usage: npm run -s quarantine -- COMMAND [--org ORG]
  list     how many events wait, by reason
  export   every waiting event as one line of JSON on standard output: { digest, source, reason, detail, raw, … }
  replay   try them all again, for instance after an update; those that can be used now are stored as usual`

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { org: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  const [command] = positionals
  if (values.help || !command) return USAGE
  const database = await openDatabase()
  try {
    const org = await chooseOrg(sql(), values.org)
    if (command === 'list') return await list(org.orgId)
    if (command === 'export') return await print(org.orgId)
    if (command === 'replay') return await replay(org.orgId)
    throw new Error(`There is no command ${command}.\n${USAGE}`)
  } finally {
    await database.close()
  }
})

async function list(orgId: string): Promise<string> {
  const counts = Object.entries(await countQuarantined(orgId))
  if (counts.length === 0) return 'Nothing waits in quarantine.'
  return counts.map(([reason, count]) => `${String(count).padStart(8)}  ${reason}`).join('\n')
}

async function print(orgId: string): Promise<void> {
  for await (const line of exportQuarantine(orgId)) {
    if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
}

async function replay(orgId: string): Promise<string> {
  const { tried, remaining, report } = await replayQuarantine(orgId)
  return `Tried ${tried}: ${report.new} stored, ${report.duplicate} already known, ${remaining} stay in quarantine.`
}
