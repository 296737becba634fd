// A person concludes. One transaction pins the evidence, writes the rationale, makes the suppression, and closes the signal or hands it on.
import { randomUUID } from 'node:crypto'
import type { AuditRecord } from '@/lib/audit/model'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { createSuppression } from '@/lib/suppressions/service/create-suppression'
import { lockSuppressions } from '@/lib/suppressions/service/lock-suppressions'
import type { DecidedSignal, VerdictInput } from '../contract/triage'
import { citeNumbers, writeRationale } from '../core/describe-verdict'
import { storableText } from '@/lib/kernel/plain-text'
import { signalReference, statusAfter, type NumberedEvidence, type Signal, type VerdictRecord } from '../model'
import { insertNote } from '../store/note'
import { lockSignals, saveClaim, saveDecision } from '../store/signal'
import { insertVerdict, listVerdicts } from '../store/verdict'
import { requireLive } from './lock-case'
import { isSameFact, pinFacts, readEvidence, type EvidenceWithText } from './pin-evidence'
import { conflictWith, findRepeated, refuseStale } from './refuse-stale'
import { withdrawInForce } from './withdraw-verdict'

interface DecideInput {
  actor: Actor
  signalId: number
  input: VerdictInput
  now: Date
}

/**
 * Gives a verdict. Everything that is pinned then is cited by it; the claim ends. An escalation leaves the signal in review with a hand-off
 * note, and the next verdict replaces it; every other verdict closes. Sent again with the same content it changes nothing.
 *
 * @throws AppError not_found; conflict (who did what when) when somebody changed the signal meanwhile, it is closed, or part of another;
 *   invalid_input when there is no evidence, an event is not stored, or the parts contradict each other;
 *   forbidden when the suppression needs somebody else
 */
export async function decideSignal({ actor, signalId, input, now }: DecideInput): Promise<DecidedSignal> {
  const decision = { ...input, note: input.note === undefined ? null : storableText(input.note) }
  refuseContradiction(signalId, input)
  const refs = await readEvidence(actor.orgId, input.evidence)
  return withTransaction(async (tx) => {
    if (input.suppression) await lockSuppressions(tx, actor.orgId)
    const signal = await lockForDecision(tx, actor.orgId, signalId, input)
    const repeated = await findSame(tx, actor, signal, { ...decision, refs })
    if (repeated) return decided(signal, repeated)
    await refuseStale(tx, signal, input.version, 'decide')
    if (signal.status === 'closed') {
      throw await conflictWith(tx, signal, 'decide', 'It is closed: open it again, then decide anew.')
    }
    const { pinned, audit } = await pinFacts(tx, actor, signal, refs, now)
    if (pinned.length === 0) throw noEvidence()
    const made = input.suppression
      ? await createSuppression(tx, { actor, signal, draft: input.suppression, evidence: pinned, now })
      : null
    const replaced = await withdrawInForce(tx, actor, signal, now)
    const verdict = await save(tx, actor, signal, {
      decision,
      evidence: pinned,
      replaced,
      suppressionId: made?.suppression.id ?? null,
      now,
    })
    const entry = decisionEntry(signal, verdict, replaced)
    await appendAudit(tx, actor, [...audit, ...(made ? [made.audit] : []), entry], now)
    await notifyChange(tx, actor.orgId, 'signals')
    const after = { status: statusAfter(verdict.verdict), verdict: verdict.verdict, version: signal.version + 1 }
    return decided({ ...signal, ...after }, verdict)
  })
}

type NewVerdict = Omit<VerdictRecord, 'withdrawnAt' | 'withdrawnByName'>
type StorableDecision = Omit<VerdictInput, 'note'> & { note: string | null }

/** Writes the verdict, what it makes of the signal, and the hand-off note of an escalation, which has the verdict's id. */
async function save(
  tx: Sql,
  actor: Actor,
  signal: Signal,
  made: {
    decision: StorableDecision
    evidence: readonly NumberedEvidence[]
    replaced: VerdictRecord | null
    suppressionId: number | null
    now: Date
  },
): Promise<NewVerdict> {
  const { orgId, id: signalId } = signal
  const { decision, evidence, now } = made
  const { verdict, note } = decision
  const duplicateOfId = decision.duplicateOfId ?? null
  const row: NewVerdict = {
    ...{ id: randomUUID(), verdict, rationale: writeRationale(verdict, evidence, duplicateOfId), note },
    evidence: [...evidence],
    suggested: decision.suggested ?? null,
    statusBefore: signal.status,
    replacesId: made.replaced?.id ?? null,
    ...{ duplicateOfId, suppressionId: made.suppressionId },
    ...{ decidedAt: now, decidedById: actor.id, decidedByName: actor.name },
  }
  await insertVerdict(tx, orgId, signalId, row)
  await saveDecision(tx, orgId, signalId, { status: statusAfter(verdict), verdict, duplicateOfId }, now)
  await saveClaim(tx, orgId, signalId, null)
  if (verdict === 'suspicious_escalated') {
    const rests = `Escalated as suspicious. It rests on ${citeNumbers(evidence)}.`
    await insertNote(tx, orgId, signalId, {
      ...{ id: row.id, kind: 'handoff', body: note === null ? rests : `${note}\n\n${rests}`, createdAt: now },
      ...{ authorId: actor.id, authorName: actor.name },
    })
  }
  return row
}

