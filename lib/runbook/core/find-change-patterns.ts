// Two changes that together tell more than each: a reset before a sign-in on a new device, a factor that went and never came back.
import type { ChangesStep } from '../contract/steps'
import type { Change, ChangesFacts } from './change-facts'
import { phraseChange } from './describe-change'
import { phraseDuration, phraseInstant, phraseList } from './phrase'

const DAY_MS = 86_400_000
/** A helped caller signs in soon. */
const RESET_BEFORE_MS = 3 * DAY_MS
/** A new factor that soon after the sign-in is the way to come back. */
const ADDED_AFTER_MS = DAY_MS

type Pattern = ChangesStep['patterns'][number]

/** Those that are found, most telling first. */
export function findPatterns(changes: readonly Change[], facts: ChangesFacts): Pattern[] {
  const real = changes.filter(({ isReal }) => isReal)
  const own = real.filter(({ isToOther }) => !isToOther)
  return [
    ...resetThenNewDevice(own, facts),
    ...addedByThisUse(own, facts),
    ...changedOthers(real),
    ...removedForGood(own, facts),
  ]
}

function resetThenNewDevice(own: readonly Change[], { firstSeen, isKnownDevice }: ChangesFacts): Pattern[] {
  if (isKnownDevice !== false) return []
  const resets = own.filter(
    ({ isAfter, by, what, at }) =>
      !isAfter &&
      by !== 'self' &&
      (what === 'reset' || what === 'removed') &&
      firstSeen.getTime() - Date.parse(at) <= RESET_BEFORE_MS,
  )
  const last = resets.at(-1)
  if (last === undefined) return []
  const distance = phraseDuration(firstSeen.getTime() - Date.parse(last.at))
  const sentence = `${phraseChange(last)} ${distance} before this sign-in, which came from a device that no stored event of the account named before.`
  return [{ id: 'reset_then_new_device', sentence, events: resets.map(({ uuid }) => uuid) }]
}

function addedByThisUse(own: readonly Change[], { firstSeen, isKnownDevice }: ChangesFacts): Pattern[] {
  if (isKnownDevice === true) return []
  const added = own.filter(
    ({ isAfter, isOfSignal, what, kind, at }) =>
      isAfter &&
      isOfSignal &&
      (what === 'added' || (kind === 'recovery' && what === 'changed')) &&
      Date.parse(at) - firstSeen.getTime() <= ADDED_AFTER_MS,
  )
  if (added.length === 0) return []
  const within = phraseDuration(Date.parse(added.at(-1)!.at) - firstSeen.getTime())
  const sentence = `Within ${within} this use made itself a way to come back: ${phraseList(added.map(phraseChange))}.`
  return [{ id: 'added_by_this_use', sentence, events: added.map(({ uuid }) => uuid) }]
}

function changedOthers(real: readonly Change[]): Pattern[] {
  const made = real.filter(({ isToOther, isAfter, isOfSignal }) => isToOther && isAfter && isOfSignal)
  const whom = [...new Set(made.flatMap(({ whom }) => whom ?? []))]
  if (whom.length === 0) return []
  const sentence = `This use changed how ${phraseList(whom)} ${whom.length === 1 ? 'signs' : 'sign'} in.`
  return [{ id: 'changed_others', sentence, events: made.map(({ uuid }) => uuid) }]
}

/** Only where everything since is stored, and Okta lists no factor: otherwise the new one may be what is missing. */
function removedForGood(own: readonly Change[], { coverage, isComplete, factors, now }: ChangesFacts): Pattern[] {
  if (!coverage.isComplete || !isComplete) return []
  if (factors?.content.some(({ status }) => status === 'ACTIVE')) return []
  const changes = own.filter(({ kind }) => kind === 'factor')
  const removed = changes.filter(({ what }) => what === 'removed' || what === 'reset').at(-1)
  if (removed === undefined || changes.some(({ what, at }) => what === 'added' && at >= removed.at)) return []
  const sentence = `${phraseChange(removed)} ${phraseInstant(new Date(removed.at))}, and no factor was added since, up to ${phraseInstant(now)}.`
  return [{ id: 'removed_for_good', sentence, events: [removed.uuid] }]
}
