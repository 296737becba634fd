// What screens and scripts may know of health and of polling.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { FEED_HEALTH_STATUSES, ORG_HEALTH_STATUSES } from './core/judge-health'

const Instant = z.iso.datetime()

export const OrgHealth = z.object({
  orgId: z.string(),
  name: z.string(),
  kind: z.enum(['okta', 'simulated', 'imported']),
  url: z.string().nullable(),
  status: z.enum(ORG_HEALTH_STATUSES),
  lastAttemptAt: Instant.nullable(),
  lastSuccessAt: Instant.nullable(),
  lastEventPublished: Instant.nullable(),
  lastEventReceivedAt: Instant.nullable(),
  lagSeconds: z.number().nullable().describe('From the event time of the newest event to its arrival, seconds'),
  problem: z.object({ code: z.string(), message: z.string(), since: Instant }).nullable(),
  rate: z
    .object({ limit: z.number(), remaining: z.number(), resetAt: Instant.nullable() })
    .nullable()
    .describe('Okta rate budget as of the last answer'),
  eventsTotal: z.number(),
  duplicatesTotal: z.number(),
  quarantine: z.object({
    total: z.number(),
    byReason: z.array(z.object({ reason: z.string(), count: z.number() })),
  }),
  notices: z.array(z.object({ id: z.string(), kind: z.string(), message: z.string(), createdAt: Instant })),
})
export type OrgHealth = z.infer<typeof OrgHealth>

export const FeedHealth = z.object({
  orgId: z.string(),
  feedId: z.string(),
  name: z.string(),
  category: z.string(),
  entryCount: z.number(),
  cadenceSeconds: z.number(),
  isImported: z.boolean().describe('Filled from files, never fetched'),
  status: z.enum(FEED_HEALTH_STATUSES),
  lastAttemptAt: Instant.nullable(),
  lastSuccessAt: Instant.nullable(),
  lastChangedAt: Instant.nullable(),
  lastResult: z.string().nullable(),
  lastError: z.string().nullable(),
  added: z.number(),
  removed: z.number(),
  rejected: z.number(),
})
export type FeedHealth = z.infer<typeof FeedHealth>

/** Before sign-in only `status` and `version` are filled; the lists are empty and `database` names its state alone. */
export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'failed']),
  version: z.string(),
  now: Instant,
  database: z.object({ status: z.enum(['ok', 'failed']), latencyMs: z.number().nullable() }),
  orgs: z.array(OrgHealth),
  feeds: z.array(FeedHealth),
})
export type Health = z.infer<typeof Health>

export const healthEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/health',
  summary: 'State of the database, of each org and of each feed; reduced to status and version before sign-in.',
  permission: 'public',
  response: Health,
})

export const PollResult = z.object({
  orgId: z.string(),
  status: z.enum(['polled', 'problem', 'busy']).describe('`busy`: another process is polling this org'),
  pages: z.number(),
  read: z.number(),
  new: z.number(),
  duplicate: z.number(),
  rejected: z.number(),
  opened: z.number(),
  raised: z.number(),
  isBehind: z.boolean().describe('More events are waiting'),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
})
export type PollResult = z.infer<typeof PollResult>

export const pollEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/poll',
  summary: 'Polls the Okta System Log of your org once, as the worker does; for cron services and serverless hosts.',
  permission: 'poll:run',
  response: PollResult,
})
