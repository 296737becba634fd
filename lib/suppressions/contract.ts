// What the API says about suppressions: what is expected, until when, and what it hid. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { MAX_DAYS, SUPPRESSION_REASONS, SUPPRESSION_SCOPES, SUPPRESSION_STATES } from './model'

const NOTE_LIMIT = 2_000
const Instant = z.iso.datetime().describe('ISO 8601, UTC')
const STORABLE = /^[^\0]*$/
const Id = z.int().positive().max(2_147_483_647)
const SuppressionParams = z.object({ suppressionId: z.coerce.number<string>().int().positive().max(2_147_483_647) })

/** What to suppress. The account, network, address and token come from the signal, so nobody can type a wrong one. */
export const SuppressionDraft = z.object({
  scope: z.enum(SUPPRESSION_SCOPES),
  range: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe(
      'With `user_ip` only: the address of the signal or a block around it, at most a /24 or /48; default the address',
    ),
  tokenId: z
    .string()
    .min(1)
    .max(200)
    .regex(STORABLE)
    .optional()
    .describe('With `token` only: one of the tokens of the signal'),
  reason: z.enum(SUPPRESSION_REASONS),
  note: z.string().trim().min(1).max(NOTE_LIMIT).regex(STORABLE).optional(),
  days: z.int().min(1).max(MAX_DAYS).describe('From now; at most 90, for tokens 30'),
})
export type SuppressionDraft = z.infer<typeof SuppressionDraft>

export const SuppressionView = z.object({
  id: Id,
  reference: z.string().describe('The number people use, e.g. SUP-44'),
  scope: z.enum(SUPPRESSION_SCOPES),
  label: z.string().describe('What it names, in words, e.g. `maria.keller from AS64507 ExampleVPN`'),
  actorId: z.string().nullable(),
  actorLabel: z.string().nullable(),
  asNumber: z.number().nullable(),
  asOrg: z.string().nullable(),
  range: z.string().nullable(),
  tokenId: z.string().nullable(),
  reason: z.enum(SUPPRESSION_REASONS),
  note: z.string().nullable(),
  signalId: Id.nullable().describe('The signal it was made from'),
  state: z.enum(SUPPRESSION_STATES),
  startsAt: Instant.describe('Event time from which it covers'),
  endsAt: Instant,
  endedAt: Instant.nullable(),
  endedByName: z.string().nullable(),
  createdAt: Instant,
  ownerId: z.string(),
  ownerName: z.string(),
  hidden: z.int().describe('Findings hidden so far'),
  hiddenToday: z.int().describe('Of the last 24 hours; counting stops at 1,000'),
  lastMatchAt: Instant.nullable(),
})
export type SuppressionView = z.infer<typeof SuppressionView>

/** One signal of the last 30 days as a suppression would have left it. */
export const PreviewSignal = z.object({
  id: Id,
  reference: z.string(),
  severity: z.enum(['medium', 'high']),
  ip: z.string(),
  actorLogin: z.string().nullable(),
  verdict: z.string().nullable().describe('The verdict in force'),
  lastSeen: Instant,
  isHidden: z
    .boolean()
    .describe('True where every finding would have been hidden; else it would have been shown still'),
  why: z.string().describe('Why it would have been shown still; empty where it would not'),
})
export type PreviewSignal = z.infer<typeof PreviewSignal>

export const SuppressionOption = z.object({
  scope: z.enum(SUPPRESSION_SCOPES),
  label: z.string(),
  range: z.string().nullable(),
  tokenId: z.string().nullable(),
  isAllowed: z.boolean(),
  reason: z.string().nullable().describe('Why it is not allowed, and who may'),
  maxDays: z.int(),
  hidden: z.int().describe('Signals of the last 30 days it would have hidden'),
  hiddenHigh: z.int(),
  signals: z.array(PreviewSignal).describe('Newest first, at most 50'),
  total: z.int().describe('Signals it is about, hidden or still shown; at most 1,000 are looked at'),
})
export type SuppressionOption = z.infer<typeof SuppressionOption>

export const SuppressionOptions = z.object({
  windowDays: z.int(),
  options: z.array(SuppressionOption),
  default: z.enum(SUPPRESSION_SCOPES),
})
export type SuppressionOptions = z.infer<typeof SuppressionOptions>

