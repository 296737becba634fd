// The fold of one group (address and actor): which findings make one signal (rule, lines 8 to 11).
//
// Findings are walked in order of (published, uuid); each joins the signal whose last event is at most the keep-alive before it and
// whose first event at most the maximum duration, else it opens one. A stored signal takes part as a whole, from its summary alone:
// that gives the same signals as its events would, unless the maximum duration cuts it; then its events are asked for.
//
// Invariants: without signals that a person touched, the outcome depends on the findings alone, not on how they arrived. A touched
// signal is never cut, never merged away, and never takes in another touched one.
import type { Finding } from '@/lib/detections/model'
import { invariant } from '@/lib/kernel/error'
import type { SignalSummary } from '../model'
import { summarize, type Part } from './summarize'

/** A stored signal that is open or in review. */
export interface OpenSignal {
  id: number
  isTouched: boolean
  summary: SignalSummary
}

export interface FoldInput {
  /** Every open signal of the group whose last event is not earlier than the keep-alive before the first new finding. */
  signals: readonly OpenSignal[]
  /** All findings of those signals that must be taken apart; empty at first. */
  stored: readonly { signalId: number; finding: Finding }[]
  /** New findings, not stored yet. */
  findings: readonly Finding[]
  keepAliveSeconds: number
  maxDurationSeconds: number
}

/** One signal as it is after the fold. */
export interface FoldedSignal {
  /** Null for a new one. */
  id: number | null
  summary: SignalSummary
  /** New findings that belong to it. */
  added: Finding[]
  /** Uuids of stored findings that belonged to another signal and are named one by one. */
  movedUuids: string[]
  /** Signals that became part of it, whole or with their first finding. */
  absorbedIds: number[]
  /** False if the stored signal stays as it is. */
  isChanged: boolean
}

export type FoldOutcome =
  | { status: 'folded'; signals: FoldedSignal[]; wholesMoved: { fromId: number; into: FoldedSignal }[] }
  /** Ask again with the findings of these signals in `stored`. At most once per group. */
  | { status: 'needs_events'; signalIds: number[] }

/** Folds new findings into the signals of their group. */
export function foldGroup(input: FoldInput): FoldOutcome {
  const drafts: Draft[] = []
  const cut: number[] = []
  for (const region of regionsOf(itemsOf(input), input.keepAliveSeconds * 1000)) {
    const outcome = walk(region, input.keepAliveSeconds * 1000, input.maxDurationSeconds * 1000)
    if (outcome.status === 'cut') cut.push(...outcome.signalIds)
    else drafts.push(...outcome.drafts)
  }
  return cut.length > 0 ? { status: 'needs_events', signalIds: cut } : assignIds(drafts, input.signals)
}

/** Parts the items where the gap is too long for anything to reach over it. What happens in one part cannot change another. */
function regionsOf(items: readonly Item[], keepAliveMs: number): Item[][] {
  const regions: Item[][] = []
  let end = -Infinity
  for (const item of items) {
    if (item.start - end > keepAliveMs) regions.push([])
    regions.at(-1)!.push(item)
    end = Math.max(end, item.end)
  }
  return regions
}

type Walk = { status: 'walked'; drafts: Draft[] } | { status: 'cut'; signalIds: number[] }

function walk(items: readonly Item[], keepAliveMs: number, maxDurationMs: number): Walk {
  const drafts: Draft[] = []
  let candidates: Draft[] = []
  for (const item of items) {
    candidates = candidates.filter((draft) => canReach(draft, item.start, keepAliveMs, maxDurationMs))
    const draft = candidates.findLast((candidate) => !item.isTouched || canTakeTouched(candidate, item, maxDurationMs))
    if (!draft) {
      const touchedId = item.isTouched ? item.signalId : null
      const opened = { start: item.start, end: item.end, touchedId, items: [item] }
      drafts.push(opened)
      candidates.push(opened)
      continue
    }
    if (item.isWhole && !item.isTouched && !isWithinDuration(draft, item, maxDurationMs)) {
      return {
        status: 'cut',
        signalIds: items.flatMap((one) => (one.isWhole && !one.isTouched ? (one.signalId ?? []) : [])),
      }
    }
    draft.end = Math.max(draft.end, item.end)
    if (item.isTouched) draft.touchedId = item.signalId
    draft.items.push(item)
  }
  return { status: 'walked', drafts }
}

