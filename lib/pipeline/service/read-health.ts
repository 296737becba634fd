// What is configured, reachable, late or broken: for the health page, for monitors, and in a reduced form for anybody.
import { z } from 'zod'
import { sql } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import { isFetched } from '@/lib/intel/core/judge-feed-state'
import type { Feed } from '@/lib/intel/model'
import { readFeedState } from '@/lib/intel/service/present-feed'
import { listFeedRows } from '@/lib/intel/store/feed'
import { readHistories, type FeedHistory } from '@/lib/intel/store/feed-history'
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
import { FEED_HEALTH, judgeInstallation, judgeOrg } from '../core/judge-health'
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
  const [state, quarantine, notices, feeds, histories] = await Promise.all([
    readPollState(database, org.orgId),
    countQuarantine(database, org.orgId),
    listOpenNotices(database, org.orgId, MAX_NOTICES),
    listFeedRows(database, org.orgId),
    readHistories(database, org.orgId, null, now),
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
    feeds: feeds.flatMap((feed) => {
      const history = histories.find(({ feedId }) => feedId === feed.feedId)
      return history ? [presentFeedHealth(feed, history, now)] : [] // added between the two reads
    }),
  }
}

function presentFeedHealth(feed: Feed, history: FeedHistory, now: Date): z.input<typeof FeedHealth> {
  const { orgId, feedId, name, category, entryCount, cadenceSeconds } = feed
  const { lastRun } = history
  return {
    ...{ orgId, feedId, name, category, entryCount, cadenceSeconds },
    isImported: !isFetched(feed),
    status: FEED_HEALTH[readFeedState(feed, history, now).word],
    lastAttemptAt: iso(feed.lastAttemptAt),
    lastSuccessAt: iso(feed.lastSuccessAt),
    lastChangedAt: iso(feed.lastChangedAt),
    lastResult: lastRun?.result ?? null,
    lastError: lastRun?.error ?? null,
    added: lastRun?.added ?? 0,
    removed: lastRun?.removed ?? 0,
    rejected: lastRun?.rejected ?? 0,
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
