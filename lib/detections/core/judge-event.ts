// The rule, sections 1 and 2: ordered conditions, first failure names the reason; then ordered cases, first match wins.
// Every condition is evaluated for every event, so that a reader sees all of them with their values.
import { flaggedMatches } from '@/lib/intel/core/apply-policy'
import type { Category, IntelMatch } from '@/lib/intel/model'
import { invariant } from '@/lib/kernel/error'
import { isPublicIp } from '@/lib/kernel/ip-address'
import { OUTCOME_ALLOW, OUTCOME_SUCCESS, tokenKind } from '@/lib/okta/model'
import {
  CASES,
  type Condition,
  type Finding,
  type JudgedEvent,
  type Judgement,
  type NoFindingReason,
  type RuleCase,
  type RuleSettings,
  type TokenUse,
} from '../model'
import { isInteractiveAuthentication, isNoise } from '@/lib/okta/core/event-class'

/** A condition as judged, with the reason that its failure gives. */
interface Verdict extends Condition {
  reason: NoFindingReason | null
}

/** Decides whether an event meets the rule. `matches` are those of every hop of the event, as the intelligence is known now. */
export function judgeEvent(input: {
  event: JudgedEvent
  matches: readonly IntelMatch[]
  settings: Pick<RuleSettings, 'intentPolicy' | 'isAllowSuccess'>
}): Judgement {
  const { event, matches, settings } = input
  const ruleCase = caseOf(event)
  const verdicts: Verdict[] = [
    judgeEventType(event),
    judgeOutcome(event, settings.isAllowSuccess),
    judgeClientIp(event),
    judgeActor(event),
    judgeIntelligence(matches, settings),
    { name: 'case', passed: true, value: describeCase(event, ruleCase), reason: null },
  ]
  const conditions = verdicts.map(({ name, passed, value }) => ({ name, passed, value }))
  const reason = verdicts.find((verdict) => !verdict.passed)?.reason
  if (reason) return { status: 'none', reason, conditions, categories: categoriesOf(matches) }
  return { status: 'finding', finding: findingOf(event, matches, ruleCase), conditions }
}

function judgeEventType({ eventType }: JudgedEvent): Verdict {
  const passed = !isNoise(eventType)
  const value = passed
    ? `event type is ${eventType}`
    : `event type ${eventType} is operational and never counts on its own`
  return { name: 'event_type', passed, value, reason: passed ? null : 'noise_event_type' }
}

/**
 * | Outcome | Counts |
 * |---|---|
 * | SUCCESS | yes |
 * | ALLOW | "let through", not "signed in": only where the org says so, and only for API activity (rule, line 1) |
 * | other, none | no |
 */
function judgeOutcome({ outcome, tokenId }: JudgedEvent, isAllowSuccess: boolean): Verdict {
  const isAllowed = outcome === OUTCOME_ALLOW && isAllowSuccess && tokenId !== null
  const passed = outcome === OUTCOME_SUCCESS || isAllowed
  const value = `outcome is ${outcome ?? 'missing'}${isAllowed ? ', which counts for API activity' : ''}`
  return { name: 'outcome', passed, value, reason: passed ? null : 'not_successful' }
}

function judgeClientIp({ clientIp }: JudgedEvent): Verdict {
  if (clientIp === null) {
    return {
      name: 'client_ip',
      passed: false,
      value: 'client address is missing, redacted or malformed',
      reason: 'no_client_ip',
    }
  }
  if (!isPublicIp(clientIp)) {
    return {
      name: 'client_ip',
      passed: false,
      value: `client address ${clientIp} is private or reserved`,
      reason: 'no_client_ip',
    }
  }
  return { name: 'client_ip', passed: true, value: `client address is ${clientIp}`, reason: null }
}

function judgeActor({ actorId, actorLogin }: JudgedEvent): Verdict {
  const passed = actorId !== null
  const value = passed ? `actor is ${actorLogin ?? actorId}` : 'actor is missing'
  return { name: 'actor', passed, value, reason: passed ? null : 'no_actor' }
}

function judgeIntelligence(matches: readonly IntelMatch[], settings: Pick<RuleSettings, 'intentPolicy'>): Verdict {
  const listed = matches.filter((match) => match.hop === 0)
  const { flagged, isBenignListed } = flaggedMatches([...matches], settings.intentPolicy)
  const fail = (reason: NoFindingReason, value: string): Verdict => ({
    name: 'intelligence',
    passed: false,
    value,
    reason,
  })
  if (listed.length === 0) {
    const hops = [...new Set(matches.map((match) => match.hop + 1))].sort((a, b) => a - b)
    if (hops.length === 0) return fail('not_listed', 'client address is not listed')
    return fail(
      'listed_only_in_chain',
      `only hop ${hops.join(' and ')} of the request is listed, which is evidence and never triggers`,
    )
  }
  if (isBenignListed)
    return fail('listed_benign', `client address is listed as benign by ${feedNames(listed.filter(isBenign))}`)
  if (flagged.length === 0) {
    return fail(
      'not_flagged_by_policy',
      `${describeListing(listed)}; policy ${settings.intentPolicy} does not count it`,
    )
  }
  return {
    name: 'intelligence',
    passed: true,
    value: `${describeListing(flagged)}; policy ${settings.intentPolicy}`,
    reason: null,
  }
}

/** The case of section 2 that an event is, whether or not it meets the conditions. */
export function caseOf(event: JudgedEvent): RuleCase {
  if (event.tokenId !== null) return 1
  return isInteractiveAuthentication(event.eventType) ? 2 : 3
}

function describeCase(event: JudgedEvent, ruleCase: RuleCase): string {
  const severity = CASES[ruleCase].severity.toUpperCase()
  if (event.tokenId !== null)
    return `case 1: ${tokenKind(event.tokenId)} token ${event.tokenId} is present, ${severity}`
  if (ruleCase === 2) return `case 2: no token, interactive authentication, ${severity}`
  return `case 3: no token, other activity: joins the open signal, else opens one at ${severity}`
}

function findingOf(event: JudgedEvent, matches: readonly IntelMatch[], ruleCase: RuleCase): Finding {
  const { outcome, clientIp, actorId } = event
  invariant(
    outcome !== null && clientIp !== null && actorId !== null,
    'an event that passed every condition has what they ask for',
  )
  return {
    eventUuid: event.uuid,
    published: event.published,
    eventType: event.eventType,
    outcome,
    ruleCase,
    ip: clientIp,
    actorId,
    actorLogin: event.actorLogin,
    actorName: event.actorName,
    actorType: event.actorType,
    asNumber: event.asNumber,
    asOrg: event.asOrg,
    country: event.country,
    token: tokenOf(event),
    sessionId: event.sessionId,
    matches: [...matches],
  }
}

function tokenOf({ tokenId, tokenClientId }: JudgedEvent): TokenUse | null {
  return tokenId === null ? null : { id: tokenId, kind: tokenKind(tokenId), clientId: tokenClientId }
}

function describeListing(matches: readonly IntelMatch[]): string {
  return `client address is listed as ${categoriesOf(matches).join(', ')} by ${feedNames(matches)}`
}

function categoriesOf(matches: readonly IntelMatch[]): Category[] {
  return [...new Set(matches.map((match) => match.category))].sort()
}

function feedNames(matches: readonly IntelMatch[]): string {
  return [...new Set(matches.map((match) => match.feedName))].sort().join(', ')
}

function isBenign(match: IntelMatch): boolean {
  return match.intent === 'benign'
}
