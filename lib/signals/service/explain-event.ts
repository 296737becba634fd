// Why an event raised a signal, or why not: a finding as it was decided, any other event by what is known now.
import { sql } from '@/lib/db/database'
import { explainJudgement, type ExplainedJudgement, type JudgedCase } from '@/lib/detections/core/explain-judgement'
import { matchEvent } from '@/lib/intel/core/match-event'
import { loadIndex } from '@/lib/intel/service/load-index'
import type { Actor } from '@/lib/kernel/actor'
import { invariant } from '@/lib/kernel/error'
import { OUTCOME_ALLOW, type LogEvent } from '@/lib/okta/model'
import { chooseOrg } from '@/lib/okta/service/choose-org'
import { findSuppressed, listCovering } from '@/lib/suppressions/service/find-suppressed'
import type { EventExplanation } from '../contract/explanation'
import { describeExplanation } from '../core/describe-explanation'
import { judgedEventOf, presentLink } from '../core/present-signal'
import { findByEvent } from '../store/finding'
import { findSignal } from '../store/signal'
import { readEvent } from './get-event'

type Suppressed = NonNullable<Awaited<ReturnType<typeof findSuppressed>>>

/** @throws AppError not_found */
export async function explainEvent({ actor, uuid }: { actor: Actor; uuid: string }): Promise<EventExplanation> {
  const { orgId } = actor
  const id = uuid.toLowerCase()
  const [cited, suppressed] = await Promise.all([findByEvent(sql(), orgId, id), findSuppressed(sql(), orgId, id)])
  if (cited) return explainFinding(orgId, id, cited)
  if (suppressed) return explainHidden(orgId, suppressed)
  return explainOther(orgId, (await readEvent(orgId, id)).event)
}

async function explainFinding(
  orgId: string,
  uuid: string,
  { signalId, finding }: NonNullable<Awaited<ReturnType<typeof findByEvent>>>,
): Promise<EventExplanation> {
  const signal = await findSignal(sql(), orgId, signalId)
  invariant(signal, 'every finding belongs to a signal')
  const settings = { intentPolicy: signal.intentPolicy, isAllowSuccess: finding.outcome === OUTCOME_ALLOW }
  const explained = explainJudgement({ event: judgedEventOf(finding), matches: finding.matches, settings })
  return present({
    ...{ uuid, explained, settings, outcome: 'signal', decidedAt: finding.decidedAt },
    signal: presentLink(signal),
  })
}

/** From what was recorded, so that it does not depend on the event being kept, or on settings that changed since. */
async function explainHidden(orgId: string, { decision, ...suppression }: Suppressed): Promise<EventExplanation> {
  const { eventUuid: uuid, ip, matches, decidedAt, intentPolicy, outcome, ...facts } = decision
  const unknown = { actorName: null, actorType: null, asOrg: null, country: null, tokenClientId: null, sessionId: null }
  const hiders = await listCovering(sql(), orgId, { ...facts, hiddenBy: suppression.id })
  const settings = { intentPolicy, isAllowSuccess: outcome === OUTCOME_ALLOW }
  const event = { ...unknown, ...facts, uuid, outcome, clientIp: ip }
  const explained = explainJudgement({ event, matches, settings, hiders })
  return present({ uuid, explained, settings, outcome: 'suppressed', decidedAt, suppression })
}

async function explainOther(orgId: string, event: LogEvent): Promise<EventExplanation> {
  const [settings, { index }, hiders] = await Promise.all([
    readSettings(orgId),
    loadIndex(orgId),
    listCovering(sql(), orgId, event),
  ])
  const explained = explainJudgement({ event, matches: matchEvent(index, event), settings, hiders })
  return present({ uuid: event.uuid, explained, settings, outcome: 'none', decidedAt: null })
}

async function readSettings(orgId: string): Promise<JudgedCase['settings']> {
  const { intentPolicy, isAllowSuccess } = await chooseOrg(sql(), orgId)
  return { intentPolicy, isAllowSuccess }
}

function present(input: {
  uuid: string
  explained: ExplainedJudgement
  settings: JudgedCase['settings']
  outcome: EventExplanation['outcome']
  decidedAt: Date | null
  signal?: EventExplanation['signal']
  suppression?: EventExplanation['suppression']
}): EventExplanation {
  const { uuid, explained, settings, outcome, decidedAt, signal = null, suppression = null } = input
  const { judgement, firstFailed, flips, hiddenBy } = explained
  return {
    ...{ uuid, outcome, signal, suppression },
    sentence: describeExplanation({ conditions: judgement.conditions, firstFailed, signal, suppression, hiddenBy }),
    conditions: judgement.conditions,
    firstFailed: firstFailed?.name ?? null,
    decidedOn: decidedAt ? 'stored_decision' : 'present_intelligence',
    decidedAt: decidedAt?.toISOString() ?? null,
    intentPolicy: settings.intentPolicy,
    flips,
  }
}