/** @throws AppError invalid_input where parts of a decision contradict each other */
function refuseContradiction(signalId: number, { verdict, duplicateOfId, suppression }: VerdictInput): void {
  const refuse = (path: string, message: string) => {
    throw new AppError('invalid_input', message, { issues: [{ path, message }] })
  }
  if (verdict === 'duplicate' && duplicateOfId === undefined) refuse('duplicateOfId', 'Say which signal it repeats.')
  if (verdict !== 'duplicate' && duplicateOfId !== undefined) {
    refuse('duplicateOfId', 'Only a duplicate names another signal: leave it out, or choose duplicate.')
  }
  if (duplicateOfId === signalId) refuse('duplicateOfId', 'A signal cannot repeat itself: name the other one.')
  const isBenign = verdict === 'benign_vpn' || verdict === 'benign_expected'
  if (suppression && !isBenign) {
    refuse('suppression', 'Only what is benign may be suppressed: leave it out, or choose a benign verdict.')
  }
}

/** The signal, locked together with the one that it repeats. @throws AppError not_found, conflict, invalid_input */
async function lockForDecision(tx: Sql, orgId: string, signalId: number, input: VerdictInput): Promise<Signal> {
  const { duplicateOfId } = input
  const ids = duplicateOfId === undefined ? [signalId] : [signalId, duplicateOfId]
  const locked = await lockSignals(tx, orgId, ids)
  const signal = requireLive(
    locked.find(({ id }) => id === signalId),
    signalId,
  )
  if (duplicateOfId !== undefined) {
    refuseOriginal(
      locked.find(({ id }) => id === duplicateOfId),
      duplicateOfId,
    )
  }
  return signal
}

/** A signal that is nothing by itself cannot be what another repeats: so no circle of duplicates is left without a verdict. */
function refuseOriginal(original: Signal | undefined, id: number): void {
  const reference = signalReference(id)
  const link = original?.mergedIntoId ?? original?.duplicateOfId ?? null
  if (original && link === null) return
  const message = original
    ? `${reference} is part of ${signalReference(link!)}: name that one.`
    : `There is no signal ${reference}.`
  throw new AppError('invalid_input', message, { issues: [{ path: 'duplicateOfId', message }] })
}

function noEvidence(): AppError {
  return new AppError('invalid_input', 'A verdict rests on evidence: pin at least one fact with +, then decide.', {
    issues: [{ path: 'evidence', message: 'pin at least one fact' }],
  })
}

/** The verdict that this very request gave already; null where it is a new one. */
async function findSame(
  tx: Sql,
  actor: Actor,
  signal: Signal,
  input: StorableDecision & { refs: readonly EvidenceWithText[] },
): Promise<VerdictRecord | null> {
  const { version, verdict, note, duplicateOfId = null, suppression, refs } = input
  if (!(await findRepeated(tx, signal, { actor, version, actions: ['signal.decided'] }))) return null
  const verdicts = await listVerdicts(tx, actor.orgId, signal.id)
  const last = verdicts.find(({ withdrawnAt }) => withdrawnAt === null)
  const isSame =
    last?.verdict === verdict &&
    last.note === note &&
    last.duplicateOfId === duplicateOfId &&
    (last.suppressionId !== null) === (suppression !== undefined) &&
    refs.every((ref) => last.evidence.some((one) => isSameFact(one, ref)))
  return isSame ? last : null
}

function decisionEntry(signal: Signal, verdict: NewVerdict, replaced: VerdictRecord | null): AuditRecord {
  const { rationale, note, evidence, suggested, duplicateOfId, suppressionId } = verdict
  return {
    action: 'signal.decided',
    subjectType: 'signal',
    subjectId: String(signal.id),
    detail: {
      ...{ from: signal.status, to: statusAfter(verdict.verdict), verdict: verdict.verdict, verdictId: verdict.id },
      evidence: evidence.map(({ number }) => `E${number}`),
      ...{ rationale, suggested },
      ...(replaced && { replaced: replaced.verdict }),
      ...(duplicateOfId !== null && { duplicateOfId }),
      ...(suppressionId !== null && { suppressionId }),
      ...(note !== null && { note }),
    },
  }
}

function decided({ id, version, status, verdict }: Signal, record: NewVerdict): DecidedSignal {
  return { signalId: id, version, status, verdict, verdictId: record.id, suppressionId: record.suppressionId }
}
