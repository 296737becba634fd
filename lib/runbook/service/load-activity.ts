// Step 3: loads what the sessions and tokens of the signal did, and answers it.
import { sql } from '@/lib/db/database'
import { plainText } from '@/lib/kernel/plain-text'
import type { ActivityStep } from '../contract/steps'
import { assessActivity } from '../core/assess-activity'
import type { EventRow } from '../model'
import * as store from '../store/activity'
import { readTexts } from '../store/event-row'
import type { OpenCase } from './open-case'

const DAY_MS = 86_400_000
const BEFORE_DAYS = 1
const USUAL_DAYS = 90
const SESSIONS = 40
const TOKENS = 10
/** Tokens that were made after the event and are followed too. */
const MADE_TOKENS = 5
const ACTORS = 10
/** Unremarkable events of all lanes together, about. */
const EVENTS = 1200
const NOTABLE = 2000
const USUAL_EVENTS = 500
const TEXTS = 200
const MAX_NAME = 80
const TOKEN_CREATED = 'system.api_token.create'

/** Step 3 of an open case. */
export async function answerActivityStep(open: OpenCase): Promise<ActivityStep> {
  const { orgId, signal, firstSeen, lastSeen, now } = open
  const window = { from: firstSeen, to: now }
  const lead = { from: new Date(firstSeen.getTime() - BEFORE_DAYS * DAY_MS), to: now }
  const use = { actorId: signal.actor.id, ip: signal.ip }
  const roots = await store.listOwnRoots(sql(), orgId, use, { from: firstSeen, to: lastSeen })
  const sessions = [...new Set([...signal.sessions, ...roots])]
  const own = sessions.slice(0, SESSIONS)
  const tokens = signal.tokens.slice(0, TOKENS).map(({ id }) => id)
  const past = { from: new Date(firstSeen.getTime() - USUAL_DAYS * DAY_MS), to: firstSeen }
  const [family, usualTypes] = await Promise.all([
    store.listFamily(sql(), orgId, own, lead.from),
    store.listUsualTypes(sql(), orgId, signal.actor.id, past, USUAL_EVENTS),
  ])
  const keys = { sessions: family.sessions.slice(0, SESSIONS), roots: family.roots.slice(0, SESSIONS), tokens }
  const lanes = await readLanes(open, keys, lead)
  const actorIds = [...new Set([signal.actor.id, ...lanes.events.flatMap(({ actorId }) => actorId ?? [])])]
  const actors = actorIds.slice(0, ACTORS)
  const notableOf = (of: store.LaneKeys, ip: string | null, range = window) =>
    store.listNotable(sql(), orgId, actors, { ...of, ip }, range, NOTABLE)
  const [notable, before] = await Promise.all([
    notableOf(keys, signal.ip),
    notableOf(NONE, signal.ip, { from: lead.from, to: new Date(firstSeen.getTime() - 1) }),
  ])
  const made = madeTokens([...lanes.events, ...notable.events], firstSeen, tokens)
  const followed = { ...NONE, tokens: [...made.keys()] }
  const [madeLanes, madeNotable] = await Promise.all([
    readLanes(open, followed, lead),
    made.size === 0 ? null : notableOf(followed, null),
  ])
  const matter = mergeEvents(before.events, notable.events, madeNotable?.events ?? [])
  const texts = await readTexts(sql(), orgId, matter.slice(0, TEXTS))
  const isWhole = own.length === sessions.length && tokens.length === signal.tokens.length
  const isFamilyWhole = family.sessions.length <= SESSIONS && family.roots.length <= SESSIONS
  return assessActivity({
    sessions: keys.sessions,
    isSessionNamed: signal.sessions.length + tokens.length > 0 || own.length === 0,
    roots: keys.roots,
    tokens: [...tokens, ...made.keys()],
    firstSeen,
    ip: signal.ip,
    notes: made,
    events: mergeEvents(lanes.events, matter, madeLanes.events),
    texts,
    usualTypes,
    isComplete: lanes.isComplete && madeLanes.isComplete && isWhole && isFamilyWhole,
    isNotableComplete: notable.isComplete && actorIds.length <= ACTORS,
    window,
    coverage: open.coverageOf(window),
  })
}

const NONE: store.LaneKeys = { sessions: [], roots: [], tokens: [] }

/** The more there are, the less is read of each, so that the sum stays what it is. */
async function readLanes({ orgId, firstSeen }: OpenCase, keys: store.LaneKeys, lead: { from: Date; to: Date }) {
  const count = keys.sessions.length + keys.roots.length + keys.tokens.length
  if (count === 0) return { events: [], isComplete: true }
  const oldest = Math.max(60, Math.floor(EVENTS / count))
  const limits = { before: 60, oldest, newest: Math.floor(oldest / 3) }
  const rows = await store.listLaneEvents(sql(), orgId, keys, lead, firstSeen, limits)
  return { events: rows, isComplete: !hasHole(rows, limits) }
}

/** Whether of some session or token events lie between the oldest and the newest that were read. */
function hasHole(rows: readonly store.LaneRow[], limits: store.LaneLimits): boolean {
  const ends = new Map<string, { oldest: Set<string>; newest: Set<string> }>()
  for (const { keyKind, key, slice, uuid } of rows) {
    if (slice === 'before') continue
    const name = `${keyKind} ${key}`
    const end = ends.get(name) ?? { oldest: new Set(), newest: new Set() }
    end[slice].add(uuid)
    ends.set(name, end)
  }
  return [...ends.values()].some(
    ({ oldest, newest }) => oldest.size === limits.oldest && ![...newest].some((uuid) => oldest.has(uuid)),
  )
}

/** Tokens that events of the case created, with who made them. */
function madeTokens(
  events: readonly EventRow[],
  firstSeen: Date,
  tokens: readonly string[],
): ReadonlyMap<string, string> {
  const made = new Map<string, string>()
  for (const { eventType, outcome, published, targetIds, actorLogin } of events) {
    if (eventType !== TOKEN_CREATED || outcome === 'FAILURE' || published < firstSeen) continue
    const id = targetIds.find((target) => target.startsWith('00T'))
    if (id === undefined || tokens.includes(id) || made.size >= MADE_TOKENS) continue
    made.set(id, `made by ${plainText(actorLogin ?? '', MAX_NAME) || 'somebody'} after the event`)
  }
  return made
}

function mergeEvents(...lists: ReadonlyArray<readonly EventRow[]>): EventRow[] {
  const byUuid = new Map<string, EventRow>()
  for (const list of lists) for (const event of list) if (!byUuid.has(event.uuid)) byUuid.set(event.uuid, event)
  return [...byUuid.values()].sort(
    (a, b) => a.published.getTime() - b.published.getTime() || (a.uuid < b.uuid ? -1 : 1),
  )
}
