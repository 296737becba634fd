// Folds the findings of one page into stored signals. A constant number of statements, however many groups the page touches; events of
// signals are read only where the maximum duration cuts one.
//
// Invariant: the caller holds the org's lock. Locks taken here: signals in order of id, then the end of the audit chain.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Finding, RuleSettings } from '@/lib/detections/model'
import { systemActor } from '@/lib/kernel/actor'
import { invariant } from '@/lib/kernel/error'
import { foldGroup, type FoldOutcome } from '../core/fold-findings'
import { newSignals, planFold, type FoldPlan, type FoldReport, type NewSignals } from '../core/plan-fold'
import type { Signal } from '../model'
import { findingsOfSignals, insertFindings, moveAllFindings, moveFindings, storedUuids } from '../store/finding'
import {
  findFollowed,
  insertSignals,
  lockOpenSignals,
  markMerged,
  takeSignalIds,
  updateSummaries,
} from '../store/signal'

export interface FoldFindingsInput {
  org: { orgId: string } & Pick<
    RuleSettings,
    'intentPolicy' | 'policyVersion' | 'keepAliveSeconds' | 'maxDurationSeconds'
  >
  findings: readonly Finding[]
  /** Whether stored events were judged again because of intelligence learned later; signals opened now are marked so. */
  isRetroactive: boolean
  now: Date
}

/**
 * Opens, reinforces, raises and merges signals. Findings that are stored already change nothing, so a page may be replayed.
 *
 * @param tx a transaction in which the org is locked (`lockOrg` of lib/okta)
 */
export async function foldFindings(tx: Sql, input: FoldFindingsInput): Promise<FoldReport> {
  const { org, isRetroactive, now } = input
  const groups = groupFindings(await withoutStored(tx, org.orgId, input.findings))
  if (groups.length === 0) return { opened: [], raised: [], reinforced: [], merged: [] }

  const signals = await loadSignals(tx, org, groups)
  const folds = await foldGroups(tx, org, groups, signals)
  const created = await numberSignals(tx, org, folds)
  const stored = new Map(signals.flat().map((signal) => [signal.id, signal]))
  const plan = planFold({ folds, stored, created, settings: org, isRetroactive })
  await savePlan(tx, input, plan)
  await appendAudit(tx, systemActor(org.orgId), plan.audit, now)
  await notifyChange(tx, org.orgId, 'signals')
  return plan.report
}

interface Group {
  ip: string
  actorId: string
  findings: Finding[]
}

type Folded = Extract<FoldOutcome, { status: 'folded' }>

/** The findings that are new, each once: of one event given twice, the first. */
async function withoutStored(tx: Sql, orgId: string, findings: readonly Finding[]): Promise<Finding[]> {
  const seen =
    findings.length > 0
      ? await storedUuids(
          tx,
          orgId,
          findings.map(({ eventUuid }) => eventUuid),
        )
      : new Set()
  return findings.filter(({ eventUuid }) => !seen.has(eventUuid) && seen.add(eventUuid))
}

function groupFindings(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Group>()
  for (const finding of findings) {
    const { ip, actorId } = finding
    const key = `${ip} ${actorId}`
    const group = groups.get(key) ?? { ip, actorId, findings: [] }
    group.findings.push(finding)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Open signals of each group that its new findings can reach, or that come after them. */
async function loadSignals(tx: Sql, org: FoldFindingsInput['org'], groups: readonly Group[]): Promise<Signal[][]> {
  const windows = groups.map(({ ip, actorId, findings }) => {
    const first = findings.reduce((least, { published }) => Math.min(least, published.getTime()), Infinity)
    return { ip, actorId, since: new Date(first - org.keepAliveSeconds * 1000) }
  })
  const signals: Signal[][] = groups.map(() => [])
  for (const { group, signal } of await lockOpenSignals(tx, org.orgId, windows)) signals[group]!.push(signal)
  return signals
}

/** Folds each group from summaries, and those that ask for it again from the events they name. */
async function foldGroups(
  tx: Sql,
  org: FoldFindingsInput['org'],
  groups: readonly Group[],
  signals: readonly Signal[][],
): Promise<Folded[]> {
  const { keepAliveSeconds, maxDurationSeconds } = org
  const inputs = groups.map(({ findings }, index) => ({
    signals: signals[index]!.map((signal) => ({
      id: signal.id,
      isTouched: signal.touchedAt !== null,
      summary: signal,
    })),
    findings,
    keepAliveSeconds,
    maxDurationSeconds,
  }))
  const outcomes = inputs.map((input) => foldGroup({ ...input, stored: [] }))
  const cut = outcomes.flatMap((outcome) => (outcome.status === 'needs_events' ? outcome.signalIds : []))
  const stored = cut.length > 0 ? await findingsOfSignals(tx, org.orgId, cut) : []
  return outcomes.map((outcome, index) => {
    if (outcome.status === 'folded') return outcome
    const ids = new Set(outcome.signalIds)
    const again = foldGroup({ ...inputs[index]!, stored: stored.filter(({ signalId }) => ids.has(signalId)) })
    invariant(again.status === 'folded', 'events are asked for once')
    return again
  })
}

async function numberSignals(tx: Sql, org: FoldFindingsInput['org'], folds: readonly Folded[]): Promise<NewSignals> {
  const summaries = newSignals(folds).map(({ summary }) => summary)
  if (summaries.length === 0) return { ids: [], followedIds: [] }
  const followedIds = await findFollowed(tx, org.orgId, summaries, org.keepAliveSeconds)
  return { ids: await takeSignalIds(tx, org.orgId, summaries.length), followedIds }
}

async function savePlan(tx: Sql, { org, isRetroactive, now }: FoldFindingsInput, plan: FoldPlan): Promise<void> {
  const { orgId } = org
  if (plan.opened.length > 0) await insertSignals(tx, orgId, plan.opened, { settings: org, isRetroactive, at: now })
  if (plan.updated.length > 0) await updateSummaries(tx, orgId, plan.updated, now)
  if (plan.wholesMoved.length > 0) await moveAllFindings(tx, orgId, plan.wholesMoved)
  if (plan.findingsMoved.length > 0) await moveFindings(tx, orgId, plan.findingsMoved)
  if (plan.merged.length > 0) await markMerged(tx, orgId, plan.merged, now)
  if (plan.findingsAdded.length > 0) await insertFindings(tx, orgId, plan.findingsAdded, { isRetroactive, at: now })
}
