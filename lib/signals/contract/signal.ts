// What the API says about signals and their events: wire schemas and endpoints. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { CATEGORY_INTENT, INTENTS, INTENT_POLICIES, type Category } from '@/lib/intel/model'
import { EVENT_CLASSES } from '@/lib/okta/model'
import { SETTABLE_STATUSES, SIGNAL_STATUSES, VERDICTS } from '../model'
import { CaseVerdict, PinnedEvidence, SignalNote, StepReview } from './triage'

const PAGE_LIMIT = 200
const NOTE_LIMIT = 2000
/** What PostgreSQL can compare with: any text without NUL. */
const COMPARABLE = /^[^\0]*$/

const Instant = z.iso.datetime().describe('ISO 8601, UTC')
const Severity = z.enum(['medium', 'high'])
const Kind = z.enum(['api_token', 'interactive_login', 'session_activity'])
const Status = z.enum(SIGNAL_STATUSES)
const RuleCase = z.union([z.literal(1), z.literal(2), z.literal(3)])
const Id = z.int().positive()
const IdInPath = z.coerce.number<string>().int().positive().max(2_147_483_647)
const Cursor = z.string().max(500).describe('`nextCursor` of the page before')

const Token = z.object({ id: z.string(), kind: z.enum(['ssws', 'oauth', 'unknown']), clientId: z.string().nullable() })

/** The account (or app) that acted. */
const SignalActor = z.object({
  id: z.string(),
  /** Mostly the e-mail address. */
  login: z.string().nullable(),
  name: z.string().nullable(),
  type: z.string().nullable(),
})

/** One row of the queue. */
export const SignalListItem = z.object({
  id: Id,
  reference: z.string().describe('The number people use, e.g. SIG-1042'),
  severity: Severity,
  kind: Kind,
  status: Status,
  ruleCase: RuleCase,
  title: z.string().describe('What happened, in a few words'),
  why: z.string().describe('Categories and feeds that flag the address'),
  actor: SignalActor,
  ip: z.string(),
  asNumber: z.number().nullable(),
  asOrg: z.string().nullable(),
  country: z.string().nullable(),
  firstSeen: Instant,
  lastSeen: Instant,
  eventCount: z.int(),
  tokens: z.array(Token),
  isRetroactive: z.boolean().describe('Raised from stored events by intelligence learned later'),
  intelWithdrawnAt: Instant.nullable().describe('Since when no live intelligence flags the address any more'),
  openedAt: Instant,
  updatedAt: Instant,
  version: z
    .int()
    .describe('Raised by every change of status or verdict, and by becoming HIGH; send it back with a change'),
  verdict: z.enum(VERDICTS).nullable().describe('The verdict in force'),
  claim: z
    .object({ byId: z.string(), byName: z.string(), expiresAt: Instant })
    .nullable()
    .describe('Who works on it; null once it expired'),
})
export type SignalListItem = z.infer<typeof SignalListItem>

export const SignalFacets = z.object({
  severity: z.record(Severity, z.int()).describe('Per severity, under the other filters'),
  status: z.record(Status, z.int()).describe('Per status, under the other filters'),
})
export type SignalFacets = z.infer<typeof SignalFacets>

export const SignalPage = z.object({
  signals: z.array(SignalListItem),
  nextCursor: z.string().nullable(),
  facets: SignalFacets,
  /** Signals that the filters let through, on all pages. */
  total: z.int(),
})
export type SignalPage = z.infer<typeof SignalPage>

/** A stored indicator as it was known when the event was judged. */
const Match = z.object({
  indicatorId: z.number(),
  feedId: z.string(),
  feedName: z.string(),
  range: z.string(),
  category: z.enum(Object.keys(CATEGORY_INTENT) as [Category, ...Category[]]),
  intent: z.enum(INTENTS),
  confidence: z.number(),
  source: z.string().nullable(),
  validFrom: z.string(),
  knownFrom: z.string(),
  ip: z.string(),
  hop: z.int().describe('0: the client address; n: the n-th further hop of the request, evidence only'),
})

/** What one feed said, most telling category first. */
export const FeedOpinion = z.object({
  feedId: z.string(),
  feedName: z.string(),
  /** False where the feed only knows a deeper hop, or nothing that the policy counts. */
  isFlagging: z.boolean(),
  matches: z.array(Match),
})
export type FeedOpinion = z.infer<typeof FeedOpinion>

export const ConditionView = z.object({
  name: z.enum(['event_type', 'outcome', 'client_ip', 'actor', 'intelligence', 'case']),
  passed: z.boolean(),
  value: z.string(),
})
export type ConditionView = z.infer<typeof ConditionView>

/** One event of a signal; its JSON is at /api/events/{uuid}. */
export const SignalEventItem = z.object({
  uuid: z.string(),
  published: Instant,
  eventType: z.string(),
  outcome: z.string(),
  ruleCase: RuleCase,
  token: Token.nullable(),
  sessionId: z.string().nullable(),
  asNumber: z.number().nullable(),
  asOrg: z.string().nullable(),
  country: z.string().nullable(),
  isRetroactive: z.boolean(),
  decidedAt: Instant,
})
export type SignalEventItem = z.infer<typeof SignalEventItem>

export const SignalEventPage = z.object({ events: z.array(SignalEventItem), nextCursor: z.string().nullable() })
export type SignalEventPage = z.infer<typeof SignalEventPage>

