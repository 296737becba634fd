// Why an event raised a signal, or why not: a finding as it was decided, any other event by what is known now.
import { sql } from '@/lib/db/database'
import { explainJudgement, type ExplainedJudgement, type JudgedCase } from '@/lib/detections/core/explain-judgement'
import { matchEvent } from '@/lib/intel/core/match-event'
import { loadIndex } from '@/lib/intel/service/load-index'
import type { Actor } from '@/lib/kernel/actor'
import { invariant } from '@/lib/kernel/error'
import { OUTCOME_ALLOW, type LogEvent } from '@/lib/okta/model'
import { chooseOrg } from '@/lib/okta/service/choose-org'
import { findSuppressed } from '@/lib/suppressions/service/find-suppressed'
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
  const { event } = await readEvent(orgId, id)
  return suppressed ? explainHidden(orgId, event, suppressed) : explainOther(orgId, event)
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

async function explainHidden(orgId: string, event: LogEvent, suppressed: Suppressed): Promise<EventExplanation> {
  const settings = await readSettings(orgId)
  const { matches, decidedAt, ...suppression } = suppressed
  const explained = explainJudgement({ event, matches, settings })
  return present({ uuid: event.uuid, explained, settings, outcome: 'suppressed', decidedAt, suppression })
}

async function explainOther(orgId: string, event: LogEvent): Promise<EventExplanation> {
  const [settings, { index }] = await Promise.all([readSettings(orgId), loadIndex(orgId)])
  const explained = explainJudgement({ event, matches: matchEvent(index, event), settings })
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
  const { judgement, firstFailed, flips } = explained
  const more = suppression ? [`A signal if ${suppression.reference} had not covered it`] : []
  return {
    ...{ uuid, outcome, signal, suppression },
    sentence: describeExplanation({ conditions: judgement.conditions, firstFailed, signal, suppression }),
    conditions: judgement.conditions,
    firstFailed: firstFailed?.name ?? null,
    decidedOn: decidedAt ? 'stored_decision' : 'present_intelligence',
    decidedAt: decidedAt?.toISOString() ?? null,
    intentPolicy: settings.intentPolicy,
    flips: [...more, ...flips],
  }
}
