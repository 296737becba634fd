// One signal with everything its page shows.
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import type { SignalDetail } from '../contract/signal'
import { sentenceOf } from '../core/describe-signal'
import { presentEvidence, presentNote, presentReview, presentSimilar, presentVerdict } from '../core/present-case'
import { conditionsOf, opinionsOf, presentEntry, presentLink, presentSignal } from '../core/present-signal'
import { signalReference, type Signal } from '../model'
import { listEvidence } from '../store/evidence'
import { findDeciding } from '../store/finding'
import { listNotes } from '../store/note'
import { listReviews } from '../store/review'
import { findLinked, findSignal } from '../store/signal'
import { listSimilar } from '../store/similar-signal'
import { listVerdicts } from '../store/verdict'
import { pageOfEvents } from './list-signal-events'

const FIRST_EVENTS = 200
const SIMILAR = 10

/** @throws AppError not_found */
export async function getSignal({ actor, signalId }: { actor: Actor; signalId: number }): Promise<SignalDetail> {
  const { orgId } = actor
  const signal = await findSignal(sql(), orgId, signalId)
  if (!signal) throw new AppError('not_found', `There is no signal ${signalReference(signalId)}.`)
  const [deciding, events, history, linked, people] = await Promise.all([
    findDeciding(sql(), orgId, signalId),
    pageOfEvents(orgId, signalId, null, FIRST_EVENTS),
    readHistory(sql(), orgId, 'signal', String(signalId)),
    findLinked(sql(), orgId, signal),
    readCase(signal),
  ])
  const { ruleId, ruleVersion, intentPolicy, policyVersion, sessions } = signal
  return {
    ...presentSignal(signal, clock()),
    sentence: sentenceOf(signal),
    ...{ ruleId, ruleVersion, intentPolicy, policyVersion },
    raisedAt: signal.raisedAt?.toISOString() ?? null,
    sessions,
    decidingEventUuid: deciding?.eventUuid ?? null,
    conditions: deciding ? conditionsOf(deciding, intentPolicy) : [],
    intelligence: opinionsOf(signal.intelligence, intentPolicy),
    events,
    history: history.map(presentEntry),
    ...linksOf(signal, linked),
    ...people,
  }
}

/** What people concluded, pinned and wrote, and signals like this one. */
async function readCase(signal: Signal) {
  const { orgId, id } = signal
  const [verdicts, evidence, notes, reviews, similar] = await Promise.all([
    listVerdicts(sql(), orgId, id),
    listEvidence(sql(), orgId, id),
    listNotes(sql(), orgId, id),
    listReviews(sql(), orgId, id),
    listSimilar(sql(), signal, SIMILAR),
  ])
  return {
    verdicts: verdicts.map(presentVerdict),
    evidence: evidence.map(presentEvidence),
    notes: notes.map(presentNote),
    reviews: reviews.map(presentReview),
    similar: similar.map(({ signal: other, decidedByName }) => presentSimilar(other, decidedByName, signal)),
  }
}

function linksOf(signal: Signal, linked: readonly Signal[]) {
  const named = (id: number | null) => linked.find((other) => other.id === id)
  const follows = named(signal.followsId)
  const mergedInto = named(signal.mergedIntoId)
  const duplicateOf = named(signal.duplicateOfId)
  return {
    follows: follows ? presentLink(follows) : null,
    followedBy: linked.filter((other) => other.followsId === signal.id).map(presentLink),
    mergedInto: mergedInto ? presentLink(mergedInto) : null,
    duplicateOf: duplicateOf ? presentLink(duplicateOf) : null,
    merged: linked.filter((other) => other.mergedIntoId === signal.id).map(presentLink),
  }
}
