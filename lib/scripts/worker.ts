// The worker process: polls the org, refreshes feeds, matches new intelligence against stored events, and drops what is past retention.
// Any number may run against one database: leases and claims decide who does what.
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase } from '@/lib/db/database'
import { refreshDueFeeds } from '@/lib/intel/service/refresh-due-feeds'
import { now as clock } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { logger } from '@/lib/kernel/logger'
import { connectOkta } from '@/lib/pipeline/service/connect-okta'
import { holder } from '@/lib/pipeline/service/holder'
import { maintainPartitions } from '@/lib/pipeline/service/maintain-partitions'
import { pollOrg } from '@/lib/pipeline/service/poll-org'
import { listOrgIds, retroMatch } from '@/lib/pipeline/service/retro-match'
import { registerDemoFeeds } from './register-demo-feeds'

/** Settings come from the environment, so nothing changes before the next start. */
const NOT_CONFIGURED_MS = 3_600_000
const BUSY_RECHECK_MS = 2_000
const FEED_CHECK_MS = 5_000
const RETRO_CHECK_MS = 2_000
const MAINTENANCE_MS = 3_600_000
/** After a failure of ours, e.g. while the database restarts. */
const FAILURE_PAUSE_MS = 2_000

const stop = new AbortController()
const { signal } = stop
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort())

// Intelligence first: events of the first poll are then judged as they arrive, and not backwards.
await refreshFeeds().catch((error: Error) => logger.error({ job: 'feeds', error: error.message }, 'job failed'))
await Promise.all([
  repeat('poll', poll),
  repeat('feeds', refreshFeeds),
  repeat('retro-match', matchBackwards),
  repeat('maintenance', maintain),
])
await closeDatabase()

/** Runs a job until the process is told to stop. The job returns its pause in milliseconds; a failure is logged and tried again. */
async function repeat(name: string, job: () => Promise<number>): Promise<void> {
  while (!signal.aborted) {
    let pauseMs = FAILURE_PAUSE_MS
    try {
      pauseMs = await job()
    } catch (error) {
      if (!signal.aborted) logger.error({ job: name, error: (error as Error).message }, 'job failed')
    }
    if (pauseMs > 0) await sleep(pauseMs, undefined, { signal }).catch(() => {}) // the stop ends the pause
  }
}

async function poll(): Promise<number> {
  const intervalMs = env().POLL_INTERVAL_SECONDS * 1000
  const connection = await connectOkta()
  if (connection.status !== 'ready') return NOT_CONFIGURED_MS
  const outcome = await pollOrg({ ...connection, holder, backfillDays: env().BACKFILL_DAYS, signal })
  if (outcome.status === 'busy') return BUSY_RECHECK_MS
  const jitter = 0.9 + Math.random() * 0.2
  return outcome.waitMs ?? intervalMs * jitter
}

async function refreshFeeds(): Promise<number> {
  const connection = await connectOkta()
  if (env().SALLYPORT_SIMULATED && connection.status === 'ready') {
    await registerDemoFeeds(connection.orgId, connection.client.orgUrl)
  }
  for (const orgId of await listOrgIds()) await refreshDueFeeds(orgId, clock())
  return FEED_CHECK_MS
}

async function matchBackwards(): Promise<number> {
  for (const orgId of await listOrgIds()) await retroMatch(orgId, { signal })
  return RETRO_CHECK_MS
}

async function maintain(): Promise<number> {
  await maintainPartitions(env().RETENTION_DAYS, clock())
  return MAINTENANCE_MS
}
