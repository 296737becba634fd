// Nouns of the runbook: its six steps, what they answer, and the facts they read.

/** The six questions of the rule's runbook, in order. `name` is for rails, `question` for cards. */
export const STEPS = [
  { step: 1, name: 'IP intelligence', question: 'Is the IP known to be bad?' },
  { step: 2, name: 'Legitimate reason', question: 'Could this be legitimate?' },
  { step: 3, name: 'What followed', question: 'What happened afterwards?' },
  { step: 4, name: 'API token', question: 'Was an API token involved?' },
  { step: 5, name: 'Sign-in changes', question: 'Did sign-in methods change?' },
  { step: 6, name: 'Other accounts', question: 'Which other accounts used this IP?' },
] as const

export type StepNumber = (typeof STEPS)[number]['step']

/** Whether a feed listed an address at some instant; `unknown` where we had not read the feed by then. */
export const LISTINGS = ['listed', 'not_listed', 'unknown'] as const
export type Listing = (typeof LISTINGS)[number]

/** What a step comes to. `no` is allowed only where the whole window is stored and every source of it was healthy. */
export const ANSWERS = ['yes', 'no', 'cannot_tell'] as const
export type Answer = (typeof ANSWERS)[number]

/** How strongly a step speaks for malicious use: the fixed scale of uncertainty words, weakest first. */
export const WEIGHTS = ['none', 'possible', 'likely', 'confirmed'] as const
export type Weight = (typeof WEIGHTS)[number]

/** One signed reason of the VPN likelihood. */
export interface Contribution {
  /** Stable, e.g. `known_device`. */
  id: string
  /** What was found, e.g. `Same managed device as on 41 days before`. */
  label: string
  /** Above zero speaks for a legitimate VPN or privacy tool. */
  points: number
}

/** An instant range that was searched. */
export interface SearchWindow {
  from: Date
  to: Date
}

/** Columns of an event that the steps use. */
export interface EventRow {
  uuid: string
  published: Date
  eventType: string
  outcome: string | null
  actorId: string | null
  actorLogin: string | null
  ip: string | null
  sessionId: string | null
  rootSessionId: string | null
  tokenId: string | null
  asNumber: bigint | null
  asOrg: string | null
  country: string | null
  os: string | null
  browser: string | null
  deviceId: string | null
  dtHash: string | null
  targetIds: string[]
}

/** An event with its text, from which the names of its targets are read. */
export interface EventTextRow extends EventRow {
  /** Null where it is longer than 64 KiB. */
  raw: string | null
}

/** What the newest 5,000 events of an account before an instant say about its devices and hours. */
export interface RecentUse {
  events: number
  from: Date | null
  sameDevice: number
  sameAddress: number
  /** `[hour of the week, UTC, Monday 00:00 is 0, events]`. */
  hours: Array<[number, number]>
}

/** Events of an account by network, country and client, summed over the days of a window. */
export interface NetworkUse {
  asNumber: bigint
  asOrg: string
  country: string
  os: string
  browser: string
  events: number
}

/** Calls with a token from one address. */
export interface TokenUseRow {
  ip: string
  calls: number
  firstAt: Date
  lastAt: Date
  days: Array<{ day: string; calls: number }>
}

/** One account that used an address. */
export interface AccountUse {
  actorId: string
  login: string | null
  name: string | null
  successes: number
  failures: number
  firstAt: Date
  lastAt: Date
  openSignalIds: number[]
}
