// The database, and what it says about orgs and feeds. An embedded server that does not run is started for the look and stopped again.
import fs from 'node:fs'
import path from 'node:path'
import { closeDatabase, probeDatabase, useDatabase } from '@/lib/db/database'
import { startEmbeddedPostgres } from '@/lib/db/embedded-postgres'
import { inspectDatabase } from '@/lib/db/inspect-database'
import type { Env } from '@/lib/kernel/env'
import { readHealth } from '@/lib/pipeline/service/read-health'
import { listOrgIds } from '@/lib/pipeline/service/retro-match'
import { broken, note, ok, type Finding } from './finding'

export async function diagnoseDatabase({ DATABASE_URL, dataDir }: Env): Promise<Finding[]> {
  try {
    if (DATABASE_URL) {
      await probeDatabase(DATABASE_URL)
      return await inspect(DATABASE_URL, 'DATABASE_URL')
    }
    const folder = path.join(dataDir, 'postgres')
    if (!fs.existsSync(path.join(folder, 'PG_VERSION')))
      return [note('database', 'an embedded one is made at the first start')]
    const server = await startEmbeddedPostgres({ dataDir: folder, database: 'sallyport' })
    try {
      return await inspect(server.url, 'embedded')
    } finally {
      if (!server.isAdopted) await server.stop()
    }
  } catch (error) {
    // Our messages say what is wrong, a colon, and what to do.
    const { message } = error as Error
    const colon = message.lastIndexOf(': ')
    const advice = message.slice(colon + 2)
    if (colon < 0) return [broken('database', message, 'See the log beside its data folder.')]
    return [broken('database', message.slice(0, colon), advice[0]!.toUpperCase() + advice.slice(1))]
  }
}

async function inspect(url: string, origin: string): Promise<Finding[]> {
  const { version, pending, failed } = await inspectDatabase(url)
  const what = `PostgreSQL ${version}, ${origin}`
  if (failed.length > 0) {
    const fix = `See its logs in _prisma_migrations, mend the cause, then run npx prisma migrate resolve --rolled-back ${failed[0]}.`
    return [broken('database', `${what}: the migration ${failed[0]} failed`, fix)]
  }
  if (pending.length > 0)
    return [note('database', `${what}: ${pending.length} migrations to apply`, 'npm start applies them.')]
  useDatabase(url)
  try {
    return [ok('database', `${what}, migrated`), ...(await diagnoseOrgs())]
  } finally {
    await closeDatabase()
  }
}

async function diagnoseOrgs(): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const orgId of await listOrgIds()) {
    const { orgs, feeds } = await readHealth({ orgId })
    for (const org of orgs) {
      const last = org.lastEventReceivedAt
        ? `last event received ${org.lastEventReceivedAt}`
        : org.kind === 'imported'
          ? 'imported'
          : 'no event yet'
      if (org.problem)
        findings.push(broken(`org ${orgId}`, `${org.problem.code} since ${org.problem.since}`, org.problem.message))
      else if (org.status === 'silent')
        findings.push(broken(`org ${orgId}`, `not polled lately, ${last}`, 'Run npm start.'))
      else findings.push(ok(`org ${orgId}`, `${org.eventsTotal} events, ${last}`))
    }
    for (const feed of feeds) findings.push(diagnoseFeed(feed))
  }
  return findings
}

type FeedHealth = Awaited<ReturnType<typeof readHealth>>['feeds'][number]

function diagnoseFeed({ name, status, entryCount, lastSuccessAt, lastError }: FeedHealth): Finding {
  const subject = `feed ${name}`
  const age = lastSuccessAt ? `${entryCount} entries as of ${lastSuccessAt}` : 'never read'
  if (status === 'failing')
    return broken(
      subject,
      `${age}: ${lastError}`,
      'Correct its address, or the network; the last good entries stay in use.',
    )
  if (status === 'stale')
    return broken(subject, `${age}, late`, 'Run npm start: the worker refreshes it; or import its file again.')
  return status === 'current' ? ok(subject, age) : note(subject, age)
}
