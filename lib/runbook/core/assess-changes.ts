// Step 5: did the way the account signs in change, from 14 days before the signal to now: by whom, before or after, from where.
import { plainText } from '@/lib/kernel/plain-text'
import type { ChangesStep, SignInChange } from '../contract/steps'
import type { EventTextRow, Weight } from '../model'
import type { Change, ChangesFacts } from './change-facts'
import { composeAnswer } from './compose-answer'
import { describeChange, isSignInChange, phraseChange } from './describe-change'
import { drawLifelines } from './draw-lifelines'
import { findPatterns } from './find-change-patterns'
import { phraseCount, phraseDuration, phraseInstant, phraseList, phraseWindow } from './phrase'
import { presentEvent } from './present-event'
import { readChange } from './read-change'

const ASSESSMENT = { id: 'sign_in_changes', version: 1 }

const DAY_MS = 86_400_000
const MAX_NAME = 80
/** Patterns that say more than the changes themselves. */
const TOLD: readonly string[] = ['reset_then_new_device', 'removed_for_good']

/** The step with its answer. */
export function assessChanges(facts: ChangesFacts): ChangesStep {
  const changes = facts.events.flatMap((event) => changeOf(event, facts) ?? [])
  const real = changes.filter(({ isReal }) => isReal)
  const patterns = findPatterns(changes, facts)
  const weight = weigh(changes, patterns, facts)
  const isWhole = facts.coverage.isComplete && facts.isComplete
  return {
    step: 5,
    ...composeAnswer({
      step: 5,
      assessment: ASSESSMENT,
      answer: real.length > 0 ? 'yes' : isWhole ? 'no' : 'cannot_tell',
      weight,
      sentence: phraseAnswer(changes, patterns, facts),
      evidence: byTelling(real, changes).map((change) => ({
        kind: 'event',
        ref: change.uuid,
        label: `${phraseChange(change)} ${phraseInstant(new Date(change.at))}, ${phraseAuthor(change, facts)}`,
        at: change.at,
      })),
      window: facts.window,
      coverage: facts.coverage,
      missing: missingOf(facts),
    }),
    changes: changes.map(asShown),
    lifelines: drawLifelines(changes, facts),
    patterns,
    isComplete: facts.isComplete,
  }
}

function changeOf(event: EventTextRow, facts: ChangesFacts): Change | null {
  const read = readChange(event)
  const described = describeChange(event.eventType, read)
  if (described === null) return null
  const other = read.users.find(({ id }) => id !== facts.actorId)
  const isToOther = !event.targetIds.includes(facts.actorId) && event.actorId === facts.actorId && other !== undefined
  // Whose account it is that somebody made or ended says nothing of how the account of the signal signs in.
  if (isToOther && described.kind === 'account') return null
  const whom = isToOther ? (other.name ?? other.id ?? 'another account') : null
  const isFailed = event.outcome !== null && event.outcome !== 'SUCCESS'
  const isOfSignal = isMadeBySignal(event, facts)
  return {
    ...presentEvent(event, facts.firstSeen),
    by: authorOf(event, read.isBySystem, facts.actorId),
    what: described.what,
    subject: whom === null ? described.subject : `${described.subject} of ${whom}`,
    kind: described.kind,
    isToOther,
    whom,
    isFailed,
    isOfSignal,
    isReal: !isFailed && isSignInChange(described) && (!isToOther || isOfSignal),
  }
}

function isMadeBySignal(event: EventTextRow, { ip, flagged, sessions, actorId, firstSeen }: ChangesFacts): boolean {
  if (event.published < firstSeen) return false
  const { sessionId, rootSessionId } = event
  if ([sessionId, rootSessionId].some((id) => id !== null && sessions.includes(id))) return true
  return event.actorId === actorId && event.ip !== null && (event.ip === ip || flagged.has(event.ip))
}

function authorOf(event: EventTextRow, isBySystem: boolean, account: string): SignInChange['by'] {
  if (event.tokenId !== null) return 'token'
  if (isBySystem) return 'system'
  if (event.actorId === null) return 'unknown'
  return event.actorId === account ? 'self' : 'admin'
}

/**
 * How strongly the changes speak for malicious use. What the session or token of the signal changed counts most; a change that
 * somebody else made afterwards may as well be the answer to it, and one that was made long before, from elsewhere, says nothing.
 */
function weigh(changes: readonly Change[], patterns: ChangesStep['patterns'], facts: ChangesFacts): Weight {
  const bySignal = changes.filter(({ isReal, isAfter, isOfSignal }) => isReal && isAfter && isOfSignal)
  const kinds = new Set(bySignal.map(({ kind, isToOther }) => `${kind} ${isToOther}`))
  const isReported = changes.some(isReport)
  const isTold = patterns.some(({ id }) => id === 'reset_then_new_device')
  if (kinds.size > 1 && facts.isKnownDevice !== true) return 'confirmed'
  if (kinds.size > 1 || isReported || isTold) return 'likely'
  if (bySignal.length > 0)
    return facts.isKnownDevice === true && !bySignal.some(({ isToOther }) => isToOther) ? 'possible' : 'likely'
  const isPossible = changes.some(
    ({ isReal, isAfter, by, at, what }) =>
      (isReal && isAfter && by === 'self') ||
      (what === 'removed' && isAfter && isReal) ||
      // Somebody else prepared it: a reset shortly before a sign-in on a device that was never seen.
      (isReal && !isAfter && by !== 'self' && facts.isKnownDevice === false && isWithin(at, facts.firstSeen, DAY_MS)),
  )
  return isPossible ? 'possible' : 'none'
}

