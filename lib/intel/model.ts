// Nouns of threat intelligence: categories, intents, policies, indicators, matches.

export const INTENTS = ['malicious', 'suspicious', 'benign', 'unknown'] as const
export type Intent = (typeof INTENTS)[number]

/** Categories and the intent that entries of each have unless a feed says otherwise. */
export const CATEGORY_INTENT = {
  malicious: 'malicious',
  tor: 'suspicious',
  vpn: 'suspicious',
  residential_proxy: 'suspicious',
  /** Anonymising proxy. */
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
  /** Offices, gateways and secure web gateways of the company. */
  corporate_egress: 'benign',
  /** Ranges of cloud providers: where something runs, not who runs it, so they neither flag nor clear (decision 007). */
  cloud: 'unknown',
  crawler: 'benign',
  private_relay: 'benign',
} as const satisfies Record<string, Intent>

export type Category = keyof typeof CATEGORY_INTENT
export const CATEGORIES = Object.keys(CATEGORY_INTENT) as Category[]

/** Which matches count as flagged (rule, line 2); names as in the database, the API and on screen. */
export const INTENT_POLICIES = ['malicious', 'malicious+tor', 'malicious+suspicious'] as const
export type IntentPolicy = (typeof INTENT_POLICIES)[number]

/** What a feed is there for: to flag, to clear, or to name (cloud ranges), which does neither (decision 007). */
export const FEED_ROLES = ['threat', 'allow', 'context'] as const
export type FeedRole = (typeof FEED_ROLES)[number]

/** One live entry of a feed, as the index holds it. */
export interface Indicator {
  id: number
  feedId: string
  feedName: string
  /** Canonical CIDR or address, host bits zero, e.g. `203.0.113.0/24`, `2001:db8::1`; `AS64500` for an autonomous system. */
  range: string
  category: Category
  intent: Intent
  /** 0 to 100. */
  confidence: number
  source: string | null
  validFrom: Date
  /** When it ends by itself; null for most. Events from then on do not match. */
  validTo: Date | null
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
  /** The address that matched; for an autonomous system, the address of the client. */
  ip: string
  /** 0 for `client.ipAddress`; n for the n-th further hop of `request.ipChain`, which is evidence and never triggers. */
  hop: number
}

/** How the content of a feed is written; each is read by a file of its own, `core/parse-<name>.ts`. */
export const FEED_FORMATS = [
  /** One address or CIDR a line: Tor bulk exit list, FireHOL netsets, X4BNet, blocklist.de, … */
  'list',
  /** CSV or TSV, with a column map in `options.columns` where the header does not say enough. */
  'csv',
  /** One JSON document, with a path map in `options.paths`. */
  'json',
  /** One JSON value a line, with the same path map. */
  'jsonl',
  'tor_exit_addresses',
  'onionoo',
  'spamhaus_drop',
  /** Autonomous systems. */
  'asn_drop',
  /** Address and number of lists that name it; `options.minScore`. */
  'ipsum',
  'feodo',
  'threatfox',
  'misp_warning_list',
  /** CSV export of MISP attributes. */
  'misp_csv',
  /** `manifest.json` and one file an event. */
  'misp_feed',
  'stix',
  /** TAXII 2.1 collection of STIX 2.1 objects. */
  'taxii',
  /** MaxMind's Anonymous IP database: one entry a flag and network. */
  'mmdb_anonymous',
  /** MaxMind's ASN database: names networks, flags nothing. */
  'mmdb_asn',
  /** IP zones of the org itself, read from Okta; never flags anything, but holds runs that list them. */
  'okta_zones',
] as const
export type FeedFormat = (typeof FEED_FORMATS)[number]

/** The one feed of format `okta_zones`. */
export const ZONES_FEED_ID = 'okta-network-zones'

/** A place in a JSON value: names and `*` for every element, separated by dots, e.g. `prefixes.*` or `ipv4Prefix`. */
export type JsonPath = string

/** Columns or paths of an entry. Several addresses may be named: each gives an entry of its own. */
export type EntryField = 'address' | 'category' | 'intent' | 'confidence' | 'source' | 'validFrom' | 'validTo'

/** How to read a content whose format leaves something open. Everything is optional. */
export interface FeedOptions {
  /** csv: name in the header, or position from 1. `length` is a column with the prefix length, `last` the end of a range. */
  columns?: Partial<Record<EntryField | 'length' | 'last', string | number>>
  separator?: ',' | ';' | '\t' | ' ' | '|'
  /** json: `entries` leads to the elements, the others start at an element (`''` is the element itself). */
  paths?: Partial<Record<EntryField, JsonPath | JsonPath[]>> & { entries?: JsonPath }
  /** Only entries whose field has one of the values, e.g. `{ "service": ["S3"] }`; csv and json. */
  only?: Record<string, string[]>
  /** What their words for a category mean here, e.g. `{ "botnet_cc": "command_and_control" }`. */
  categories?: Record<string, Category>
  /** ipsum: least number of lists, default 3. */
  minScore?: number
}