export const previewSuppressionEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/signals/{signalId}/suppression-options',
  summary: 'What could be suppressed from a signal, and what each would have hidden in the last 30 days',
  permission: 'suppressions:read',
  params: z.object({ signalId: z.coerce.number<string>().int().positive().max(2_147_483_647) }),
  query: z.object({ range: z.string().min(1).max(60).optional().describe('The block that `user_ip` should name') }),
  response: SuppressionOptions,
})

export const listSuppressionsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/suppressions',
  summary: 'Suppressions with what they hid: active and expiring first, by their end',
  permission: 'suppressions:read',
  query: z.object({
    state: z.array(z.enum(SUPPRESSION_STATES)).optional().describe('None: every state'),
    q: z.string().max(200).regex(STORABLE).optional().describe('Part of what it names, its owner or its number'),
    actorId: z.string().max(200).regex(STORABLE).optional(),
    ip: z.string().max(60).optional().describe('Only those that name this address or a block around it'),
    asNumber: z.coerce
      .number<string>()
      .int()
      .min(0)
      .max(4_294_967_295)
      .optional()
      .describe('Those that name this network; with `ip`, those that name either'),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number<string>().int().min(1).max(200).default(100),
  }),
  response: z.object({
    suppressions: z.array(SuppressionView),
    nextCursor: z.string().nullable(),
    counts: z
      .record(z.enum(SUPPRESSION_STATES), z.int())
      .describe('By state, as far as the other filters let them through'),
  }),
})
export type SuppressionList = z.output<typeof listSuppressionsEndpoint.response>

export const createSuppressionEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/suppressions',
  summary: 'Suppresses expected activity, from a signal',
  permission: 'suppressions:write',
  body: SuppressionDraft.extend({ signalId: Id }),
  response: SuppressionView,
})

export const HiddenFindingView = z.object({
  eventUuid: z.string(),
  suppressionId: Id,
  at: Instant,
  eventType: z.string(),
  severity: z.enum(['medium', 'high']),
  ip: z.string(),
  actorId: z.string(),
  actorLogin: z.string().nullable(),
})
export type HiddenFindingView = z.infer<typeof HiddenFindingView>

export const SuppressionDetail = SuppressionView.extend({
  evidence: z
    .array(
      z.object({
        number: z.int(),
        kind: z.string(),
        ref: z.string(),
        step: z.int().nullable(),
        label: z.string(),
        at: Instant.nullable(),
      }),
    )
    .describe('What it was made on'),
  findings: z.array(HiddenFindingView).describe('What it hid, newest first, at most 100'),
  nextCursor: z.string().nullable().describe('For more: `/api/suppressed-findings`'),
  history: z.array(z.object({ at: Instant, actorName: z.string(), sentence: z.string() })).describe('Oldest first'),
  mayEnd: z.boolean(),
  renewal: z
    .object({ isAllowed: z.boolean(), reason: z.string().nullable(), maxDays: z.int() })
    .describe('Whether the caller may renew it; else why not, and who may'),
})
export type SuppressionDetail = z.infer<typeof SuppressionDetail>

export const getSuppressionEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/suppressions/{suppressionId}',
  summary: 'One suppression with what it hid, newest first',
  permission: 'suppressions:read',
  params: SuppressionParams,
  response: SuppressionDetail,
})

export const listSuppressedEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/suppressed-findings',
  summary: 'Findings that suppressions hid, newest first',
  permission: 'suppressions:read',
  query: z.object({
    suppressionId: z.coerce.number<string>().int().positive().max(2_147_483_647).optional(),
    actorId: z.string().min(1).max(200).regex(STORABLE).optional(),
    ip: z.string().min(1).max(60).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number<string>().int().min(1).max(200).default(100),
  }),
  response: z.object({ findings: z.array(HiddenFindingView), nextCursor: z.string().nullable() }),
})
export type HiddenFindingPage = z.output<typeof listSuppressedEndpoint.response>

export const endSuppressionEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/suppressions/{suppressionId}/end',
  summary: 'Ends a suppression now; what it hid stays hidden',
  permission: 'suppressions:write',
  params: SuppressionParams,
  response: SuppressionView,
})

export const renewSuppressionEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/suppressions/{suppressionId}/renew',
  summary:
    'Makes a new suppression of the same target from now on, with a reason of its own; one still in force ends with it',
  permission: 'suppressions:write',
  params: SuppressionParams,
  body: SuppressionDraft.pick({ reason: true, note: true, days: true }),
  response: SuppressionView,
})
