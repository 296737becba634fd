// One lane per session and token: what happened on it in order, and the moments in which it showed another address, network, device or client
// than ever before. Nothing is compared with what an event does not say.
import { classifyEvent } from '@/lib/okta/core/classify-event'
import { NOTABLE_CLASSES } from '@/lib/okta/model'
import type { Lane, LaneBreak, LaneMark } from '../contract/steps'
import { plainText } from '@/lib/kernel/plain-text'
import type { EventRow } from '../model'
import { nameNetwork } from './build-baseline'

const PLAIN_MARKS = 300
const NOTABLE_MARKS = 2000
const BREAKS = 50
const SHOWN_VALUES = 50
const MAX_NAME = 80

export interface LaneFacts {
  /** Ids of the sessions of the case. */
  sessions: readonly string[]
  /** Sessions that others were derived from. */
  roots: readonly string[]
  tokens: readonly string[]
  /** Each event once, oldest first, those before the signal included. */
  events: readonly EventRow[]
  /** First event of the signal. */
  firstSeen: Date
  /** What a lane is called beyond its account, e.g. `made by dana@example.com` for a token. */
  notes: ReadonlyMap<string, string>
}

/** Lanes with at least one event from the signal on, the earliest first. Events that name none of the sessions and tokens are on none. */
export function buildLanes(facts: LaneFacts): Lane[] {
  const sessions = new Set(facts.sessions)
  const roots = new Set(facts.roots)
  const tokens = new Set(facts.tokens)
  const lanes = new Map<string, { kind: Lane['kind']; id: string; events: EventRow[] }>()
  for (const event of facts.events) {
    const place = laneOf(event, sessions, roots, tokens)
    if (place === null) continue
    const key = `${place.kind} ${place.id}`
    const lane = lanes.get(key)
    if (lane) lane.events.push(event)
    else lanes.set(key, { ...place, events: [event] })
  }
  return [...lanes.values()]
    .filter(({ events }) => events.at(-1)!.published >= facts.firstSeen)
    .map(({ kind, id, events }) => presentLane(kind, id, events, facts.notes))
}

/** A token's calls belong to the token, whatever session they name; derived sessions without an id to their root. */
function laneOf(
  { tokenId, sessionId, rootSessionId }: EventRow,
  sessions: ReadonlySet<string>,
  roots: ReadonlySet<string>,
  tokens: ReadonlySet<string>,
): { kind: Lane['kind']; id: string } | null {
  if (tokenId !== null && tokens.has(tokenId)) return { kind: 'token', id: tokenId }
  if (sessionId !== null && sessions.has(sessionId)) return { kind: 'session', id: sessionId }
  if (rootSessionId !== null && roots.has(rootSessionId)) return { kind: 'session', id: sessionId ?? rootSessionId }
  return null
}

function presentLane(
  kind: Lane['kind'],
  id: string,
  events: readonly EventRow[],
  notes: ReadonlyMap<string, string>,
): Lane {
  const named = mostFrequent(events.map(({ actorLogin, actorId }) => actorLogin ?? actorId))
  const who = plainText(named ?? '', MAX_NAME) || 'account not named'
  const note = notes.get(id)
  return {
    kind,
    id,
    label: note === undefined ? who : `${who}, ${note}`,
    events: events.length,
    firstAt: events[0]!.published.toISOString(),
    lastAt: events.at(-1)!.published.toISOString(),
    ips: distinct(events.map(({ ip }) => ip)),
    asNumbers: distinct(events.map(({ asNumber }) => (asNumber === null ? null : Number(asNumber)))),
    clients: distinct(events.map(clientOf)),
    marks: chooseMarks(events),
    breaks: findBreaks(events),
  }
}

/** Every mark of the classes that matter, and of the others those nearest to the start. */
function chooseMarks(events: readonly EventRow[]): LaneMark[] {
  let plain = 0
  let notable = 0
  return events.flatMap(({ uuid, published, eventType, outcome, ip }) => {
    const eventClass = classifyEvent(eventType)
    const isWanted = NOTABLE_CLASSES.includes(eventClass) ? notable++ < NOTABLE_MARKS : plain++ < PLAIN_MARKS
    return isWanted
      ? [{ uuid, at: published.toISOString(), eventClass, eventType, isFailed: isFailed(outcome), ip }]
      : []
  })
}

/** Outcomes of what was refused, went wrong, or was left undone. */
const UNDONE = new Set(['FAILURE', 'DENY', 'RATE_LIMIT', 'SKIPPED', 'ABANDONED', 'UNANSWERED'])

/** Whether an outcome means that it did not happen. */
export function isFailed(outcome: string | null): boolean {
  return outcome !== null && UNDONE.has(outcome)
}

interface Dimension {
  what: LaneBreak['what']
  valueOf: (event: EventRow) => string | null
  wordsOf: (event: EventRow) => string
}

const DIMENSIONS: readonly Dimension[] = [
  { what: 'network', valueOf: ({ asNumber }) => asNumber?.toString() ?? null, wordsOf: networkWords },
  { what: 'ip', valueOf: ({ ip }) => ip, wordsOf: ({ ip }) => ip ?? '' },
  // Two names of a device: an event may give either, and they are never compared with each other.
  { what: 'device', valueOf: ({ deviceId }) => deviceId, wordsOf: ({ deviceId }) => `device ${deviceId}` },
  { what: 'device', valueOf: ({ dtHash }) => dtHash, wordsOf: ({ dtHash }) => `browser cookie ${dtHash}` },
  { what: 'client', valueOf: clientOf, wordsOf: (event) => clientOf(event) ?? '' },
]

/** The first time that a lane shows a value which it never showed before, and what it showed last. */
function findBreaks(events: readonly EventRow[]): LaneBreak[] {
  const seen = DIMENSIONS.map(() => new Set<string>())
  const last = DIMENSIONS.map((): EventRow | null => null)
  const breaks: LaneBreak[] = []
  for (const event of events) {
    const found = new Set<LaneBreak['what']>()
    DIMENSIONS.forEach(({ what, valueOf, wordsOf }, index) => {
      const value = valueOf(event)
      if (value === null) return
      const before = last[index]
      const isNew = before !== null && !seen[index]!.has(value)
      seen[index]!.add(value)
      last[index] = event
      // Another network is another address too: one of them tells it.
      const isTold = found.has(what) || (what === 'ip' && found.has('network'))
      if (!isNew || isTold) return
      found.add(what)
      const at = event.published.toISOString()
      breaks.push({ uuid: event.uuid, at, what, before: wordsOf(before!), after: wordsOf(event) })
    })
    if (breaks.length >= BREAKS) break
  }
  return breaks.slice(0, BREAKS)
}

function networkWords({ asNumber, asOrg }: EventRow): string {
  return nameNetwork(Number(asNumber), asOrg)
}

/** Operating system and browser; null unless both are named, because either alone is written in more than one way. */
function clientOf({ os, browser }: EventRow): string | null {
  return os === null || browser === null ? null : `${os}, ${browser}`
}

function distinct<Value>(values: ReadonlyArray<Value | null>): Value[] {
  return [...new Set(values.filter((value): value is Value => value !== null))].slice(0, SHOWN_VALUES)
}

function mostFrequent(values: ReadonlyArray<string | null>): string | null {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  let most: string | null = null
  for (const [value, count] of counts) if (most === null || count > counts.get(most)!) most = value
  return most
}
