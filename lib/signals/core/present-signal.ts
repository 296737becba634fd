// Stored signals, findings and history as the API shows them; `contract/signal.ts` has the schemas that these must meet.
import type { AuditEntry } from '@/lib/audit/model'
import { judgeEvent } from '@/lib/detections/core/judge-event'
import type { Condition, Finding, JudgedEvent } from '@/lib/detections/model'
import { flaggedMatches } from '@/lib/intel/core/apply-policy'
import type { IntelMatch, IntentPolicy } from '@/lib/intel/model'
import { OUTCOME_ALLOW } from '@/lib/okta/model'
import { signalReference, type Signal } from '../model'
import { describeEntry } from './describe-history'
import { CATEGORY_WORDS, titleOf, whyOf } from './describe-signal'
import { claimInForce } from './judge-claim'

/** One row of the queue. A claim that expired before `now` is nobody's. */
export function presentSignal(signal: Signal, now: Date) {
  const {
    id,
    severity,
    kind,
    status,
    ruleCase,
    ip,
    asNumber,
    asOrg,
    country,
    eventCount,
    tokens,
    isRetroactive,
    version,
  } = signal
  return {
    id,
    reference: signalReference(id),
    ...{ severity, kind, status, ruleCase },
    title: titleOf(signal),
    why: whyOf(signal),
    actor: { id: signal.actorId, login: signal.actorLogin, name: signal.actorName, type: signal.actorType },
    ...{ ip, asNumber, asOrg, country },
    firstSeen: signal.firstSeen.toISOString(),
    lastSeen: signal.lastSeen.toISOString(),
    ...{ eventCount, tokens, isRetroactive },
    intelWithdrawnAt: signal.intelWithdrawnAt?.toISOString() ?? null,
    openedAt: signal.openedAt.toISOString(),
    updatedAt: signal.updatedAt.toISOString(),
    version,
    verdict: signal.verdict,
    claim: presentClaim(claimInForce(signal, now)),
  }
}

/** Who works on a signal. */
export function presentClaim(claim: Signal['claim']) {
  return claim && { byId: claim.byId, byName: claim.byName, expiresAt: claim.expiresAt.toISOString() }
}

/** A signal that another one names. */
export function presentLink({ id, status, severity }: Signal) {
  return { id, reference: signalReference(id), status, severity }
}

/** One event of a signal. */
export function presentEvent(finding: Finding & { isRetroactive: boolean; decidedAt: Date }) {
  const { eventUuid, eventType, outcome, ruleCase, token, sessionId, asNumber, asOrg, country, isRetroactive } = finding
  return {
    uuid: eventUuid,
    published: finding.published.toISOString(),
    ...{ eventType, outcome, ruleCase, token, sessionId, asNumber, asOrg, country, isRetroactive },
    decidedAt: finding.decidedAt.toISOString(),
  }
}

/** The conditions of the rule as the stored finding met them, with the intelligence it was decided on. */
export function conditionsOf(finding: Finding, intentPolicy: IntentPolicy): Condition[] {
  const settings = { intentPolicy, isAllowSuccess: finding.outcome === OUTCOME_ALLOW }
  return judgeEvent({ event: judgedEventOf(finding), matches: finding.matches, settings }).conditions
}

/** What the rule read of the event of a finding. */
export function judgedEventOf(finding: Finding): JudgedEvent {
  return {
    ...finding,
    uuid: finding.eventUuid,
    clientIp: finding.ip,
    tokenId: finding.token?.id ?? null,
    tokenClientId: finding.token?.clientId ?? null,
  }
}

/** What one feed said. */
interface FeedOpinion {
  feedId: string
  feedName: string
  /** False where the feed only knows a deeper hop, or nothing that the policy counts. */
  isFlagging: boolean
  matches: IntelMatch[]
}

/** What each feed said when the events were judged: flagging feeds first, then by name; most telling category first. */
export function opinionsOf(intelligence: readonly IntelMatch[], intentPolicy: IntentPolicy): FeedOpinion[] {
  const flagged = new Set(flaggedMatches(intelligence, intentPolicy).flagged)
  const feeds = new Map<string, FeedOpinion>()
  for (const match of intelligence) {
    const { feedId, feedName } = match
    const feed = feeds.get(feedId) ?? { feedId, feedName, isFlagging: false, matches: [] }
    feed.isFlagging ||= flagged.has(match)
    feed.matches.push(match)
    feeds.set(feedId, feed)
  }
  const order = Object.keys(CATEGORY_WORDS)
  for (const { matches } of feeds.values()) {
    matches.sort((a, b) => a.hop - b.hop || order.indexOf(a.category) - order.indexOf(b.category))
  }
  return [...feeds.values()].sort(
    (a, b) =>
      Number(b.isFlagging) - Number(a.isFlagging) || (a.feedName < b.feedName ? -1 : a.feedName > b.feedName ? 1 : 0),
  )
}

/** One line of the history. */
export function presentEntry(entry: AuditEntry) {
  const { at, actorKind, actorId, actorName, action } = entry
  return {
    at: at.toISOString(),
    actor: { kind: actorKind, id: actorId, name: actorName },
    action,
    ...describeEntry(entry),
  }
}
