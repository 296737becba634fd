// Step 5: loads the changes of how the account signs in, and answers it.
import { sql } from '@/lib/db/database'
import type { IntelIndex } from '@/lib/intel/core/intel-index'
import type { IntentPolicy } from '@/lib/intel/model'
import { loadIndex } from '@/lib/intel/service/load-index'
import type { ChangesStep } from '../contract/steps'
import { assessChanges } from '../core/assess-changes'
import { describeChange, NOTHING_READ } from '../core/describe-change'
import { judgeIndicators } from '../core/present-token'
import type { EventRow } from '../model'
import { findDeviceOfEvent, listChangesBy, listChangesTo } from '../store/changes'
import { readTexts } from '../store/event-row'
import type { OpenCase } from './open-case'

const DAY_MS = 86_400_000
const DAYS_BEFORE = 14
/** Of each side of the first event, by the account and to it. */
const READ = 1000
/** Of those, how many are shown. */
const SHOWN = 500

/** Step 5 of an open case. */
export async function answerChangesStep(open: OpenCase): Promise<ChangesStep> {
  const { orgId, signal, login, firstSeen, now } = open
  const actorId = signal.actor.id
  const window = { from: new Date(firstSeen.getTime() - DAYS_BEFORE * DAY_MS), to: now }
  const before = { window: { from: window.from, to: justBefore(firstSeen) }, order: 'DESC' as const, limit: READ }
  const after = { window: { from: firstSeen, to: now }, order: 'ASC' as const, limit: READ }
  const [read, device, { index }] = await Promise.all([
    Promise.all([
      listChangesBy(sql(), orgId, actorId, after),
      listChangesTo(sql(), orgId, actorId, after),
      listChangesBy(sql(), orgId, actorId, before),
      listChangesTo(sql(), orgId, actorId, before),
    ]),
    deviceOf(open),
    loadIndex(orgId),
  ])
  const events = nearest(read.flat(), firstSeen)
  const shown = events.slice(0, SHOWN).sort(byTime)
  const texts = await readTexts(sql(), orgId, shown)
  const factors = open.record('user_factors', actorId)
  const user = open.record('user', actorId)
  return assessChanges({
    actorId,
    login,
    isUser: signal.actor.type === 'User',
    ip: signal.ip,
    flagged: flaggedOf(shown, index, signal.intentPolicy),
    sessions: signal.sessions,
    firstSeen,
    now,
    events: shown.map((event) => ({ ...event, raw: texts.get(event.uuid) ?? null })),
    isComplete: events.length <= SHOWN && read.every((rows) => rows.length < READ),
    isKnownDevice: isKnown(device, firstSeen),
    isGone: user?.result === 'not_found',
    factors: answerOf(factors),
    user: answerOf(user),
    window,
    coverage: open.coverageOf(window),
  })
}

/** Null where the event names none, and where it came with this use: within a day, as step 2 counts. */
function isKnown({ isNamed, since }: { isNamed: boolean; since: Date | null }, firstSeen: Date): boolean | null {
  if (!isNamed) return null
  if (since === null || since >= firstSeen) return false
  return firstSeen.getTime() - since.getTime() >= DAY_MS ? true : null
}

/** What Okta said of what exists; nothing once it said that there is no such account. */
function answerOf<Content>(
  record: { result: string; content: Content | null; foundAt: Date | null; askedAt: Date } | null,
): { content: Content; at: Date } | null {
  if (record?.content == null || record.result === 'not_found') return null
  return { content: record.content, at: record.foundAt ?? record.askedAt }
}

function deviceOf({ orgId, signal }: OpenCase) {
  const uuid = signal.decidingEventUuid
  if (uuid === null) return { isNamed: false, since: null }
  return findDeviceOfEvent(sql(), orgId, signal.actor.id, uuid)
}

function flaggedOf(events: readonly EventRow[], index: IntelIndex, policy: IntentPolicy): Set<string> {
  const ips = new Set(events.flatMap(({ ip }) => ip ?? []))
  return new Set([...ips].filter((ip) => judgeIndicators(index.match(ip), policy).isFlagged))
}

/** What is about signing in, each once, nearest to the first event of the signal first. */
function nearest(events: readonly EventRow[], firstSeen: Date): EventRow[] {
  const distance = ({ published }: EventRow) => Math.abs(published.getTime() - firstSeen.getTime())
  const byUuid = new Map(events.map((event) => [event.uuid, event]))
  return [...byUuid.values()]
    .filter(({ eventType }) => describeChange(eventType, NOTHING_READ) !== null)
    .sort((a, b) => distance(a) - distance(b) || byTime(a, b))
}

function byTime(a: EventRow, b: EventRow): number {
  return a.published.getTime() - b.published.getTime() || (a.uuid < b.uuid ? -1 : 1)
}

function justBefore(at: Date): Date {
  return new Date(at.getTime() - 1)
}
