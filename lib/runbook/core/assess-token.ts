// Step 4: the API tokens of the signal, their making and their use, and tokens that the account made afterwards. That no event names a token
// is a "no" only over a log that is stored whole, and even then no proof: Okta logs few reads.
import { classifyEvent } from '@/lib/okta/core/classify-event'
import type { EventClass } from '@/lib/okta/model'
import type { EvidenceRef } from '@/lib/signals/model'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import type { TokenFacts, TokenStep } from '../contract/steps'
import type { Answer, EventTextRow, Weight } from '../model'
import { citeEvent } from './assess-activity'
import { isFailed } from './build-lanes'
import { composeAnswer } from './compose-answer'
import { describeGaps, describeTokens, READS_NOT_LOGGED } from './describe-tokens'
import { creationOf, presentToken } from './present-token'
import type { Suspicion, TokenRecords, TokenStepFacts } from './token-facts'
import { phraseCount } from './phrase'
import { presentEvent } from './present-event'

export const TOKEN_ASSESSMENT = { id: 'token', version: 1 }

/** A token that is used from more places than these has no usual ones. */
const USUAL_PLACES = 10
/** Used on so many days before, an address is one of its usual places. */
const USUAL_DAYS = 3
/** Refused calls may come before the first that succeeds, which begins the signal. */
const LEAD_MS = 86_400_000
const GRAVE: readonly EventClass[] = ['privilege', 'token', 'configuration']

export function assessToken(facts: TokenStepFacts): TokenStep {
  const { firstSeen, records, createdAfter, coverage } = facts
  const tokens = records.map((record) => presentToken(record, firstSeen))
  const suspicions = records.map((record) => suspect(record, facts))
  const made = createdAfter.filter(({ outcome }) => !isFailed(outcome))
  const answer = answerOf(facts)
  const weight = weigh(facts, suspicions, made)
  const sentence = describeTokens(facts, tokens, suspicions, made, answer)
  return {
    step: 4,
    ...composeAnswer({
      step: 4,
      assessment: TOKEN_ASSESSMENT,
      answer,
      weight,
      speaksForBenign: weight === 'possible' && suspicions.length > 0 && suspicions.every(isInnocent),
      sentence,
      evidence: [
        ...suspicions.flatMap((each) => chooseEvidence(each, facts)),
        ...made.map((event) => citeEvent(event)),
      ],
      window: facts.window,
      coverage,
      missing: missingOf(facts, tokens),
    }),
    tokens,
    createdAfter: createdAfter.map((event) => presentEvent(event, firstSeen)),
  }
}

function answerOf({ records, createdAfter, coverage }: TokenStepFacts): Answer {
  if (records.length + createdAfter.length > 0) return 'yes'
  return coverage.isComplete ? 'no' : 'cannot_tell'
}

function suspect(record: TokenRecords, { ip, firstSeen, usualTypes }: TokenStepFacts): Suspicion {
  const here = record.addresses.find((address) => address.ip === ip)
  const since = new Date(firstSeen.getTime() - LEAD_MS)
  const before = record.addresses.filter((address) => address.ip !== ip && address.firstAt < since).length
  const isNew = here === undefined || here.firstAt >= since
  const today = firstSeen.toISOString().slice(0, 10)
  const daysHere = record.days.filter(({ ip: at, day }) => at === ip && day < today).length
  return {
    record,
    leftItsPlaces: isNew && before > 0 && before <= USUAL_PLACES,
    isUsualPlace: daysHere >= USUAL_DAYS,
    otherFlagged: record.addresses.filter(({ isFlagged, ip: at }) => isFlagged && at !== ip).map(({ ip: at }) => at),
    unusual: record.changes.filter(
      ({ eventType, outcome }) => !isFailed(outcome) && (usualTypes.get(eventType) ?? 0) < USUAL_DAYS,
    ),
  }
}

/**
 * | use of the token                                                                        | weight    |
 * | --------------------------------------------------------------------------------------- | --------- |
 * | another flagged address used it, its zone refused it, or it made a grave unusual change | confirmed |
 * | it left its usual places and made unusual changes                                       | confirmed |
 * | either of the two; or nothing but the flagged address                                   | likely    |
 * | the flagged address is one of its usual places, and it did nothing unusual              | possible  |
 * | no token, but the account made one from the flagged address                             | confirmed |
 * | no token, but the account made one                                                      | likely    |
 */
function weigh({ ip }: TokenStepFacts, suspicions: readonly Suspicion[], made: readonly EventTextRow[]): Weight {
  if (suspicions.some(isProven) || made.some((event) => event.ip === ip)) return 'confirmed'
  if (made.length > 0 || suspicions.some((each) => !isInnocent(each))) return 'likely'
  return suspicions.length > 0 ? 'possible' : 'none'
}

function isProven({ record, leftItsPlaces, otherFlagged, unusual }: Suspicion): boolean {
  const isGrave = unusual.some(({ eventType }) => GRAVE.includes(classifyEvent(eventType)))
  return otherFlagged.length > 0 || record.outsideRange.length > 0 || isGrave || (leftItsPlaces && unusual.length > 0)
}

function isInnocent({ record, isUsualPlace, otherFlagged, unusual }: Suspicion): boolean {
  return isUsualPlace && otherFlagged.length === 0 && unusual.length === 0 && record.outsideRange.length === 0
}

function chooseEvidence(suspicion: Suspicion, { ip, firstSeen }: TokenStepFacts): Array<Omit<EvidenceRef, 'step'>> {
  const { record, leftItsPlaces, otherFlagged, unusual } = suspicion
  const created = creationOf(record)
  const calls = record.addresses.find((address) => address.ip === ip)?.calls ?? 0
  const note = leftItsPlaces ? ', not seen there before' : ''
  const label = `Token ${shortTokenId(record.id)} used from ${ip}, ${phraseCount(calls, 'logged call')}${note}`
  return [
    { kind: 'token', ref: record.id, label, at: firstSeen.toISOString() },
    ...otherFlagged.slice(0, 3).map((other) => ({
      kind: 'address' as const,
      ref: other,
      label: `${other}, flagged as well, used token ${shortTokenId(record.id)}`,
      at: record.addresses.find((address) => address.ip === other)!.lastAt.toISOString(),
    })),
    ...record.outsideRange.slice(0, 2).map((event) => citeEvent({ ...event, raw: null }, 'its zone refused it')),
    ...unusual.slice(0, 4).map((event) => citeEvent(event, 'with the token')),
    ...(created ? [citeEvent(created, 'its creation')] : []),
  ]
}

function missingOf({ records, tokensLeft, firstSeen }: TokenStepFacts, tokens: readonly TokenFacts[]): string[] {
  const of = records.flatMap((record, place) => describeGaps(record, tokens[place]!, firstSeen))
  const left = tokensLeft > 0 ? [`${tokensLeft} more tokens of the signal were not looked at.`] : []
  return [READS_NOT_LOGGED, ...of, ...left]
}
