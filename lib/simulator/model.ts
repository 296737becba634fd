// Nouns of the simulated org: the System Log event as JSON, and the faults that tests ask for.

/** Anything JSON can say; odd events need all of it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Which endpoints a fault strikes: a prefix of the path. Default `/api/`, for token faults `/oauth2/`. */
interface FaultScope {
  path?: string
  /** How many requests; default until cleared. */
  times?: number
}

/** Answers that real orgs give on bad days. Each strikes `times` requests, or all until the faults are cleared. */
export type Fault = FaultScope &
  (
    | { kind: 'rate_limited'; /** Seconds from now; negative is in the past. Default 2. */ resetSeconds?: number }
    /** 429 with limit 0, remaining 0 and a reset that is only a suggestion. */
    | { kind: 'concurrency_limited' }
    | { kind: 'unauthorized' }
    | { kind: 'forbidden' }
    | { kind: 'insufficient_scope' }
    | { kind: 'not_found' }
    | { kind: 'server_error' }
    | { kind: 'unavailable' }
    /** No answer until the client gives up or the faults are cleared. */
    | { kind: 'hang' }
    | { kind: 'slow'; milliseconds: number }
    /** A whole answer whose JSON stops half-way. */
    | { kind: 'truncated' }
    /** The connection breaks half-way through the body. */
    | { kind: 'disconnect' }
    | { kind: 'html' }
    | { kind: 'redirect'; location?: string }
    /** The first event of the page appears twice in it. */
    | { kind: 'duplicate_event' }
    /** That many events of the page (default 3) lose their uuid, their instant or their JSON. They are replaced, not added. */
    | { kind: 'malformed_events'; count?: number }
    | { kind: 'foreign_next'; origin?: string }
    /** A page without a `next` link. */
    | { kind: 'missing_next' }
    /** 400 for any request with a cursor. */
    | { kind: 'cursor_rejected' }
    | { kind: 'invalid_client' }
    /** The token endpoint forgets its nonce and asks for a new one. */
    | { kind: 'new_nonce' }
    /** What happens to lists of intelligence; `path` is `/feeds/` unless told. */
    | { kind: FeedFault }
  )

/** A tenth of it, a web page, nothing, ten times as much, or private addresses in it. */
export const FEED_FAULTS = ['feed_shrink', 'feed_html', 'feed_empty', 'feed_grow', 'feed_bogon'] as const
export type FeedFault = (typeof FEED_FAULTS)[number]

export type FaultKind = Fault['kind']

export const FAULT_KINDS = [
  'rate_limited',
  'concurrency_limited',
  'unauthorized',
  'forbidden',
  'insufficient_scope',
  'not_found',
  'server_error',
  'unavailable',
  'hang',
  'slow',
  'truncated',
  'disconnect',
  'html',
  'redirect',
  'duplicate_event',
  'malformed_events',
  'foreign_next',
  'missing_next',
  'cursor_rejected',
  'invalid_client',
  'new_nonce',
  ...FEED_FAULTS,
] as const satisfies readonly FaultKind[]

/** What the server counted since it started. */
export interface SimulatorStats {
  requests: number
  requestsByPath: Record<string, number>
  statuses: Record<string, number>
  /** Events handed out, with repeats. */
  eventsServed: number
  faultsStruck: number
  /** Events given by `publish` since the start. */
  published: number
}
