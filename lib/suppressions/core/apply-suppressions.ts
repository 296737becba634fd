// Which findings a suppression hides. Decided for each finding by itself from event time and the suppressions alone, so neither order of
// arrival nor the present instant can matter: nothing comes back when a suppression ends.
import { CASES, type Finding } from '@/lib/detections/model'
import { parsePrefix, type Prefix } from '@/lib/kernel/ip-address'
import type { SuppressionScope, SuppressionTarget } from '../model'
import { contains } from './target-of'

/** Which of several suppressions a finding is counted under: the narrowest, of those the oldest. */
const NARROWEST_FIRST: readonly SuppressionScope[] = ['token', 'user_ip', 'user_network', 'org_network']

/** A suppression as far as hiding needs it. */
export interface Rule extends SuppressionTarget {
  id: number
  startsAt: Date
  endsAt: Date
  endedAt: Date | null
}

/** A finding as far as hiding needs it. */
export type Coverable = Pick<Finding, 'ip' | 'actorId' | 'asNumber' | 'ruleCase' | 'published'> & {
  token: { id: string } | null
}

/**
 * Whether a target names a finding, whenever that was: every column that is not null is equal. HIGH only where the token is named too
 * (rule, line 17).
 */
export function names(target: SuppressionTarget, finding: Omit<Coverable, 'published'>): boolean {
  if (target.actorId !== null && target.actorId !== finding.actorId) return false
  if (target.asNumber !== null && target.asNumber !== finding.asNumber) return false
  if (target.range !== null && !isIn(target.range, finding.ip)) return false
  if (target.tokenId !== null) return target.tokenId === finding.token?.id
  return CASES[finding.ruleCase].severity !== 'high'
}

/** Whether a suppression was in force at an event: in [startsAt, end), where the end is `endedAt` if it was ended early. */
export function isInForce(rule: Pick<Rule, 'startsAt' | 'endsAt' | 'endedAt'>, at: Date): boolean {
  return rule.startsAt <= at && at < (rule.endedAt ?? rule.endsAt)
}

export interface Applied<F extends Coverable> {
  /** In the order given. */
  passed: F[]
  suppressed: { finding: F; suppressionId: number }[]
}

/** Splits findings into those that are shown and those that a suppression hides. */
export function applySuppressions<F extends Coverable>(findings: readonly F[], rules: readonly Rule[]): Applied<F> {
  const outcome: Applied<F> = { passed: [], suppressed: [] }
  const index = indexRules(rules)
  for (const finding of findings) {
    // Those of one account come first: they are narrower than those of everybody.
    const hidden = [...(index.byActor.get(finding.actorId) ?? []), ...index.others].find(
      (rule) => isInForce(rule, finding.published) && names(rule, finding),
    )
    if (hidden) outcome.suppressed.push({ finding, suppressionId: hidden.id })
    else outcome.passed.push(finding)
  }
  return outcome
}

/** By account, so that a page of many accounts does not ask every suppression about every finding; each list in order of precedence. */
function indexRules(rules: readonly Rule[]): { byActor: Map<string, Rule[]>; others: Rule[] } {
  const byActor = new Map<string, Rule[]>()
  const others: Rule[] = []
  const ordered = [...rules].sort(
    (a, b) => NARROWEST_FIRST.indexOf(a.scope) - NARROWEST_FIRST.indexOf(b.scope) || a.id - b.id,
  )
  for (const rule of ordered) {
    if (rule.actorId === null) others.push(rule)
    else byActor.set(rule.actorId, [...(byActor.get(rule.actorId) ?? []), rule])
  }
  return { byActor, others }
}

function isIn(range: string, ip: string): boolean {
  if (range === ip) return true
  const [block, address] = [prefixOf(range), prefixOf(ip)]
  return block !== null && address !== null && contains(block, address)
}

function prefixOf(text: string): Prefix | null {
  const outcome = parsePrefix(text)
  return outcome.status === 'ok' ? outcome.prefix : null
}
