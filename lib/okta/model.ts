// Nouns of the System Log: the event in our words, and why one could not be used.

/** Outcomes that Okta documents; others are kept as text. */
export const OUTCOME_SUCCESS = 'SUCCESS'
export const OUTCOME_ALLOW = 'ALLOW'

/**
 * One System Log event, normalised: strings like "null" and "unknown" are null, addresses canonical, instants UTC.
 * The raw JSON travels beside it, see `ParsedEvent`.
 */
export interface LogEvent {
  /** Lower case. */
  uuid: string
  published: Date
  eventType: string
  /** Upper case, e.g. `SUCCESS`; null where Okta gave none. */
  outcome: string | null
  actorId: string | null
  actorType: string | null
  actorLogin: string | null
  actorName: string | null
  /** Canonical IPv4 or IPv6 text; IPv4-mapped IPv6 is IPv4; null when missing, redacted or malformed. */
  clientIp: string | null
  /** Canonical addresses of `request.ipChain` in order (client first), those that are addresses at all. */
  ipChain: string[]
  sessionId: string | null
  rootSessionId: string | null
  transactionId: string | null
  /** `transaction.detail.requestApiTokenId`. */
  tokenId: string | null
  /** `transaction.detail.requestApiTokenClientId`. */
  tokenClientId: string | null
  asNumber: number | null
  asOrg: string | null
  country: string | null
  city: string | null
  /** `device.id` of a registered device. */
  deviceId: string | null
  /** Whether Okta calls that device managed; null where it does not say. */
  isManaged: boolean | null
  os: string | null
  browser: string | null
  dtHash: string | null
  isProxy: boolean | null
  isThreatSuspected: boolean | null
  /** Ids of `target[]`, in order, without duplicates. */
  targetIds: string[]
}

/** An event with the exact text it came as. */
export interface ParsedEvent {
  event: LogEvent
  raw: string
}

/** Why an event went to quarantine. */
export const QUARANTINE_REASONS = [
  /** The text is not JSON. */
  'not_json',
  /** JSON, but not an object. */
  'not_an_object',
  'missing_uuid',
  'missing_event_type',
  /** `published` is missing or no instant. */
  'invalid_published',
  /** `published` is before 2009 or more than a day ahead of our clock. */
  'implausible_published',
  /** More than 1 MiB of text. */
  'too_large',
] as const
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number]

/** An event that could not be used, verbatim. */
export interface RejectedEvent {
  reason: QuarantineReason
  /** What was found, in words, for an operator. */
  detail: string
  raw: string
}

export type ParseOutcome = { status: 'parsed'; parsed: ParsedEvent } | { status: 'rejected'; rejected: RejectedEvent }

/** What an event of some type does, most telling first. */
export const EVENT_CLASSES = [
  'privilege',
  'token',
  'configuration',
  'data_access',
  'password',
  'factor',
  'recovery',
  'account',
  'threat',
  'authentication',
  'session',
  'noise',
  /** Nothing here says what it does: a type that is new, or that no question of the runbook asks for. */
  'uncategorised',
] as const
export type EventClass = (typeof EVENT_CLASSES)[number]

/** Classes that an analyst looks at first: what a thief does once in. */
export const NOTABLE_CLASSES: readonly EventClass[] = [
  'privilege',
  'token',
  'configuration',
  'data_access',
  'password',
  'factor',
  'recovery',
  'account',
  'threat',
]

/** What the rule needs to know of a token (rule, line 6). `00T…` is ssws, `AT.…` is oauth. */
export type TokenKind = 'ssws' | 'oauth' | 'unknown'

/** The kind of API token that an id of `requestApiTokenId` names; the prefixes are observed, only `00T` is documented by Okta. */
export function tokenKind(tokenId: string): TokenKind {
  if (tokenId.startsWith('00T')) return 'ssws'
  if (tokenId.startsWith('AT.')) return 'oauth'
  return 'unknown'
}

