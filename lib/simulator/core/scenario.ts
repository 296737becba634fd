// What a scenario is, and the addresses that belong to one.
import type { EventPlan } from './plan-event'

export type ScenarioId = 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'S7' | 'S8' | 'S9'

/** One signal that must exist, under the policy `malicious+tor` and with all feeds of the simulated org. */
export interface ExpectedSignal {
  ip: string
  actorId: string
  severity: 'medium' | 'high'
  kind: 'api_token' | 'interactive_login' | 'session_activity'
  /** SUCCESS events of the group. */
  eventCount: number
  /** Categories that make it fire. */
  categories: string[]
  /** Minutes after the epoch at which intelligence lists the address; unset where it did so before. */
  listedAfterMinutes?: number
}

/** Verdict that the evidence supports (rule, line 14). */
export type KnownVerdict = 'malicious' | 'benign_expected' | 'benign_vpn' | 'cannot_tell'

export type KnownAnswer = 'yes' | 'no' | 'cannot_tell'

/** What the six questions of the runbook come to for each signal of a scenario, in order, once all of 90 days is read. */
export type KnownAnswers = readonly [KnownAnswer, KnownAnswer, KnownAnswer, KnownAnswer, KnownAnswer, KnownAnswer]

export interface Scenario {
  id: ScenarioId
  name: string
  /** What happened, for a person. */
  story: string
  verdict: KnownVerdict
  answers: KnownAnswers
  expected: ExpectedSignal[]
  events: EventPlan[]
}

/** Addresses of the scenarios, none of which anything else uses. */
export const SCENARIO_IPS = {
  stolenTokenTor: '203.0.113.70',
  stolenTokenFirst: '203.0.113.132',
  stolenTokenSecond: '2001:db8:6660:7::25',
  corporateVpn: '192.0.2.93',
  personalVpn: '203.0.113.21',
  listedLater: '203.0.113.150',
  factorEnrolled: '203.0.113.86',
  spray: '203.0.113.201',
  carrierNat: '198.51.100.9',
  missingData: '203.0.113.158',
} as const

/** Minutes after the epoch at which the malicious list names the address of scenario S5. */
export const LISTED_LATER_MINUTES = 6
