// What is configured, reachable, late or broken: for the health page, for monitors, and in a reduced form for anybody.
import { z } from 'zod'
import { sql } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import { listFeedRows, listLastRuns } from '@/lib/intel/store/feed'
import type { UserActor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { logger } from '@/lib/kernel/logger'
import { VERSION } from '@/lib/kernel/version'
import { listOpenNotices } from '@/lib/okta/store/notice'
import { listOrgs, type OrgRow } from '@/lib/okta/store/org'
import { readPollState } from '@/lib/okta/store/poll-state'
import { countQuarantine } from '@/lib/okta/store/quarantine'
import type { FeedHealth, Health, OrgHealth } from '../contract'
import { judgeFeed, judgeInstallation, judgeOrg } from '../core/judge-health'
import { connectOkta } from './connect-okta'

const MAX_NOTICES = 20

/**
 * The health of the installation as an actor may see it: their org in full; without an actor only status and version.
 * Answers also when the database does not.
 */
export async function readHealth(actor: Pick<UserActor, 'orgId'> | null): Promise<z.input<typeof Health>> {
  const now = clock()
  const startedAt = performance.now()
  const base = { version: VERSION, now: now.toISOString(), orgs: [], feeds: [] }
  try {
    const orgRows = await listOrgs(sql())
    const latencyMs = Math.round((performance.now() - startedAt) * 10) / 10
    const parts = await Promise.all(orgRows.map((org) => readOrgHealth(sql(), org, now)))
    const current = await withoutFormer(parts)
    const status = judgeInstallation(
      current.map(({ org }) => org.status),
      current.flatMap(({ feeds }) => feeds.map((feed) => feed.status)),
    )
    if (actor === null) return { ...base, status, database: { status: 'ok', latencyMs: null } }
    const own = parts.filter(({ org }) => org.orgId === actor.orgId)
    return {
      ...base,
      status,
      database: { status: 'ok', latencyMs },
      orgs: own.map(({ org }) => org),
      feeds: own.flatMap(({ feeds }) => feeds),
    }
  } catch (error) {
    logger.error({ error: (error as Error).message }, 'health could not be read')
    return { ...base, status: 'failed', database: { status: 'failed', latencyMs: null } }
  }
}

/**
 * Without the orgs that the present settings no longer poll, e.g. the demo after a real org was connected: that nobody polls them is right,
 * and must not worry a monitor for ever. Their own people are still told.
 */
async function withoutFormer<Part extends { org: { orgId: string; kind: string } }>(parts: Part[]): Promise<Part[]> {
  const okta = await connectOkta().catch(() => null)
  if (okta === null || okta.status === 'absent') return parts
  return parts.filter(({ org }) => org.kind === 'imported' || org.orgId === okta.orgId)
}

async function readOrgHealth(
  database: Sql,
  org: OrgRow,
  now: Date,
): Promise<{ org: z.input<typeof OrgHealth>; feeds: z.input<typeof FeedHealth>[] }> {
  const [state, quarantine, notices, feeds, runs] = await Promise.all([
    readPollState(database, org.orgId),
    countQuarantine(database, org.orgId),
    listOpenNotices(database, org.orgId, MAX_NOTICES),
    listFeedRows(database, org.orgId),
    listLastRuns(database, org.orgId),
  ])
  const byReason = Object.entries(quarantine).map(([reason, count]) => ({ reason, count }))
  const facts = {
    kind: org.kind,
    lastSuccessAt: state?.lastSuccessAt ?? null,
    problemCode: state?.problemCode ?? null,
    isBehind: state?.isBehind ?? false,
    pollIntervalSeconds: env().POLL_INTERVAL_SECONDS,
  }
  return {
    org: {
      orgId: org.orgId,
      name: org.name,
      kind: org.kind,
      url: org.url,
      status: judgeOrg(facts, now),
      lastAttemptAt: iso(state?.lastAttemptAt),
      lastSuccessAt: iso(state?.lastSuccessAt),
      lastEventPublished: iso(state?.lastEventPublished),
      lastEventReceivedAt: iso(state?.lastEventReceivedAt),
      lagSeconds: lagOf(state),
      problem:
        state?.problemCode && state.problemSince
          ? { code: state.problemCode, message: state.problemMessage ?? '', since: state.problemSince.toISOString() }
          : null,
      rate:
        state?.rateLimit != null && state.rateRemaining != null
          ? { limit: state.rateLimit, remaining: state.rateRemaining, resetAt: iso(state.rateResetAt) }
          : null,
      eventsTotal: Number(state?.eventsTotal ?? 0n),
      duplicatesTotal: Number(state?.duplicatesTotal ?? 0n),
      quarantine: { total: byReason.reduce((sum, { count }) => sum + count, 0), byReason },
      notices: notices.map((notice) => ({ ...notice, createdAt: notice.createdAt.toISOString() })),
    },
    feeds: feeds.map((feed) => {
      const run = runs.get(feed.feedId)
      const isImported = feed.url === null
      return {
        orgId: feed.orgId,
        feedId: feed.feedId,
        name: feed.name,
        category: feed.category,
        entryCount: feed.entryCount,
        cadenceSeconds: feed.cadenceSeconds,
        isImported,
        status: judgeFeed(
          { ...feed, isImported, lastResult: run?.result ?? null, lastDecision: run?.decision ?? null },
          now,
        ),
        lastAttemptAt: iso(feed.lastAttemptAt),
        lastSuccessAt: iso(feed.lastSuccessAt),
        lastChangedAt: iso(feed.lastChangedAt),
        lastResult: run?.result ?? null,
        lastError: run?.error ?? null,
        added: run?.added ?? 0,
        removed: run?.removed ?? 0,
        rejected: run?.rejected ?? 0,
      }
    }),
  }
}

function iso(instant: Date | null | undefined): string | null {
  return instant ? instant.toISOString() : null
}

function lagOf(state: { lastEventPublished: Date | null; lastEventReceivedAt: Date | null } | null): number | null {
  if (!state?.lastEventPublished || !state.lastEventReceivedAt) return null
  const seconds = (state.lastEventReceivedAt.getTime() - state.lastEventPublished.getTime()) / 1000
  return Math.max(0, Math.round(seconds * 10) / 10)
}
