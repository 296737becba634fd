// One signal with everything its page shows.
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SignalDetail } from '../contract/signal'
import { sentenceOf } from '../core/describe-signal'
import { conditionsOf, opinionsOf, presentEntry, presentLink, presentSignal } from '../core/present-signal'
import { signalReference, type Signal } from '../model'
import { findDeciding } from '../store/finding'
import { findLinked, findSignal } from '../store/signal'
import { pageOfEvents } from './list-signal-events'

const FIRST_EVENTS = 200

/** @throws AppError not_found */
export async function getSignal({ actor, signalId }: { actor: Actor; signalId: number }): Promise<SignalDetail> {
  const { orgId } = actor
  const signal = await findSignal(sql(), orgId, signalId)
  if (!signal) throw new AppError('not_found', `There is no signal ${signalReference(signalId)}.`)
  const [deciding, events, history, linked] = await Promise.all([
    findDeciding(sql(), orgId, signalId),
    pageOfEvents(orgId, signalId, null, FIRST_EVENTS),
    readHistory(sql(), orgId, 'signal', String(signalId)),
    findLinked(sql(), orgId, signal),
  ])
  const { ruleId, ruleVersion, intentPolicy, policyVersion, sessions } = signal
  return {
    ...presentSignal(signal),
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
  }
}

function linksOf(signal: Signal, linked: readonly Signal[]) {
  const named = (id: number | null) => linked.find((other) => other.id === id)
  const follows = named(signal.followsId)
  const mergedInto = named(signal.mergedIntoId)
  return {
    follows: follows ? presentLink(follows) : null,
    followedBy: linked.filter((other) => other.followsId === signal.id).map(presentLink),
    mergedInto: mergedInto ? presentLink(mergedInto) : null,
    merged: linked.filter((other) => other.mergedIntoId === signal.id).map(presentLink),
  }
}
