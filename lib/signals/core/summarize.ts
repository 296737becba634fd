// What a signal keeps of its findings. Every field is a max, min, union, count, or belongs to the first event, so neither the order of
// findings nor summarising in parts can change it.
import { CASES, type Finding, type RuleCase, type TokenUse } from '@/lib/detections/model'
import type { IntelMatch } from '@/lib/intel/model'
import type { SignalSummary } from '../model'

/** A finding, or the summary of several. All of one call share a group. */
export type Part = { finding: Finding } | { summary: SignalSummary }

/** The summary of at least one part. */
export function summarize(parts: readonly Part[]): SignalSummary {
  const first = parts.map(originOf).reduce((a, b) => (isBefore(b, a) ? b : a))
  const tokens = new Map<string, TokenUse>()
  const sessions = new Set<string>()
  const intelligence = new Map<string, IntelMatch>()
  let ruleCase: RuleCase = 3
  let lastSeen = first.firstSeen
  let eventCount = 0
  for (const part of parts) {
    const { strongest, last, count } = extentOf(part)
    if (strongest < ruleCase) ruleCase = strongest
    if (last > lastSeen) lastSeen = last
    eventCount += count
    for (const token of tokensOf(part)) addToken(tokens, token)
    for (const session of sessionsOf(part)) sessions.add(session)
    for (const match of matchesOf(part)) addMatch(intelligence, match)
  }
  const { severity, kind } = CASES[ruleCase]
  return {
    ...first,
    severity,
    kind,
    ruleCase,
    lastSeen,
    eventCount,
    tokens: [...tokens.values()].sort((a, b) => compareText(a.id, b.id)),
    sessions: [...sessions].sort(compareText),
    intelligence: [...intelligence.values()].sort(compareMatches),
  }
}

/** Order of events everywhere: event time, then uuid. */
function isBefore(a: Origin, b: Origin): boolean {
  const difference = a.firstSeen.getTime() - b.firstSeen.getTime()
  return difference < 0 || (difference === 0 && a.firstEventUuid < b.firstEventUuid)
}

/** Findings by what they weigh: strongest case, then event time, then uuid. */
export function strongestFirst<F extends Pick<Finding, 'ruleCase' | 'published' | 'eventUuid'>>(
  findings: readonly F[],
): F[] {
  return [...findings].sort(
    (a, b) =>
      a.ruleCase - b.ruleCase || a.published.getTime() - b.published.getTime() || compareText(a.eventUuid, b.eventUuid),
  )
}

/** What the first event decides. */
type Named = 'ip' | 'actorId' | 'actorLogin' | 'actorName' | 'actorType' | 'asNumber' | 'asOrg' | 'country'
type Origin = Pick<SignalSummary, Named | 'firstSeen' | 'firstEventUuid'>

function originOf(part: Part): Origin {
  const named = 'finding' in part ? part.finding : part.summary
  const { ip, actorId, actorLogin, actorName, actorType, asNumber, asOrg, country } = named
  const firstSeen = 'finding' in part ? part.finding.published : part.summary.firstSeen
  const firstEventUuid = 'finding' in part ? part.finding.eventUuid : part.summary.firstEventUuid
  return { ip, actorId, actorLogin, actorName, actorType, asNumber, asOrg, country, firstSeen, firstEventUuid }
}

function extentOf(part: Part): { strongest: RuleCase; last: Date; count: number } {
  if ('finding' in part) return { strongest: part.finding.ruleCase, last: part.finding.published, count: 1 }
  return { strongest: part.summary.ruleCase, last: part.summary.lastSeen, count: part.summary.eventCount }
}

function tokensOf(part: Part): readonly TokenUse[] {
  if ('summary' in part) return part.summary.tokens
  return part.finding.token ? [part.finding.token] : []
}

function sessionsOf(part: Part): readonly string[] {
  if ('summary' in part) return part.summary.sessions
  return part.finding.sessionId === null ? [] : [part.finding.sessionId]
}

function matchesOf(part: Part): readonly IntelMatch[] {
  return 'summary' in part ? part.summary.intelligence : part.finding.matches
}

/** One entry per token id; where events disagree on the client, the smallest id that is not null. */
function addToken(tokens: Map<string, TokenUse>, token: TokenUse): void {
  const known = tokens.get(token.id)
  const isBetter = token.clientId !== null && (!known?.clientId || token.clientId < known.clientId)
  if (!known || isBetter) tokens.set(token.id, token)
}

/** One entry per indicator, hop and address. Indicators never change, but a feed can be renamed: the smallest name stays. */
function addMatch(matches: Map<string, IntelMatch>, match: IntelMatch): void {
  const key = `${match.indicatorId} ${match.hop} ${match.ip}`
  const known = matches.get(key)
  if (!known || match.feedName < known.feedName) matches.set(key, match)
}

function compareMatches(a: IntelMatch, b: IntelMatch): number {
  return a.indicatorId - b.indicatorId || a.hop - b.hop || compareText(a.ip, b.ip)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
