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

/** What an account succeeded at on the days of a window, summed; empty text and 0 stand for what Okta did not give. */
export interface BaselineRows {
  events: number
  networks: Array<{ asNumber: number; asOrg: string; events: number; days: number }>
  countries: Array<{ country: string; events: number }>
  clients: Array<{ os: string; browser: string; events: number }>
  /** Days with a success, oldest first; bit 0 of `hours` is 00:00 to 00:59 UTC. */
  days: Array<{ day: string; hours: number }>
}

/** Successes of an account with one device over one network, ever. */
export interface DeviceUse {
  /** `id:` and the id of a registered device, or `dt:` and the hash of the device-token cookie. */
  device: string
  /** 0 where Okta named none. */
  asNumber: number
  events: number
  firstAt: Date
  lastAt: Date
  isManaged: boolean | null
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
