// Step 3: what the sessions and tokens of the signal did from its first event on.
import { EVENT_CLASSES, NOTABLE_CLASSES, type EventClass } from '@/lib/okta/model'
import {
  STEPS,
  type SearchWindow,
  type EventRow,
  type AnswerState,
} from '../model'
import { classifyEvent } from '@/lib/okta/core/classify-event'
import { phraseCount, phraseList, phraseWindow } from './phrase'
import { presentEvent, presentWindow } from './present-event'

const NOTABLE_LIMIT = 200

const CLASS_WORDS: Record<EventClass, [one: string, many: string]> = {
  privilege: ['change of privileges', 'changes of privileges'],
  token: ['change of an API token or app', 'changes of API tokens or apps'],
  configuration: ['change of configuration', 'changes of configuration'],
  data_access: ['access to data', 'accesses to data'],
  password: ['change of a password', 'changes of passwords'],
  factor: ['change of a factor or device', 'changes of factors or devices'],
  recovery: ['event of account recovery', 'events of account recovery'],
  account: ['change of an account or group', 'changes of accounts or groups'],
  threat: ['threat that Okta saw', 'threats that Okta saw'],
  authentication: ['authentication', 'authentications'],
  session: ['event of the session itself', 'events of the sessions themselves'],
  noise: ['operational event', 'operational events'],
  uncategorised: ['other event', 'other events'],
}

export interface ActivityFacts {
  sessions: readonly string[]
  tokens: readonly string[]
  firstSeen: Date
  /** Oldest first. */
  events: readonly EventRow[]
  isComplete: boolean
  window: SearchWindow
  gaps: readonly string[]
}

/** The step with its sentence. */
export function answerActivity(facts: ActivityFacts) {
  const { events, isComplete, firstSeen, window } = facts
  const counts = new Map<EventClass, number>()
  for (const { eventType } of events) {
    const eventClass = classifyEvent(eventType)
    counts.set(eventClass, (counts.get(eventClass) ?? 0) + 1)
  }
  const lanes = buildLanes(facts)
  const notable = events.filter(({ eventType }) => NOTABLE_CLASSES.includes(classifyEvent(eventType)))
  const missing = [...facts.gaps]
  if (facts.sessions.length + facts.tokens.length === 0)
    missing.push('The events of the signal name no session and no token.')
  if (!isComplete) missing.push(`Only the first ${phraseCount(events.length, 'event')} were read.`)
  const state: AnswerState = events.length > 0 ? 'answered' : 'unknown'
  return {
    step: 3 as const,
    question: STEPS[2].question,
    sentence: phraseActivity(facts, counts, lanes),
    state,
    window: presentWindow(window),
    missing,
    lanes,
    classes: EVENT_CLASSES.flatMap((eventClass) => {
      const count = counts.get(eventClass)
      return count === undefined ? [] : [{ eventClass, events: count }]
    }),
    notable: notable.slice(0, NOTABLE_LIMIT).map((event) => presentEvent(event, firstSeen)),
    events: events.length,
    isComplete,
  }
}

function phraseActivity(facts: ActivityFacts, counts: ReadonlyMap<EventClass, number>, lanes: readonly Lane[]): string {
  const { events, window, isComplete } = facts
  if (facts.sessions.length + facts.tokens.length === 0) {
    return 'The events of this signal name no session and no token, so what followed cannot be tied to them.'
  }
  if (events.length === 0) return `No events of its sessions or tokens are stored ${phraseWindow(window)}.`
  const number = `${isComplete ? '' : 'At least '}${phraseCount(events.length, 'event')}`
  const classes = NOTABLE_CLASSES.flatMap((eventClass) => {
    const count = counts.get(eventClass)
    return count === undefined ? [] : [phraseCount(count, ...CLASS_WORDS[eventClass])]
  })
  const what = classes.length > 0 ? `, among them ${phraseList(classes, 4)}` : ', none of a class that changes anything'
  const moved = lanes.filter(({ ips, clients }) => ips.length > 1 || clients.length > 1).length
  const places =
    moved > 0
      ? ` ${phraseCount(moved, 'session or token', 'sessions or tokens')} changed address or client on the way.`
      : ''
  return `${number} of its sessions and tokens are stored ${phraseWindow(window)}${what}.${places}`
}

type Lane = ReturnType<typeof buildLanes>[number]

/** One lane per session of the signal and per token; events of a session's family are in the lane of the session it began with. */
function buildLanes({ sessions, tokens, events }: ActivityFacts) {
  const lanes = new Map<string, { kind: 'session' | 'token'; id: string; events: EventRow[] }>()
  for (const event of events) {
    const isOfToken = event.tokenId !== null && tokens.includes(event.tokenId)
    const id = isOfToken ? event.tokenId! : laneSession(event, sessions)
    const kind = isOfToken ? 'token' : 'session'
    const lane = lanes.get(`${kind} ${id}`) ?? { kind, id, events: [] }
    lane.events.push(event)
    lanes.set(`${kind} ${id}`, lane)
  }
  return [...lanes.values()].map(({ kind, id, events: own }) => ({
    kind,
    id,
    events: own.length,
    firstAt: own[0]!.published.toISOString(),
    lastAt: own.at(-1)!.published.toISOString(),
    ips: distinct(own.map(({ ip }) => ip)),
    asNumbers: distinct(own.map(({ asNumber }) => (asNumber === null ? null : Number(asNumber)))),
    clients: distinct(own.map(({ os, browser }) => [os, browser].filter(Boolean).join(', ') || null)),
  }))
}

function laneSession({ sessionId, rootSessionId }: EventRow, sessions: readonly string[]): string {
  if (sessionId !== null && sessions.includes(sessionId)) return sessionId
  return rootSessionId ?? sessionId ?? ''
}

function distinct<Value>(values: ReadonlyArray<Value | null>): Value[] {
  return [...new Set(values.filter((value): value is Value => value !== null))]
}
