// Step 3: what the sessions and tokens of the signal did from its first event on. Changes that the account makes all the time weigh less
// than those it never made; a session that moves to another network weighs by itself.
import { classifyEvent } from '@/lib/okta/core/classify-event'
import { EVENT_CLASSES, NOTABLE_CLASSES, type EventClass } from '@/lib/okta/model'
import type { EvidenceRef } from '@/lib/signals/model'
import type { ActivityStep, Lane, LaneBreak } from '../contract/steps'
import type { Answer, EventRow, EventTextRow, Weight } from '../model'
import type { ActivityFacts, Followed } from './activity-facts'
import { buildLanes, isFailed } from './build-lanes'
import { composeAnswer } from './compose-answer'
import { describeActivity } from './describe-activity'
import { presentEvent } from './present-event'

export const ACTIVITY_ASSESSMENT = { id: 'activity', version: 1 }

const LANES = 30
const NOTABLE_ROWS = 200
/** Done on so many days of the 90 before, it is what the account does. */
const USUAL_DAYS = 3
/** Classes of which one success after the event is proof enough that the account is used for more than its owner's work. */
const GRAVE: readonly EventClass[] = ['privilege', 'token', 'configuration']

export function assessActivity(facts: ActivityFacts): ActivityStep {
  const { events, texts, firstSeen, isComplete, isNotableComplete } = facts
  const after = events.filter(({ published }) => published >= firstSeen)
  const allLanes = buildLanes(facts)
  const lanes = chooseLanes(allLanes)
  const followed = sortOut(facts, after, allLanes)
  const answer = answerOf(facts, followed)
  const { done, refused, refusedBefore, threats } = followed
  const notable = [...refusedBefore, ...done, ...refused, ...threats].sort(byTime)
  const counts = countClasses(after)
  return {
    step: 3,
    ...composeAnswer({
      step: 3,
      assessment: ACTIVITY_ASSESSMENT,
      answer,
      weight: weigh(followed),
      speaksForBenign: answer === 'no' && facts.coverage.isComplete && facts.sessions.length > 0,
      sentence: describeActivity(facts, followed, counts, answer),
      evidence: chooseEvidence(followed),
      window: facts.window,
      coverage: facts.coverage,
      missing: missingOf(facts, followed, allLanes.length - lanes.length, notable.length),
    }),
    lanes,
    classes: EVENT_CLASSES.flatMap((eventClass) => {
      const count = counts.get(eventClass)
      return count === undefined ? [] : [{ eventClass, events: count }]
    }),
    notable: notable
      .slice(0, NOTABLE_ROWS)
      .map((event) => presentEvent({ ...event, raw: texts.get(event.uuid) ?? null }, firstSeen)),
    events: after.length,
    isComplete: isComplete && isNotableComplete,
  }
}

function sortOut(facts: ActivityFacts, after: readonly EventRow[], lanes: Lane[]): Followed {
  const { events, texts, usualTypes, firstSeen, ip } = facts
  const notableOf = (rows: readonly EventRow[]) =>
    rows
      .filter(({ eventType }) => NOTABLE_CLASSES.includes(classifyEvent(eventType)))
      .map((event): EventTextRow => ({ ...event, raw: texts.get(event.uuid) ?? null }))
  const notable = notableOf(after)
  const acts = notable.filter(({ eventType }) => classifyEvent(eventType) !== 'threat').sort(byClass)
  const done = acts.filter(({ outcome }) => !isFailed(outcome))
  const before = events.filter((event) => event.published < firstSeen && event.ip === ip && isFailed(event.outcome))
  const since = firstSeen.toISOString()
  return {
    done,
    unusual: done.filter(({ eventType }) => (usualTypes.get(eventType) ?? 0) < USUAL_DAYS),
    refused: acts.filter(({ outcome }) => isFailed(outcome)),
    refusedBefore: notableOf(before),
    threats: notable.filter(({ eventType }) => classifyEvent(eventType) === 'threat'),
    moves: lanes.flatMap((lane) =>
      lane.breaks.filter(({ what, at }) => what !== 'ip' && at >= since).map((move) => ({ ...move, lane })),
    ),
    isTied: facts.isSessionNamed && facts.sessions.length + facts.tokens.length > 0,
  }
}

/** `no` claims that nothing was missed: of the account, and of the way from address to address. */
function answerOf(facts: ActivityFacts, followed: Followed): Answer {
  const { isTied } = followed
  if (isAnything(followed)) return 'yes'
  return isTied && facts.isComplete && facts.isNotableComplete && facts.coverage.isComplete ? 'no' : 'cannot_tell'
}

/**
 * | what followed                                                        | weight    |
 * | -------------------------------------------------------------------- | --------- |
 * | an unusual change of privileges, tokens or configuration             | confirmed |
 * | unusual acts of two other classes                                    | confirmed |
 * | an unusual act of one class; refused changes of privileges           | likely    |
 * | a session on another network and with another device or client       | likely    |
 * | usual acts, other refusals, threats that Okta saw, one other move    | possible  |
 */