/** The owner of the account says that it was not them. */
function isReport({ eventType, isAfter }: Change): boolean {
  return isAfter && eventType === 'user.account.report_suspicious_activity_by_enduser'
}

function isWithin(at: string, of: Date, ms: number): boolean {
  return Math.abs(of.getTime() - Date.parse(at)) <= ms
}

/** Real changes that the signal made first, then those after it, then the nearest before it; then what else was found. */
function byTelling(real: readonly Change[], changes: readonly Change[]): Change[] {
  const after = real.filter(({ isAfter }) => isAfter)
  const before = real.filter(({ isAfter }) => !isAfter).reverse()
  const rest = changes.filter(({ isReal, isAfter }) => !isReal && isAfter)
  return [
    ...after.filter(({ isOfSignal }) => isOfSignal),
    ...after.filter(({ isOfSignal }) => !isOfSignal),
    ...before,
    ...rest,
  ]
}

function phraseAnswer(changes: readonly Change[], patterns: ChangesStep['patterns'], facts: ChangesFacts): string {
  const real = changes.filter(({ isReal }) => isReal)
  const reported = changes
    .filter(isReport)
    .map(({ at }) => `Reported as suspicious by its owner ${phraseInstant(new Date(at))}.`)
  if (real.length === 0) return [phraseNothing(facts), ...reported, phraseRest(changes)].filter(Boolean).join(' ')
  const after = real.filter(({ isAfter }) => isAfter)
  const before = real.filter(({ isAfter }) => !isAfter).reverse()
  const parts = [
    after.length > 0 && `${after.length} after the first event, ${phraseItems(after, facts)}`,
    before.length > 0 && `${before.length} before it, ${phraseItems(before, facts)}`,
  ]
  const told = patterns.filter(({ id }) => TOLD.includes(id)).map(({ sentence }) => sentence)
  return [`${parts.filter(Boolean).join('; ')}.`, ...told, ...reported].join(' ')
}

function phraseNothing({ login, window, coverage, isComplete }: ChangesFacts): string {
  const found = `No change of a password, factor, device or recovery address of ${login}`
  if (coverage.isComplete && isComplete) return `${found} was logged ${phraseWindow(window)}.`
  return `${found} is stored ${phraseWindow(window)}, but not every event of that time is.`
}

function phraseRest(changes: readonly Change[]): string {
  const failed = changes.filter(({ isFailed }) => isFailed).length
  const rest = changes.length - failed - changes.filter(isReport).length
  const parts = [
    failed > 0 && `${phraseCount(failed, 'attempt')} failed`,
    rest > 0 &&
      `${phraseCount(rest, 'other event')}, listed below, ${rest === 1 ? 'changes' : 'change'} nothing about signing in`,
  ]
  const said = parts.filter(Boolean)
  return said.length > 0 ? `${capital(said.join('; '))}.` : ''
}

/** E.g. `by dana@example.com from this use: Okta FastPass added 11 min later and Recovery e-mail changed 14 min later`; at most three. */
function phraseItems(changes: readonly Change[], facts: ChangesFacts): string {
  const authors = [...new Set(changes.map((change) => phraseAuthor(change, facts)))]
  const [common] = authors
  const items = changes.map((change) => {
    const author = authors.length === 1 ? '' : ` ${phraseAuthor(change, facts)}`
    return `${phraseChange(change)} ${phraseDistance(change, facts)}${author}`
  })
  return authors.length === 1 ? `${common}: ${phraseList(items)}` : phraseList(items)
}

function phraseDistance({ at, isAfter }: Change, { firstSeen }: ChangesFacts): string {
  const distance = phraseDuration(Math.abs(Date.parse(at) - firstSeen.getTime()))
  return `${distance} ${isAfter ? 'later' : 'earlier'}`
}

function phraseAuthor(change: Change, facts: ChangesFacts): string {
  const { by, actorLogin, actorId } = change
  const name = plainText(actorLogin ?? actorId ?? '', MAX_NAME) || 'somebody'
  const where = phrasePlace(change, facts)
  if (by === 'self') return `by ${facts.login}${where}`
  if (by === 'token') return `with a token of ${name}${where}`
  if (by === 'system') return 'by Okta itself'
  return by === 'unknown' ? 'by an account that the event does not name' : `by ${name}`
}

function phrasePlace({ isOfSignal, ip, sessionId }: Change, facts: ChangesFacts): string {
  if (!isOfSignal) return ''
  if (ip === null || ip === facts.ip || !facts.flagged.has(ip)) return ' from this use'
  return sessionId !== null && facts.sessions.includes(sessionId) ? ' from this use' : ` from ${ip}, flagged as well`
}

function missingOf({ isUser, isGone, factors, user, isComplete, events }: ChangesFacts): string[] {
  const missing: string[] = []
  if (!isComplete) missing.push(`Only the ${events.length} changes nearest to the first event were read.`)
  if (isUser && isGone) {
    missing.push('Which factors existed and when the password was changed: Okta has no such account now.')
    return missing
  }
  if (isUser && factors === null) missing.push('Which factors exist now: Okta was not asked, or did not answer.')
  if (isUser && user === null)
    missing.push('When the password was changed last: Okta was not asked, or did not answer.')
  return missing
}

function asShown(change: Change): SignInChange {
  const {
    isToOther: _isToOther,
    whom: _whom,
    kind: _kind,
    isFailed: _isFailed,
    isOfSignal: _isOfSignal,
    isReal: _isReal,
    ...shown
  } = change
  return shown
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
