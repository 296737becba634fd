// Nouns of threat intelligence: categories, intents, policies, indicators, matches.

export const INTENTS = ['malicious', 'suspicious', 'benign', 'unknown'] as const
export type Intent = (typeof INTENTS)[number]

/** Categories and the intent that entries of each have unless a feed says otherwise. */
export const CATEGORY_INTENT = {
  malicious: 'malicious',
  tor: 'suspicious',
  vpn: 'suspicious',
  residential_proxy: 'suspicious',
  proxy: 'suspicious',
  hosting: 'suspicious',
  scanner: 'suspicious',
  brute_force: 'malicious',
  botnet: 'malicious',
  malware: 'malicious',
  command_and_control: 'malicious',
  spam: 'unknown',
  bogon: 'unknown',
  benign: 'benign',
} as const satisfies Record<string, Intent>

export type Category = keyof typeof CATEGORY_INTENT
export const CATEGORIES = Object.keys(CATEGORY_INTENT) as Category[]

/** Which matches count as flagged (rule, line 2); names as in the database, the API and on screen. */
export const INTENT_POLICIES = ['malicious', 'malicious+tor', 'malicious+suspicious'] as const
export type IntentPolicy = (typeof INTENT_POLICIES)[number]

/** One live entry of a feed, as the index holds it. */
export interface Indicator {
  id: number
  feedId: string
  feedName: string
  /** Canonical CIDR or address, host bits zero, e.g. `203.0.113.0/24`, `2001:db8::1`. */
  range: string
  category: Category
  intent: Intent
  /** 0 to 100. */
  confidence: number
  source: string | null
  validFrom: Date
  knownFrom: Date
}

/**
 * An indicator that covers an address of an event, as it was known when the event was judged. Stored as JSON on findings and
 * signals, so instants are ISO 8601 text.
 */
export interface IntelMatch {
  indicatorId: number
  feedId: string
  feedName: string
  range: string
  category: Category
  intent: Intent
  confidence: number
  source: string | null
  validFrom: string
  knownFrom: string
  /** The address that matched. */
  ip: string
  /** 0 for `client.ipAddress`; n for the n-th further hop of `request.ipChain`, which is evidence and never triggers. */
  hop: number
}

export const FEED_FORMATS = ['list', 'csv'] as const
export type FeedFormat = (typeof FEED_FORMATS)[number]

/** Why a line of a feed was left out. Closed list: each is counted per run. */
export const REJECT_REASONS = [
  /** No address where one was expected; leading zeros, zones and names are none. */
  'malformed_address',
  /** The part after the slash is no prefix length of that kind of address. */
  'malformed_length',
  /** Private, loopback, carrier NAT, multicast or reserved: would match nobody outside. */
  'not_public',
  /** Wider than /8 or, for IPv6, /19: would flag whole continents. */
  'too_wide',
  /** More than 4,096 characters. */
  'too_long',
  /** A quote of a CSV row does not close on its line. */
  'malformed_quotes',
  /** A CSV row without the column of the address. */
  'missing_address',
  'unknown_category',
  'unknown_intent',
  /** Not a number from 0 to 100. */
  'invalid_confidence',
] as const
export type RejectReason = (typeof REJECT_REASONS)[number]

/** What entries say that name nothing themselves: the settings of their feed. */
export interface FeedDefaults {
  category: Category
  intent: Intent | null
  confidence: number
}

/** One usable entry of a feed. */
export interface FeedEntry {
  /** Canonical, see `Indicator.range`. */
  range: string
  category: Category
  intent: Intent
  confidence: number
  source: string | null
}

/** A line that was left out, kept as a sample for the operator. */
export interface RejectedLine {
  /** From 1. */
  line: number
  reason: RejectReason
  /** At most 200 characters. */
  text: string
}

/** What one line of a feed turned out to be. */
export type LineOutcome =
  | { status: 'entry'; entry: FeedEntry }
  /** Blank, comment or header. */
  | { status: 'skipped' }
  | { status: 'rejected'; reason: RejectReason }

export const FEED_RUN_RESULTS = ['changed', 'unchanged', 'not_modified', 'failed'] as const
export type FeedRunResult = (typeof FEED_RUN_RESULTS)[number]

/** One refresh or import of a feed. */
export interface FeedRun {
  result: FeedRunResult
  startedAt: Date
  finishedAt: Date
  /** Lines that held something: entries and rejected ones, not comments. */
  read: number
  /** Entries that repeat an earlier range and category of the same content. */
  duplicates: number
  added: number
  removed: number
  rejected: number
  rejections: Partial<Record<RejectReason, number>>
  samples: RejectedLine[]
  /** Why it failed, in words for an operator. */
  error: string | null
}

/** A source of intelligence as configured and as it stands. */
export interface Feed {
  orgId: string
  feedId: string
  name: string
  format: FeedFormat
  category: Category
  intent: Intent | null
  confidence: number
  url: string | null
  isEnabled: boolean
  cadenceSeconds: number
  etag: string | null
  lastModified: string | null
  lastSuccessAt: Date | null
  lastAttemptAt: Date | null
  lastChangedAt: Date | null
  entryCount: number
}

/** One indicator that covers the address, live or closed. */
export interface ListedRange {
  range: string
  category: Category
  intent: Intent
  confidence: number
  validFrom: Date
  validTo: Date | null
  knownFrom: Date
  knownTo: Date | null
}

/** One feed and what it said about an address. */
export interface FeedListing {
  feedId: string
  feedName: string
  category: Category
  /** First run that read the feed; null if none ever did. */
  firstReadAt: Date | null
  ranges: ListedRange[]
}

export interface AddressListings {
  feeds: FeedListing[]
  /** Live entries of all feeds inside the /24 or /64 around the address. */
  neighbours: { range: string; entries: number }
}

/** The intent of an entry: its own, else that of its feed, else that of its category. */
export function intentOf(category: Category, feedIntent: Intent | null, ownIntent: Intent | null = null): Intent {
  return ownIntent ?? feedIntent ?? CATEGORY_INTENT[category]
}

/** The id of a feed from its name, e.g. `Tor exits (hourly)` → `tor-exits-hourly`; empty if no letter or digit is left. */
export function feedIdOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}