/** A new finding, a stored finding, or a stored signal as a whole. Times in epoch milliseconds. */
interface Item {
  start: number
  end: number
  uuid: string
  /** Where it is stored; null for a new finding. */
  signalId: number | null
  isWhole: boolean
  isTouched: boolean
  part: Part
}

/** A signal in the making. */
interface Draft {
  start: number
  end: number
  touchedId: number | null
  items: Item[]
}

function itemsOf({ signals, stored, findings }: FoldInput): Item[] {
  const apart = new Set(stored.map(({ signalId }) => signalId))
  const items: Item[] = findings.map((finding) => pointOf(finding, null))
  for (const { finding, signalId } of stored) items.push(pointOf(finding, signalId))
  for (const { id, isTouched, summary } of signals) {
    if (apart.has(id)) continue
    const [start, end] = [summary.firstSeen.getTime(), summary.lastSeen.getTime()]
    items.push({ start, end, uuid: summary.firstEventUuid, signalId: id, isWhole: true, isTouched, part: { summary } })
  }
  return items.sort((a, b) => a.start - b.start || (a.uuid < b.uuid ? -1 : 1))
}

function pointOf(finding: Finding, signalId: number | null): Item {
  const at = finding.published.getTime()
  return { start: at, end: at, uuid: finding.eventUuid, signalId, isWhole: false, isTouched: false, part: { finding } }
}

/** Whether something that starts then can belong to the draft. Once false it stays false, since items come in order of start. */
function canReach(draft: Draft, start: number, keepAliveMs: number, maxDurationMs: number): boolean {
  if (start <= draft.end) return true
  return start - draft.end <= keepAliveMs && start - draft.start <= maxDurationMs
}

/** A touched signal keeps its id and its events, so it joins as a whole, and only a draft that holds no other touched one. */
function canTakeTouched(draft: Draft, item: Item, maxDurationMs: number): boolean {
  return draft.touchedId === null && isWithinDuration(draft, item, maxDurationMs)
}

function isWithinDuration(draft: Draft, item: Item, maxDurationMs: number): boolean {
  return item.end <= draft.end || item.end - draft.start <= maxDurationMs
}

/**
 * Gives every draft an id: that of the touched signal it holds, else the smallest of the signals its parts come from that no earlier
 * draft took, else none (a new signal). Signals left over became part of the draft that holds their first part.
 */
function assignIds(drafts: readonly Draft[], stored: readonly OpenSignal[]): FoldOutcome {
  const counts = new Map(stored.map(({ id, summary }) => [id, summary.eventCount]))
  const taken = new Set(drafts.flatMap(({ touchedId }) => touchedId ?? []))
  const folded = drafts.map((draft) => {
    const sources = [...new Set(draft.items.flatMap((item) => item.signalId ?? []))]
    const free = sources.filter((id) => !taken.has(id))
    const id = draft.touchedId ?? (free.length > 0 ? Math.min(...free) : null)
    if (id !== null) taken.add(id)
    return { draft, signal: foldedSignal(draft, id, counts) }
  })
  const wholesMoved: { fromId: number; into: FoldedSignal }[] = []
  const left = new Set([...counts.keys()].filter((id) => !taken.has(id)))
  for (const { draft, signal } of folded) {
    for (const { signalId, isWhole } of draft.items) {
      if (signalId === null || signalId === signal.id) continue
      if (isWhole) wholesMoved.push({ fromId: signalId, into: signal })
      if (left.delete(signalId)) signal.absorbedIds.push(signalId)
    }
  }
  invariant(left.size === 0, 'every stored signal has a place after the fold')
  return { status: 'folded', signals: folded.map(({ signal }) => signal), wholesMoved }
}

function foldedSignal({ items }: Draft, id: number | null, counts: ReadonlyMap<number, number>): FoldedSignal {
  const summary = summarize(items.map((item) => item.part))
  const added: Finding[] = []
  const movedUuids: string[] = []
  for (const { signalId, isWhole, uuid, part } of items) {
    if (signalId === null && 'finding' in part) added.push(part.finding)
    else if (!isWhole && signalId !== id) movedUuids.push(uuid)
  }
  const isSame = id !== null && items.every((item) => item.signalId === id) && counts.get(id) === summary.eventCount
  return { id, summary, added, movedUuids, absorbedIds: [], isChanged: !isSame }
}
