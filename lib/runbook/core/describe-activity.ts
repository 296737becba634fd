// The sentence of step 3: what followed, how fast, and from where; or why nobody can say that nothing did.
import { classifyEvent } from '@/lib/okta/core/classify-event'
import { NOTABLE_CLASSES, type EventClass } from '@/lib/okta/model'
import type { Answer, EventRow } from '../model'
import type { ActivityFacts, Followed } from './activity-facts'
import { phraseCount, phraseDuration, phraseInstant, phraseList, phraseWindow } from './phrase'

const CLASS_WORDS: Readonly<Record<EventClass, readonly [one: string, many: string]>> = {
  privilege: ['change of privileges', 'changes of privileges'],
  token: ['change of an API token or app', 'changes of API tokens or apps'],
  configuration: ['change of configuration', 'changes of configuration'],
  data_access: ['access to protected data', 'accesses to protected data'],
  password: ['change of a password', 'changes of passwords'],
  factor: ['change of a factor or device', 'changes of factors or devices'],
  recovery: ['event of account recovery', 'events of account recovery'],
  account: ['change of an account or group', 'changes of accounts or groups'],
  threat: ['threat that Okta saw', 'threats that Okta saw'],
  authentication: ['sign-in or app access', 'sign-ins or app accesses'],
  session: ['event of the session itself', 'events of the sessions themselves'],
  noise: ['operational event', 'operational events'],
  uncategorised: ['other event', 'other events'],
}

export function describeActivity(
  facts: ActivityFacts,
  followed: Followed,
  counts: ReadonlyMap<EventClass, number>,
  answer: Answer,
): string {
  if (answer === 'yes') return `${sentencesOf(facts, followed).join(' ')}${partialOf(facts)}`
  const read = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (!followed.isTied && facts.sessions.length > 0) {
    return 'The events of this signal name their session only by its root, and nothing notable does; what else followed cannot be told.'
  }
  if (!followed.isTied) {
    return `The events of this signal name no session and no token, so what followed cannot be tied to them.`
  }
  const plain = [...counts].map(([eventClass, count]) => phraseCount(count, ...CLASS_WORDS[eventClass]))
  const atLeast = facts.isComplete ? '' : 'At least '
  const what =
    read === 0
      ? 'No events of its sessions or tokens are stored'
      : `${atLeast}${phraseList(plain, 4)} ${read === 1 ? 'is' : 'are'} stored`
  if (answer === 'no') {
    return `Nothing followed that changes anything or reads protected data: ${phraseList(plain, 4) || 'no other event'} up to ${phraseInstant(facts.window.to)}, without a visible change of network, device or client.`
  }
  return `${what} ${phraseWindow(facts.window)}, none of a class that changes anything; whether more happened cannot be told.${partialOf(facts)}`
}

function sentencesOf(
  facts: ActivityFacts,
  { done, unusual, refused, refusedBefore, threats, moves }: Followed,
): string[] {
  const sentences: string[] = []
  const last = done.reduce((latest, { published }) => Math.max(latest, published.getTime()), 0)
  if (done.length > 0) {
    const within = phraseDuration(last - facts.firstSeen.getTime())
    const atLeast = facts.isNotableComplete ? '' : 'At least '
    const usual = unusual.length === 0 ? ', nothing that the account did not do before' : ''
    sentences.push(`${atLeast}${phraseClasses(done)} followed within ${within}${usual}.`)
  }
  if (refused.length > 0) sentences.push(`${phraseClasses(refused)} ${wereRefused(refused)}.`)
  if (refusedBefore.length > 0) {
    sentences.push(`Before it, ${phraseClasses(refusedBefore)} ${wereRefused(refusedBefore)} from this address.`)
  }
  if (threats.length > 0) sentences.push(`Okta saw ${phraseCount(threats.length, 'threat')}.`)
  return [...sentences, ...moveSentences(moves)]
}

/** Okta writes FAILURE for what it refused too. */
function wereRefused(events: readonly EventRow[]): string {
  const isRefusal = events.every(({ outcome }) => outcome === 'FAILURE' || outcome === 'DENY')
  return `${events.length === 1 ? 'was' : 'were'} ${isRefusal ? 'refused' : 'refused or not finished'}`
}

function moveSentences(moves: Followed['moves']): string[] {
  const lanes = [...new Set(moves.map(({ lane }) => lane))]
  const sessions = lanes.filter(({ kind }) => kind === 'session').length
  const tokens = lanes.length - sessions
  if (lanes.length === 0) return []
  const who = [
    ...(sessions > 0 ? [phraseCount(sessions, 'session')] : []),
    ...(tokens > 0 ? [phraseCount(tokens, 'token')] : []),
  ]
  const first = moves.reduce((earliest, move) => (move.at < earliest.at ? move : earliest))
  const kinds = (['network', 'device', 'client'] as const).filter((kind) => moves.some(({ what }) => what === kind))
  return [`${phraseList(who)} changed ${phraseList(kinds)} on the way, first at ${phraseInstant(new Date(first.at))}.`]
}

function phraseClasses(events: readonly EventRow[]): string {
  const words = NOTABLE_CLASSES.flatMap((eventClass) => {
    const count = events.filter(({ eventType }) => classifyEvent(eventType) === eventClass).length
    return count === 0 ? [] : [phraseCount(count, ...CLASS_WORDS[eventClass])]
  })
  return phraseList(words, 4)
}

function partialOf({ isComplete }: ActivityFacts): string {
  return isComplete ? '' : ' Of the unremarkable events only a part was read.'
}