/** Who did what to the signal, when. */
export const HistoryEntry = z.object({
  at: Instant,
  actor: z.object({ kind: z.enum(['user', 'api_key', 'system', 'command']), id: z.string(), name: z.string() }),
  action: z.string(),
  text: z.string().describe('The entry as a sentence without its subject, e.g. "changed status from open to closed"'),
  from: z.string().nullable(),
  to: z.string().nullable(),
  note: z.string().nullable(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const SignalLink = z.object({ id: Id, reference: z.string(), status: Status, severity: Severity })
export type SignalLink = z.infer<typeof SignalLink>

/** Another signal of the same account or address, and what was decided on it. */
export const SimilarSignal = SignalLink.extend({
  title: z.string(),
  verdict: z.enum(VERDICTS).nullable(),
  decidedByName: z.string().nullable(),
  lastSeen: Instant,
  shares: z.array(z.enum(['account', 'ip', 'network'])).describe('What it has in common'),
})
export type SimilarSignal = z.infer<typeof SimilarSignal>

export const SignalDetail = SignalListItem.extend({
  sentence: z.string().describe('What happened, whole'),
  ruleId: z.string(),
  ruleVersion: z.int(),
  intentPolicy: z.enum(INTENT_POLICIES),
  policyVersion: z.int(),
  raisedAt: Instant.nullable(),
  sessions: z.array(z.string()),
  /** The event that decided the case: strongest, then first. */
  decidingEventUuid: z.string().nullable(),
  conditions: z.array(ConditionView),
  /** As known when the events were judged, not as it is now. */
  intelligence: z.array(FeedOpinion),
  events: SignalEventPage,
  history: z.array(HistoryEntry),
  follows: SignalLink.nullable().describe('The closed signal of the same account and address that this one came after'),
  followedBy: z.array(SignalLink),
  mergedInto: SignalLink.nullable(),
  merged: z.array(SignalLink),
  duplicateOf: SignalLink.nullable(),
  verdicts: z.array(CaseVerdict).describe('Every verdict ever given, newest first; at most one is in force'),
  evidence: z.array(PinnedEvidence).describe('Pinned and not removed, by number'),
  notes: z.array(SignalNote).describe('Newest first'),
  reviews: z.array(StepReview),
  similar: z.array(SimilarSignal).describe('Newest first, at most ten'),
})
export type SignalDetail = z.infer<typeof SignalDetail>

/** A change by a person, based on the version they saw. Closing takes a verdict. */
export const SignalChange = z.object({
  status: z.enum(SETTABLE_STATUSES),
  note: z.string().trim().min(1).max(NOTE_LIMIT).optional(),
  version: z.int().positive(),
})
export type SignalChange = z.infer<typeof SignalChange>

/** One stored event with its exact JSON text. */
export const EventDetail = z.object({
  uuid: z.string(),
  published: Instant,
  receivedAt: Instant.nullable().describe('Null where only the copy kept as evidence is left'),
  eventType: z.string(),
  outcome: z.string().nullable(),
  eventClass: z.enum(EVENT_CLASSES).describe('What an event of its type does'),
  actor: SignalActor.extend({ id: z.string().nullable() }),
  clientIp: z.string().nullable(),
  ipChain: z.array(z.string()).describe('Every address of the request, the client first'),
  asNumber: z.number().nullable(),
  asOrg: z.string().nullable(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  os: z.string().nullable(),
  browser: z.string().nullable(),
  deviceId: z.string().nullable(),
  isManaged: z.boolean().nullable().describe('Whether Okta calls the device managed'),
  sessionId: z.string().nullable(),
  rootSessionId: z.string().nullable(),
  token: Token.nullable(),
  signalId: Id.nullable().describe('The signal that rests on this event'),
  raw: z.string().describe('As received, byte for byte'),
})
export type EventDetail = z.infer<typeof EventDetail>

const SignalParams = z.object({ signalId: IdInPath })

export const listSignalsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/signals',
  summary: 'Signals of the queue: HIGH first, then newest last event; open and in review unless told',
  permission: 'signals:read',
  query: z.object({
    severity: z.array(Severity).optional(),
    status: z.array(Status).optional(),
    q: z
      .string()
      .trim()
      .max(200)
      .regex(COMPARABLE)
      .optional()
      .describe('Part of account, address, token id, or a number such as SIG-1042'),
    cursor: Cursor.optional(),
    limit: z.coerce.number<string>().int().min(1).max(PAGE_LIMIT).default(50),
  }),
  response: SignalPage,
})

export const getSignalEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/signals/{signalId}',
  summary: 'One signal: conditions, intelligence as known then, first events, history',
  permission: 'signals:read',
  params: SignalParams,
  response: SignalDetail,
})

export const changeSignalEndpoint = defineEndpoint({
  method: 'PATCH',
  path: '/api/signals/{signalId}',
  summary: 'Changes the status of a signal; refused with 409 when somebody else changed it first',
  permission: 'signals:write',
  params: SignalParams,
  body: SignalChange,
  response: SignalDetail,
})

export const listSignalEventsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/signals/{signalId}/events',
  summary: 'Events of a signal, oldest first',
  permission: 'signals:read',
  params: SignalParams,
  query: z.object({ cursor: Cursor.optional(), limit: z.coerce.number<string>().int().min(1).max(1000).default(200) }),
  response: SignalEventPage,
})

export const getEventEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/events/{uuid}',
  summary: 'One event with its JSON as received',
  permission: 'events:read',
  params: z.object({ uuid: z.string().min(1).max(200).regex(COMPARABLE) }),
  response: EventDetail,
})
