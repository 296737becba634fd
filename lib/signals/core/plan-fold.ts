// Turns folded groups into what is written: rows, moves, merges, audit entries and the report. Pure, so that the service only loads
// and saves.
import type { AuditRecord } from '@/lib/audit/model'
import type { Finding, RuleSettings } from '@/lib/detections/model'
import { invariant } from '@/lib/kernel/error'
import type { Signal, SignalSummary } from '../model'
import type { FoldedSignal, FoldOutcome } from './fold-findings'
import { strongestFirst } from './summarize'

/** Ids of signals by what the fold did to them. A signal that was raised is not counted as reinforced as well. */
export interface FoldReport {
  opened: number[]
  raised: number[]
  reinforced: number[]
  merged: number[]
}

export interface FoldPlan {
  opened: { id: number; summary: SignalSummary; followsId: number | null }[]
  updated: { id: number; summary: SignalSummary; followsId: number | null }[]
  merged: { fromId: number; intoId: number }[]
  wholesMoved: { fromId: number; intoId: number }[]
  findingsMoved: { uuid: string; signalId: number }[]
  findingsAdded: { signalId: number; finding: Finding }[]
  audit: AuditRecord[]
  report: FoldReport
}

/** What new signals are given: numbers, and the closed signals they follow, in the order of `newSignals`. */
export interface NewSignals {
  ids: readonly number[]
  followedIds: readonly (number | null)[]
}

/** The signals of some folds that are not stored yet. */
export function newSignals(folds: readonly Folded[]): FoldedSignal[] {
  return folds.flatMap(({ signals }) => signals.filter(({ id }) => id === null))
}

type Folded = Extract<FoldOutcome, { status: 'folded' }>

/** Everything that the folds of one page change. */
export function planFold(input: {
  folds: readonly Folded[]
  stored: ReadonlyMap<number, Signal>
  created: NewSignals
  settings: Pick<RuleSettings, 'intentPolicy' | 'policyVersion'>
  isRetroactive: boolean
}): FoldPlan {
  const { folds, stored, created } = input
  const numbers = new Map(newSignals(folds).map((signal, index) => [signal, index]))
  const idOf = (signal: FoldedSignal): number => {
    const id = signal.id ?? created.ids[numbers.get(signal) ?? -1]
    invariant(id !== undefined, 'every new signal has a number')
    return id
  }
  const plan: FoldPlan = {
    opened: [],
    updated: [],
    merged: [],
    wholesMoved: [],
    findingsMoved: [],
    findingsAdded: [],
    audit: [],
    report: { opened: [], raised: [], reinforced: [], merged: [] },
  }
  for (const { signals, wholesMoved } of folds) {
    for (const signal of signals) {
      if (!signal.isChanged) continue
      const id = idOf(signal)
      const before = stored.get(id)
      if (before) planUpdate(plan, signal, before, stored)
      else planOpening(plan, signal, id, created.followedIds[numbers.get(signal) ?? -1] ?? null, input)
      for (const fromId of signal.absorbedIds) planMerge(plan, fromId, id, stored)
      for (const uuid of signal.movedUuids) plan.findingsMoved.push({ uuid, signalId: id })
      for (const finding of signal.added) plan.findingsAdded.push({ signalId: id, finding })
    }
    for (const { fromId, into } of wholesMoved) plan.wholesMoved.push({ fromId, intoId: idOf(into) })
  }
  return plan
}

function planOpening(
  plan: FoldPlan,
  { summary }: FoldedSignal,
  id: number,
  followsId: number | null,
  {
    settings,
    isRetroactive,
  }: { settings: Pick<RuleSettings, 'intentPolicy' | 'policyVersion'>; isRetroactive: boolean },
): void {
  const { severity, kind, ruleCase, ip, actorId, actorLogin, eventCount } = summary
  plan.opened.push({ id, summary, followsId })
  plan.report.opened.push(id)
  const { intentPolicy, policyVersion } = settings
  const detail = {
    severity,
    kind,
    ruleCase,
    ip,
    actorId,
    actorLogin,
    eventCount,
    isRetroactive,
    followsId,
    intentPolicy,
    policyVersion,
  }
  plan.audit.push(record(id, 'signal.opened', detail))
}

function planUpdate(plan: FoldPlan, signal: FoldedSignal, before: Signal, stored: ReadonlyMap<number, Signal>): void {
  const { summary, added, absorbedIds } = signal
  const { id } = before
  const inherited = absorbedIds
    .map((absorbed) => stored.get(absorbed)?.followsId ?? null)
    .find((follows) => follows !== null)
  plan.updated.push({ id, summary, followsId: inherited ?? null })
  const isRaised = before.severity === 'medium' && summary.severity === 'high'
  if (isRaised) plan.report.raised.push(id)
  else if (added.length > 0) plan.report.reinforced.push(id)

  if (before.severity !== summary.severity) {
    const eventUuid = isRaised ? (strongestFirst(added)[0]?.eventUuid ?? null) : null
    const detail = { from: before.severity, to: summary.severity, ruleCase: summary.ruleCase, eventUuid }
    plan.audit.push(record(id, isRaised ? 'signal.raised' : 'signal.lowered', detail))
  }
  // A late event moved the start so far that the maximum duration now cuts off the end.
  if (summary.lastSeen < before.lastSeen) {
    plan.audit.push(record(id, 'signal.shortened', { from: before.eventCount, to: summary.eventCount }))
  }
}

function planMerge(plan: FoldPlan, fromId: number, intoId: number, stored: ReadonlyMap<number, Signal>): void {
  const eventCount = stored.get(fromId)?.eventCount ?? 0
  plan.merged.push({ fromId, intoId })
  plan.report.merged.push(fromId)
  plan.audit.push(record(fromId, 'signal.merged', { into: intoId, eventCount }))
  plan.audit.push(record(intoId, 'signal.absorbed', { signalId: fromId, eventCount }))
}

function record(id: number, action: string, detail: Record<string, unknown>): AuditRecord {
  return { action, subjectType: 'signal', subjectId: String(id), detail }
}