/** Why a line of a feed was left out. Closed list: each is counted per run. */
export const REJECT_REASONS = [
  /** No address where one was expected; leading zeros, zones and names are none. */
  'malformed_address',
  /** The part after the slash is no prefix length of that kind of address. */
  'malformed_length',
  /** Private, loopback, carrier NAT, multicast or reserved: would match nobody outside. */
  'not_public',
  /** Wider than /8 or, for IPv6, /16: would flag whole continents. `0.0.0.0/0` and `::/0` are too. */
  'too_wide',
  /** More than 4,096 characters; of JSON, more than 2^20. */
  'too_long',
  /** A quote of a CSV row does not close on its line. */
  'malformed_quotes',
  /** A row without the column of the address, or an element without one. */
  'missing_address',
  'unknown_category',
  'unknown_intent',
  /** Not a number from 0 to 100. */
  'invalid_confidence',
  /** Not a date and time, or an end before its begin. */
  'invalid_time',
  /** Not a JSON value, or not of the shape the format has. */
  'malformed_json',
  /** A STIX pattern that is not understood, or that demands more than an address. */
  'unsupported_pattern',
  /** No number of an autonomous system. */
  'malformed_as_number',
  /** Its validity is over already. */
  'ended',
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
  /** Canonical, see `Indicator.range`; `AS64500` for an autonomous system. */
  range: string
  category: Category
  intent: Intent
  confidence: number
  source: string | null
  /** Since when the feed says so itself; null means since we read it. Only what comes first is kept. */
  validFrom: Date | null
  /** When the entry ends by itself; null for most. */
  validTo: Date | null
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
  /** Several from one line, e.g. the CIDRs of a range or both addresses of a relay; some of them may be left out. */
  | { status: 'entries'; entries: FeedEntry[]; rejected?: ReadonlyArray<Pick<RejectedLine, 'reason' | 'text'>> }
  /** Blank, comment or header, or not asked for by the options. */
  | { status: 'skipped' }
  | { status: 'rejected'; reason: RejectReason }

export const FEED_RUN_RESULTS = ['changed', 'unchanged', 'not_modified', 'failed', 'held'] as const
export type FeedRunResult = (typeof FEED_RUN_RESULTS)[number]

/** Why a run is held. Closed list; those in `TOLERABLE` may be switched off per feed. */
export const HOLD_CODES = [
  /** Less than half of what it listed. */
  'shrunk',
  /** Ten times what it listed, or more. */
  'grown',
  'empty',
  /** Nothing to accept. */
  'web_page',
  /** No line of it is an address; nothing to accept. */
  'unusable',
  /** `0.0.0.0/0`, `::/0`, or prefixes shorter than /8 or /16 (IPv6); left out, the rest can be accepted. */
  'too_wide',
  /** Private, reserved or carrier-NAT addresses; left out, the rest can be accepted. */
  'bogon',
  /** Addresses of the org itself: its Okta zones, its offices. */
  'own_network',
] as const
export type HoldCode = (typeof HOLD_CODES)[number]
export const TOLERABLE: readonly HoldCode[] = ['shrunk', 'grown', 'empty', 'too_wide', 'bogon', 'own_network']

/** One reason for which a run waits for a person. */
export interface HoldReason {
  code: HoldCode
  /** A sentence for an operator. */
  message: string
  /** Entries concerned; 0 where it is about the whole. */
  count: number
  /** At most 20 of the entries concerned. */
  samples: string[]
}

export const RUN_DECISIONS = ['accepted', 'rejected', 'superseded'] as const
export type RunDecision = (typeof RUN_DECISIONS)[number]

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
  /** Distinct entries of the content; 0 where there was none. */
  entries: number
  /** Of the decompressed content. */
  bytes: number
  /** Empty unless the result is or was `held`. */
  holdReasons: HoldReason[]
  /** Null while a held run waits, and for runs that were never held. */
  decision: RunDecision | null
  decidedBy: string | null
  decidedAt: Date | null
}

/** A run as it is stored. */
export interface StoredFeedRun extends FeedRun {
  runId: string
}

/** How a feed is asked with a secret. */
export const CREDENTIALS_KINDS = [
  /** User name and password. */
  'basic',
  /** `Authorization: Bearer …` */
  'bearer',
  /** A header of its own, e.g. `Auth-Key`. */
  'header',
  /** Replaces `{key}` in the address. */
  'url',
] as const
export type CredentialsKind = (typeof CREDENTIALS_KINDS)[number]

/** A secret in the clear; exists only between unsealing and the request. */
export type Credentials =
  | { kind: 'basic'; username: string; password: string }
  | { kind: 'bearer'; token: string }
  | { kind: 'header'; name: string; value: string }
  | { kind: 'url'; key: string }

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
  options: FeedOptions
  /** Null for a feed that needs no secret; the secret itself is never here. */
  credentialsKind: CredentialsKind | null
  terms: string | null
  catalogueId: string | null
  tolerates: HoldCode[]
  /** Where reading of a collection stands. */
  position: string | null
}

/** What the runs of a feed on one UTC day came to. */
export interface FeedDay {
  /** `2026-11-22`. */
  day: string
  changed: number
  unchanged: number
  failed: number
  held: number
  added: number
  removed: number
}

export const LOOKUP_PROVIDERS = ['abuseipdb', 'greynoise', 'internetdb', 'tor_history'] as const
export type LookupProvider = (typeof LOOKUP_PROVIDERS)[number]

/** What a provider answered, in our words. */
export interface LookupAnswer {
  /** `not_found` is an answer: the provider never saw the address. */
  result: 'found' | 'not_found' | 'failed'
  /** One plain sentence, e.g. `Score 100, 412 reports, last 22 Nov 2026`. For `failed`: what went wrong and what to do. */
  summary: string
  /** Named values, in the order of importance. */
  facts: Array<{ label: string; value: string }>
}

/** An indicator that held at an instant, as it was known at another. */
export interface KnownIndicator {
  feedId: string
  /** Canonical range, or `AS64500`. */
  range: string
  category: Category
  intent: Intent
  confidence: number
  source: string | null
  validFrom: Date
  /** As known then; null where no end was known. */
  validTo: Date | null
  knownFrom: Date
}

/** One indicator that covers the address (or its autonomous system), live or closed. */
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
    .replace(/^-/, '')
    .slice(0, 60)
    .replace(/-$/, '')
}
