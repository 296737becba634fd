// Nouns of suppressions: activity that is expected until an instant (rule, lines 15 to 17).

/** What a suppression names, narrowest first as far as accounts go. Never a bare address for everybody. */
export const SUPPRESSION_SCOPES = ['user_network', 'user_ip', 'org_network', 'token'] as const
export type SuppressionScope = (typeof SUPPRESSION_SCOPES)[number]

/** Why activity is expected. Closed list; a note says more. */
export const SUPPRESSION_REASONS = [
  'vpn_confirmed_by_user',
  'vpn_confirmed_by_manager',
  'known_corporate_vpn',
  'privacy_tool',
  'penetration_test',
  'known_automation',
  'other',
] as const
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

/** `ended`: by a person, before its time. `expiring`: active, and ends within three days. */
export const SUPPRESSION_STATES = ['active', 'expiring', 'expired', 'ended'] as const
export type SuppressionState = (typeof SUPPRESSION_STATES)[number]

export const DEFAULT_DAYS = 30
export const MAX_DAYS = 90
/** Of those that hide HIGH (rule, line 17). */
export const MAX_TOKEN_DAYS = 30
/** The owner is reminded so long before the end, and the state says `expiring`. */
export const EXPIRING_DAYS = 3
/** The widest blocks that a suppression may name; anything wider is a network. */
export const WIDEST_PREFIX = { 4: 24, 6: 48 } as const

/** What a suppression is made from: a signal as `lib/signals` has it fits. */
export interface SuppressibleSignal {
  id: number
  ip: string
  actorId: string
  actorLogin: string | null
  actorName: string | null
  asNumber: number | null
  asOrg: string | null
  tokens: readonly { id: string }[]
  firstSeen: Date
}

/** Evidence that a suppression was made on, as pinned to the signal. */
export interface SuppressionEvidence {
  number: number
  kind: string
  ref: string
  step: number | null
  label: string
  at: string | null
}

/** What a suppression names: a finding is covered when it equals every column that is not null. */
export interface SuppressionTarget {
  scope: SuppressionScope
  actorId: string | null
  asNumber: number | null
  range: string | null
  tokenId: string | null
}

/** A stored suppression. */
export interface Suppression {
  orgId: string
  id: number
  scope: SuppressionScope
  actorId: string | null
  actorLabel: string | null
  asNumber: number | null
  asOrg: string | null
  /** Canonical CIDR or address. */
  range: string | null
  tokenId: string | null
  reason: SuppressionReason
  note: string | null
  signalId: number | null
  /** Event times: it covers [startsAt, end), where the end is `endedAt` if set, else `endsAt`. */
  startsAt: Date
  endsAt: Date
  createdAt: Date
  ownerId: string
  ownerName: string
  endedAt: Date | null
  endedByName: string | null
  hidden: number
  lastMatchAt: Date | null
}

/** The number people use, e.g. `SUP-44`. */
export function suppressionReference(id: number): string {
  return `SUP-${id}`
}