function weigh(followed: Followed): Weight {
  const { unusual, refused, refusedBefore, moves } = followed
  const classes = new Set(unusual.map(({ eventType }) => classifyEvent(eventType)))
  if (GRAVE.some((eventClass) => classes.has(eventClass)) || classes.size > 1) return 'confirmed'
  const isRefusedGrant = [...refused, ...refusedBefore].some(({ eventType }) =>
    GRAVE.includes(classifyEvent(eventType)),
  )
  if (classes.size > 0 || isRefusedGrant || isTakenOver(moves)) return 'likely'
  return isAnything(followed) ? 'possible' : 'none'
}

function isAnything({ done, refused, refusedBefore, threats, moves }: Followed): boolean {
  return done.length + refused.length + refusedBefore.length + threats.length + moves.length > 0
}

/** A session that goes on from elsewhere with something else; a token is often used from several places. */
function isTakenOver(moves: Followed['moves']): boolean {
  return moves.some(
    ({ lane, what, uuid }) =>
      lane.kind === 'session' &&
      what === 'network' &&
      moves.some((other) => other.uuid === uuid && other.what !== 'network'),
  )
}

function chooseEvidence({
  done,
  unusual,
  refusedBefore,
  refused,
  threats,
  moves,
}: Followed): Array<Omit<EvidenceRef, 'step'>> {
  const others = done.filter((event) => !unusual.includes(event))
  const grave = unusual.filter(({ eventType }) => GRAVE.includes(classifyEvent(eventType)))
  const rest = unusual.filter((event) => !grave.includes(event))
  return [
    ...grave.map((event) => citeEvent(event)),
    ...rest.slice(0, 6).map((event) => citeEvent(event)),
    ...citeMoves(moves).slice(0, 4),
    ...[...refusedBefore, ...refused].slice(0, 3).map((event) => citeEvent(event, 'refused')),
    ...threats.slice(0, 3).map((event) => citeEvent(event)),
    ...others.slice(0, 3).map((event) => citeEvent(event, 'usual for the account')),
  ]
}

/** An event as evidence, e.g. `user.account.privilege.grant on IT Support`. */
export function citeEvent(event: EventTextRow, note: string | null = null): Omit<EvidenceRef, 'step'> {
  const { targets } = presentEvent(event, event.published)
  const on = targets.length > 0 ? ` on ${targets.join(', ')}` : ''
  const label = `${event.eventType}${on}${note === null ? '' : ` (${note})`}`
  return { kind: 'event', ref: event.uuid, label, at: event.published.toISOString() }
}

const MOVE_WORDS: Readonly<Record<LaneBreak['what'], string>> = {
  ip: 'address',
  network: 'network',
  device: 'device',
  client: 'client',
}

/** One fact for each moment, e.g. `Session went on from another network and client: AS64496 Example Corp → AS64500 Example Relay`. */
function citeMoves(moves: Followed['moves']): Array<Omit<EvidenceRef, 'step'>> {
  return [...new Set(moves.map(({ uuid }) => uuid))].map((uuid) => {
    const own = moves.filter((move) => move.uuid === uuid)
    const [{ lane, before, after, at }] = own as [Followed['moves'][number]]
    const what = own.map((move) => MOVE_WORDS[move.what]).join(' and ')
    const subject = lane.kind === 'session' ? 'Session went on' : 'Token was used'
    return { kind: 'event', ref: uuid, label: `${subject} from another ${what}: ${before} → ${after}`, at }
  })
}

/** Those with most of what matters, in the order in which they began. */
function chooseLanes(lanes: readonly Lane[]): Lane[] {
  const weightOf = ({ marks, breaks }: Lane) =>
    marks.filter(({ eventClass }) => NOTABLE_CLASSES.includes(eventClass)).length + breaks.length
  const chosen = new Set(lanes.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, LANES))
  return lanes.filter((lane) => chosen.has(lane))
}

function missingOf(facts: ActivityFacts, { isTied }: Followed, lanesLeft: number, notable: number): string[] {
  const missing: string[] = []
  if (!isTied) {
    missing.push(
      facts.sessions.length > 0
        ? 'The events of the signal name their session only by its root: what names not even that cannot be tied to it.'
        : 'The events of the signal name no session and no token; Okta gave none.',
    )
  }
  if (!facts.isComplete) {
    missing.push(
      'Its sessions and tokens have more events than were read: all of the classes that matter, and of the others the oldest and the newest. A change of address or client in between may be missing.',
    )
  }
  if (!facts.isNotableComplete) {
    missing.push('The account has more events of the classes that matter than were read: the oldest since the signal.')
  }
  if (lanesLeft > 0) missing.push(`${lanesLeft} more sessions or tokens of these families are not drawn.`)
  if (notable > NOTABLE_ROWS) missing.push(`The table shows the first ${NOTABLE_ROWS} of ${notable} such events.`)
  return missing
}

function countClasses(events: readonly EventRow[]): Map<EventClass, number> {
  const counts = new Map<EventClass, number>()
  for (const { eventType } of events) {
    const eventClass = classifyEvent(eventType)
    counts.set(eventClass, (counts.get(eventClass) ?? 0) + 1)
  }
  return counts
}

function byTime(a: EventRow, b: EventRow): number {
  return a.published.getTime() - b.published.getTime() || (a.uuid < b.uuid ? -1 : 1)
}

function byClass(a: EventRow, b: EventRow): number {
  const place = ({ eventType }: EventRow) => EVENT_CLASSES.indexOf(classifyEvent(eventType))
  return place(a) - place(b) || byTime(a, b)
}
