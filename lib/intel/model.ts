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