/** Why talking to Okta did not work. The health page, logs and tests switch on it. */
export type OktaProblemCode =
  /** Settings are missing or contradict each other. */
  | 'invalid_config'
  | 'unknown_host'
  /** Refused, reset or no route. */
  | 'unreachable'
  | 'tls_failed'
  | 'timeout'
  /** We stopped the request ourselves. */
  | 'aborted'
  /** Answered with a redirect, which is never followed: credentials would go along. */
  | 'redirected'
  | 'unauthenticated'
  /** The token endpoint refuses our client id, key or key id. */
  | 'invalid_client'
  | 'missing_scope'
  | 'missing_role'
  | 'forbidden'
  /** The org lacks the feature (E0000015). */
  | 'feature_unavailable'
  /** The org insists on DPoP and refuses our proofs. */
  | 'dpop_required'
  | 'not_found'
  | 'invalid_request'
  /** 400 or 404 for a saved `next` link: restart by time, with overlap. */
  | 'cursor_rejected'
  | 'rate_limited'
  | 'concurrency_limited'
  | 'server_error'
  | 'not_json'
  | 'truncated'
  | 'too_large'
  /** A `next` link, or a saved one, to another origin. */
  | 'foreign_next_link'

/** A failed exchange with Okta, in words for an operator: what is wrong and what to do. Never holds credentials. */
export interface OktaProblem {
  code: OktaProblemCode
  message: string
  /** True when it may pass by itself; false when a person must change something here or in Okta. */
  isRetryable: boolean
  /** The pause that the answer asks for; null when it says nothing. */
  retryAfterMs: number | null
  httpStatus?: number
  /** Okta's `errorCode`, or the OAuth `error`. */
  errorCode?: string
  /** For Okta's support. */
  errorId?: string
}

/** What is left of the rate limit that an answer belongs to. */
export interface RateBudget {
  limit: number
  remaining: number
  /** By our clock. */
  resetAt: Date
  /** How long polling must pause so that the reserve stays free for interactive use; 0 when it may go on. */
  pollWaitMs: number
}

/** An instant range of which not every event is stored, and why, in words. */
export interface Gap {
  from: Date
  to: Date
  /** A sentence for an analyst, e.g. `Sallyport has read the log only since 22 Nov 2026 08:00 UTC.` */
  reason: string
}

/** Whether every event that Okta logged in a window is stored. */
export interface Coverage {
  isComplete: boolean
  gaps: Gap[]
}

/** What may be asked of Okta about one token or user, read-only. */
export const OKTA_RECORD_KINDS = ['api_token', 'user', 'user_roles', 'user_factors'] as const
export type OktaRecordKind = (typeof OKTA_RECORD_KINDS)[number]

/** `GET /api/v1/api-tokens/{id}`, the fields that the runbook uses. Instants are ISO 8601. */
export interface ApiTokenRecord {
  name: string | null
  userId: string | null
  clientName: string | null
  created: string | null
  /** Appears to follow the last use. */
  lastUpdated: string | null
  expiresAt: string | null
  /** `ANYWHERE`, or the ids of the zones it may be used from; null where Okta gave none. */
  network: { connection: string; include: string[]; exclude: string[] } | null
}

/** `GET /api/v1/users/{id}`. */
export interface UserRecord {
  status: string
  login: string | null
  name: string | null
  department: string | null
  created: string | null
  lastLogin: string | null
  passwordChanged: string | null
}

/** `GET /api/v1/users/{id}/roles`. */
export interface RoleRecord {
  type: string
  label: string
}

/** `GET /api/v1/users/{id}/factors`: only those that the caller may see. */
export interface FactorRecord {
  id: string
  factorType: string
  provider: string
  status: string
  created: string | null
}

/** What is kept of an answer, by what was asked. */
export interface OktaRecordContent {
  api_token: ApiTokenRecord
  user: UserRecord
  user_roles: RoleRecord[]
  user_factors: FactorRecord[]
}

/** One question that Okta can be asked. */
export interface OktaRecordKey {
  kind: OktaRecordKind
  /** Id of the token or the user. */
  subjectId: string
}

/** What Okta last said about one subject. `content` is that of the last good answer, which may be older than the last question. */
export type OktaRecord = {
  [Kind in OktaRecordKind]: {
    kind: Kind
    subjectId: string
    askedAt: Date
    result: 'found' | 'not_found' | 'refused' | 'failed'
    content: OktaRecordContent[Kind] | null
    /** Age of `content`. */
    foundAt: Date | null
    /** What is wrong and what to do, with the missing scope or role by name. */
    problemMessage: string | null
  }
}[OktaRecordKind]
