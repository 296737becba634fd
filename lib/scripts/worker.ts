// The worker process: polls the org, refreshes feeds, matches new intelligence against stored events, tells owners that suppressions end, and
// drops what is past retention.
// Any number may run against one database: leases and claims decide who does what.
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase } from '@/lib/db/database'
import { expireIndicators } from '@/lib/intel/service/expire-indicators'
import { refreshDueFeeds } from '@/lib/intel/service/refresh-due-feeds'
import { now as clock } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { logger } from '@/lib/kernel/logger'
import { connectOkta } from '@/lib/pipeline/service/connect-okta'
import { flagWithdrawn } from '@/lib/pipeline/service/flag-withdrawn'
import { holder } from '@/lib/pipeline/service/holder'
import { maintainPartitions } from '@/lib/pipeline/service/maintain-partitions'
import { judgeStorageFailure } from '@/lib/pipeline/core/judge-storage-failure'
import { leaveTurn, pollInTurn } from '@/lib/pipeline/service/poll-in-turn'
import { listOrgIds, retroMatch } from '@/lib/pipeline/service/retro-match'
import { syncZones } from '@/lib/pipeline/service/sync-zones'
import { tellOwners } from '@/lib/pipeline/service/tell-owners'
import { registerDemoFeeds } from './register-demo-feeds'

/** Settings come from the environment, so nothing changes before the next start. */
const NOT_CONFIGURED_MS = 3_600_000
const FEED_CHECK_MS = 5_000
const ZONES_CHECK_MS = 60_000
const RETRO_CHECK_MS = 2_000
const OWNERS_CHECK_MS = 30_000
const MAINTENANCE_MS = 3_600_000
/** After a failure of ours, e.g. while the database restarts; doubles, so that a full disk does not make us fetch the same again and again. */
const FAILURE_PAUSE_MS = 2_000
const MAX_FAILURE_PAUSE_MS = 30_000
/** How long the first poll waits for the first look at the feeds. A feed that hangs must not keep events out. */
const FIRST_LOOK_MS = 20_000

const stop = new AbortController()
const { signal } = stop
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort())

// Intelligence first: events of the first poll are then judged as they arrive, and not backwards.
const firstLook = new AbortController()
const feeds = repeat('feeds', () => refreshFeeds().finally(() => firstLook.abort()))
await pause(FIRST_LOOK_MS, AbortSignal.any([signal, firstLook.signal]))
await Promise.all([
  feeds,
  repeat('zones', followZones),
  repeat('poll', poll),
  repeat('retro-match', matchBackwards),
  repeat('owners', tellOwnersOfSuppressions),
  repeat('maintenance', maintain),
])
await leave().catch((error: Error) => logger.warn({ error: error.message }, 'the turn to poll could not be given back'))
await closeDatabase()

/** Runs a job until the process is told to stop. The job returns its pause in milliseconds; a failure is logged and tried again. */
async function repeat(name: string, job: () => Promise<number>): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    let pauseMs = Math.min(FAILURE_PAUSE_MS * 2 ** failures, MAX_FAILURE_PAUSE_MS)
    try {
      pauseMs = await job()
      failures = 0
    } catch (error) {
      failures++
      if (!signal.aborted) logFailure(name, error, pauseMs)
    }
    if (pauseMs > 0) await pause(pauseMs, signal)
  }
}

function logFailure(job: string, error: unknown, retryMs: number): void {
  const { code, message } = error as Error & { code?: string }
  // Connection errors of several addresses at once have a code and no message.
  logger.error({ job, code, error: message || code, retryMs }, judgeStorageFailure(error)?.message ?? 'job failed')
}

/** Ends early when it is told to. */
async function pause(milliseconds: number, until: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: until }).catch(() => {})
}

async function poll(): Promise<number> {
  const intervalMs = env().POLL_INTERVAL_SECONDS * 1000
  const connection = await connectOkta()
  if (connection.status !== 'ready') return NOT_CONFIGURED_MS
  return pollInTurn({ ...connection, holder, backfillDays: env().BACKFILL_DAYS, signal }, intervalMs)
}

async function leave(): Promise<void> {
  const connection = await connectOkta()
  if (connection.status === 'ready') await leaveTurn(connection.orgId, holder)
}

async function refreshFeeds(): Promise<number> {
  const connection = await connectOkta()
  if (env().SALLYPORT_SIMULATED && connection.status === 'ready') {
    await registerDemoFeeds(connection.orgId, connection.client.orgUrl)
  }
  for (const orgId of await listOrgIds()) {
    await expireIndicators(orgId, clock())
    await refreshDueFeeds(orgId, clock())
  }
  return FEED_CHECK_MS
}

async function followZones(): Promise<number> {
  const connection = await connectOkta()
  if (connection.status !== 'ready') return NOT_CONFIGURED_MS
  await syncZones({ ...connection, signal }, clock())
  return ZONES_CHECK_MS
}

async function matchBackwards(): Promise<number> {
  for (const orgId of await listOrgIds()) {
    await retroMatch(orgId, { signal })
    await flagWithdrawn(orgId, { signal })
  }
  return RETRO_CHECK_MS
}

async function tellOwnersOfSuppressions(): Promise<number> {
  for (const orgId of await listOrgIds()) await tellOwners(orgId, clock(), { signal })
  return OWNERS_CHECK_MS
}

async function maintain(): Promise<number> {
  await maintainPartitions(env().RETENTION_DAYS, clock())
  return MAINTENANCE_MS
}
