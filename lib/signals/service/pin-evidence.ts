// Facts that people pin to a signal. A pinned event is copied, so that it outlives the retention of the log.
import type { AuditRecord } from '@/lib/audit/model'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { PinnedEvidence } from '../contract/triage'
import { storableText } from '@/lib/kernel/plain-text'
import { presentEvidence } from '../core/present-case'
import type { EvidenceRef, NumberedEvidence, Signal } from '../model'
import { insertEvidence, listEvidence, removeEvidence, wasEvidence } from '../store/evidence'
import { markTouched } from '../store/signal'
import { readEvent } from './get-event'
import { lockCase } from './lock-case'

/** Facts that one signal may hold; more is not evidence but the log. */
const PINNED_LIMIT = 200

/** A fact with the copy that is kept of it; null for what is no event. */
export type EvidenceWithText = EvidenceRef & { raw: string | null }

/**
 * Pins facts and returns all that are pinned, by number. A fact that is pinned already keeps its number.
 *
 * @throws AppError not_found; conflict (part of another signal); invalid_input (an event that is not stored, too many facts)
 */
export async function pinEvidence(input: {
  actor: Actor
  signalId: number
  evidence: readonly EvidenceRef[]
  now: Date
}): Promise<{ evidence: PinnedEvidence[] }> {
  const { actor, signalId, now } = input
  const { orgId } = actor
  const refs = await readEvidence(orgId, input.evidence)
  return withTransaction(async (tx) => {
    const signal = await lockCase(tx, orgId, signalId)
    const { audit } = await pinFacts(tx, actor, signal, refs, now)
    if (audit.length > 0) {
      await markTouched(tx, orgId, signalId, now)
      await appendAudit(tx, actor, audit, now)
      await notifyChange(tx, orgId, 'signals')
    }
    return { evidence: (await listEvidence(tx, orgId, signalId)).map(presentEvidence) }
  })
}

/**
 * Takes a fact off the signal and returns those that are left. Its number is not used again, and verdicts that cited it keep it. Sent again
 * it changes nothing.
 *
 * @throws AppError not_found (the signal, or a number that it never had); conflict
 */
export async function unpinEvidence(input: {
  actor: Actor
  signalId: number
  number: number
  now: Date
}): Promise<{ evidence: PinnedEvidence[] }> {
  const { actor, signalId, number, now } = input
  const { orgId } = actor
  return withTransaction(async (tx) => {
    await lockCase(tx, orgId, signalId)
    const label = await removeEvidence(tx, orgId, signalId, number, now)
    if (label !== null) {
      await markTouched(tx, orgId, signalId, now)
      const detail = { number, label }
      await appendAudit(tx, actor, [record('signal.evidence_removed', signalId, detail)], now)
      await notifyChange(tx, orgId, 'signals')
    } else if (!(await wasEvidence(tx, orgId, signalId, number))) {
      throw new AppError('not_found', `There is no evidence E${number} on this signal.`)
    }
    return { evidence: (await listEvidence(tx, orgId, signalId)).map(presentEvidence) }
  })
}

/**
 * Facts as they are kept: each once, uuids in lower case, events with their text. Call it before the transaction: events never change.
 *
 * @throws AppError invalid_input where an event is not stored
 */
export async function readEvidence(orgId: string, refs: readonly EvidenceRef[]): Promise<EvidenceWithText[]> {
  const facts = new Map<string, EvidenceRef>()
  for (const ref of refs) {
    const { kind, step, at } = ref
    const fact = { kind, step, at, label: storableText(ref.label), ref: storableText(ref.ref) }
    if (kind === 'event') fact.ref = fact.ref.toLowerCase()
    const key = `${kind} ${fact.ref}`
    if (!facts.has(key)) facts.set(key, fact)
  }
  return Promise.all(
    [...facts.values()].map(async (fact) => ({
      ...fact,
      raw: fact.kind === 'event' ? await readEventText(orgId, fact.ref) : null,
    })),
  )
}

/** The event as received, or the copy that was kept of it. @throws AppError invalid_input */
async function readEventText(orgId: string, uuid: string): Promise<string> {
  try {
    return (await readEvent(orgId, uuid)).raw
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error
    throw new AppError(
      'invalid_input',
      `Nothing was pinned: event ${uuid} is not stored. Take evidence that the page shows.`,
      { issues: [{ path: 'evidence', message: `event ${uuid} is not stored` }] },
    )
  }
}

/**
 * Pins what is not pinned yet, under the lock of the signal's row; the caller records `audit`. Returns everything that is pinned then.
 *
 * @throws AppError invalid_input (too many facts)
 */
export async function pinFacts(
  tx: Sql,
  actor: Actor,
  signal: Signal,
  refs: readonly EvidenceWithText[],
  now: Date,
): Promise<{ pinned: NumberedEvidence[]; audit: AuditRecord[] }> {
  const { orgId, id } = signal
  const before = (await listEvidence(tx, orgId, id)).map(numberedOf)
  const fresh = refs.filter((ref) => !before.some((one) => isSameFact(one, ref)))
  if (fresh.length === 0) return { pinned: before, audit: [] }
  if (before.length + fresh.length > PINNED_LIMIT) {
    throw new AppError(
      'invalid_input',
      `A signal holds ${PINNED_LIMIT} pinned facts at most: remove some that matter less.`,
    )
  }
  const added = await insertEvidence(tx, orgId, id, fresh, { id: actor.id, name: actor.name, at: now })
  const facts = added.map(({ number, kind, ref, label }) => ({ number, kind, ref, label }))
  return { pinned: [...before, ...added], audit: [record('signal.evidence_pinned', id, { evidence: facts })] }
}

/** Equal kind and ref are the same fact. */
export function isSameFact(a: Pick<EvidenceRef, 'kind' | 'ref'>, b: Pick<EvidenceRef, 'kind' | 'ref'>): boolean {
  return a.kind === b.kind && a.ref === b.ref
}

function numberedOf({ number, kind, ref, step, label, at }: NumberedEvidence): NumberedEvidence {
  return { number, kind, ref, step, label, at }
}

function record(action: string, signalId: number, detail: Record<string, unknown>): AuditRecord {
  return { action, subjectType: 'signal', subjectId: String(signalId), detail }
}
