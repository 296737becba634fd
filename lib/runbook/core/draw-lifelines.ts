// One line per password, factor, device and recovery setting: since when it is there, what happened to it, and whether it is there now.
// Whether it is, only Okta can say: the log of 14 days does not know what is older.
import type { Lifeline } from '../contract/steps'
import type { Change, ChangesFacts } from './change-facts'
import { nameFactor } from './name-factor'

const LINES = 20
/** Whatever Okta wrote to the owner is one line. */
const MESSAGES = 'Messages to the owner'
const ORDER: readonly Lifeline['kind'][] = ['password', 'factor', 'device', 'recovery', 'account']

/** Password first, then factors, devices, recovery, the account itself; those of other accounts last. At most twenty. */
export function drawLifelines(changes: readonly Change[], { factors, user }: ChangesFacts): Lifeline[] {
  const lines = new Map<string, Lifeline & { isOther: boolean }>()
  const lineOf = (subject: string, kind: Lifeline['kind'], isOther: boolean) => {
    const line = lines.get(subject) ?? { subject, kind, isPresent: null, since: null, changes: [], isOther }
    lines.set(subject, line)
    return line
  }
  if (user !== null) {
    const line = lineOf('Password', 'password', false)
    line.since = instantOf(user.content.passwordChanged)
    // An account that signs in elsewhere has none.
    line.isPresent = line.since === null ? null : true
  }
  for (const { factorType, provider, status, created } of factors?.content ?? []) {
    const line = lineOf(nameFactor(factorType, provider), 'factor', false)
    line.isPresent = line.isPresent === true || status === 'ACTIVE'
    line.since = earlier(line.since, instantOf(created))
  }
  for (const { subject, kind, isToOther, isFailed, uuid, at, what, by } of changes) {
    if (isFailed) continue
    const line = what === 'message' ? lineOf(MESSAGES, 'recovery', false) : lineOf(subject, kind, isToOther)
    line.changes.push({ uuid, at, what, by })
    if (what === 'added') line.since ??= at
  }
  return [...lines.values()]
    .sort((a, b) => Number(a.isOther) - Number(b.isOther) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .slice(0, LINES)
    .map(({ isOther: _, ...line }) => line)
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

/** ISO 8601 in UTC; null for what is no instant. */
function instantOf(text: string | null): string | null {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
