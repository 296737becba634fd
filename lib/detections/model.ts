// Nouns of the rule: its version, its cases, findings, and why an event raised none.
import type { Category, IntelMatch, IntentPolicy } from '@/lib/intel/model'
import type { LogEvent, TokenKind } from '@/lib/okta/model'

export const RULE_ID = 'okta-activity-from-malicious-ip'
/** Raised whenever the rule could judge a stored event differently. */
export const RULE_VERSION = 1

export type Severity = 'medium' | 'high'
export type SignalKind = 'api_token' | 'interactive_login' | 'session_activity'

/** Ordered cases of section 2: the first that matches decides severity and kind. */
export type RuleCase = 1 | 2 | 3

export const CASES: Readonly<Record<RuleCase, { severity: Severity; kind: SignalKind }>> = {
  1: { severity: 'high', kind: 'api_token' },
  2: { severity: 'medium', kind: 'interactive_login' },
  3: { severity: 'medium', kind: 'session_activity' },
}

/** Settings of the rule for one org. */
export interface RuleSettings {
  intentPolicy: IntentPolicy
  policyVersion: number
  /** Count `ALLOW` as success, for API activity only (rule, line 1). */
  isAllowSuccess: boolean
  keepAliveSeconds: number
  maxDurationSeconds: number
}

/** What the rule reads of an event; a stored finding gives the same, so that it can be judged again for a reader. */
export type JudgedEvent = Pick<
  LogEvent,
  | 'uuid'
  | 'published'
  | 'eventType'
  | 'outcome'
  | 'actorId'
  | 'actorLogin'
  | 'actorName'
  | 'actorType'
  | 'clientIp'
  | 'asNumber'
  | 'asOrg'
  | 'country'
  | 'tokenId'
  | 'tokenClientId'
  | 'sessionId'
>

/** A token seen on a signal. */
export interface TokenUse {
  id: string
  kind: TokenKind
  clientId: string | null
}

/** An event that met the rule: what the fold turns into signals. */
export interface Finding {
  eventUuid: string
  published: Date
  eventType: string
  /** `SUCCESS`, or `ALLOW` where the org counts it. */
  outcome: string
  ruleCase: RuleCase
  /** Group, with the org: the flagged address and the actor. */
  ip: string
  actorId: string
  actorLogin: string | null
  actorName: string | null
  actorType: string | null
  asNumber: number | null
  asOrg: string | null
  country: string | null
  token: TokenUse | null
  sessionId: string | null
  /** Every match of every hop; those with hop 0 that the policy flags are why it fired. */
  matches: IntelMatch[]
}

/** Why an event raised no finding. Closed list: each drop is counted by it. */
export type NoFindingReason =
  /** Rate-limit and operational events, ThreatInsight (rule, line 3). */
  | 'noise_event_type'
  | 'not_successful'
  | 'no_client_ip'
  | 'no_actor'
  /** No indicator covers the address. */
  | 'not_listed'
  /** Listed only deeper in the chain (rule, line 4). */
  | 'listed_only_in_chain'
  /** Listed, but not with an intent or category that the policy counts. */
  | 'not_flagged_by_policy'
  /** A benign list covers the address and wins. */
  | 'listed_benign'

/** One ordered condition of the rule as it turned out for an event. */
export interface Condition {
  /** Machine word, stable. */
  name: 'event_type' | 'outcome' | 'client_ip' | 'actor' | 'intelligence' | 'case'
  passed: boolean
  /** What was compared, in words, e.g. `outcome is SUCCESS`. */
  value: string
}

export type Judgement =
  | { status: 'finding'; finding: Finding; conditions: Condition[] }
  | { status: 'none'; reason: NoFindingReason; conditions: Condition[]; categories: Category[] }
