// Step 4: the API tokens of the signal, their making and their use.
import type { IntelIndex } from '@/lib/intel/core/intel-index'
import type { TokenUse } from '@/lib/detections/model'
import type { Category } from '@/lib/intel/model'
import { NOTABLE_CLASSES } from '@/lib/okta/model'
import { STEPS, type SearchWindow, type EventRow, type TokenUseRow, type AnswerState } from '../model'
import { classifyEvent } from '@/lib/okta/core/classify-event'
import { phraseCount, phraseInstant, phraseWindow } from './phrase'
import { presentEvent, presentWindow } from './present-event'

const ADDRESSES = 20
const CHANGES = 100
/** Okta logs few reads through its API. */
const READS_NOT_LOGGED = 'Most API reads are not logged: no event is not proof of no use.'

export interface TokenRecords {
  token: TokenUse
  created: EventRow | null
  use: readonly TokenUseRow[]
  /** Events with the token since the signal began. */
  activity: readonly EventRow[]
  outsideRange: readonly EventRow[]
}

export interface TokenStepFacts {
  firstSeen: Date
  records: readonly TokenRecords[]
  createdAfter: readonly EventRow[]
  index: IntelIndex
  eventCount: number
  window: SearchWindow
  gaps: readonly string[]
}

/** The step with its sentence. */
export function answerToken(facts: TokenStepFacts) {
  const tokens = facts.records.map((record) => presentToken(record, facts))
  const missing = [...facts.gaps, READS_NOT_LOGGED]
  const unmade = tokens.filter(({ created, kind }) => created === null && kind !== 'oauth')
  if (unmade.length > 0) missing.push('The creation is not among the stored events; it may be older than they are.')
  const state: AnswerState = tokens.length > 0 || facts.createdAfter.length > 0 ? 'answered' : 'unknown'
  return {
    step: 4 as const,
    question: STEPS[3].question,
    sentence: phraseTokens(facts, tokens),
    state,
    window: presentWindow(facts.window),
    missing,
    tokens,
    createdAfter: facts.createdAfter.map((event) => presentEvent(event, facts.firstSeen)),
  }
}

function phraseTokens({ eventCount, window, createdAfter }: TokenStepFacts, tokens: readonly TokenFacts[]): string {
  const made =
    createdAfter.length > 0 ? ` The account created ${phraseCount(createdAfter.length, 'API token')} since.` : ''
  const [first, ...rest] = tokens
  if (first === undefined) {
    return `None of the ${phraseCount(eventCount, 'event')} of this signal carries an API token id.${made}`
  }
  if (rest.length > 0) {
    const calls = tokens.reduce((sum, token) => sum + token.calls, 0)
    return `${tokens.length} tokens were used, with ${phraseCount(calls, 'stored call')} ${phraseWindow(window)}.${made}`
  }
  const addresses = first.addresses.length + first.otherAddresses
  const flagged = first.addresses.filter(({ categories }) => categories.length > 0).length
  const use =
    first.calls === 0
      ? `No calls with token ${first.id} are stored ${phraseWindow(window)}`
      : `${phraseCount(first.calls, 'call')} with token ${first.id} from ${phraseCount(addresses, 'address', 'addresses')} are stored ${phraseWindow(window)}; feeds list ${flagged} of them now`
  const made1 = first.created
    ? ` It was created ${phraseInstant(new Date(first.created.at))} by ${first.created.actorLogin ?? first.created.actorId ?? 'somebody'}.`
    : ''
  const changes =
    first.changes.length > 0
      ? ` ${phraseCount(first.changes.length, 'change')} were made with it since the signal began.`
      : ''
  return `${use}.${made1}${changes}${made}`
}

type TokenFacts = ReturnType<typeof presentToken>

function presentToken(record: TokenRecords, { firstSeen, index }: TokenStepFacts) {
  const { token, created, use, activity, outsideRange } = record
  const changes = activity.filter(({ eventType }) => NOTABLE_CLASSES.includes(classifyEvent(eventType)))
  const addresses = use.map(({ firstAt, lastAt, ...rest }) => ({
    ...rest,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    categories: categoriesOf(index, rest.ip),
  }))
  // Listed addresses are what the reader looks for, however few their calls.
  const ranked = addresses.toSorted(
    (a, b) => Number(b.categories.length > 0) - Number(a.categories.length > 0) || b.calls - a.calls,
  )
  return {
    ...token,
    created: created === null ? null : presentEvent(created, firstSeen),
    addresses: ranked.slice(0, ADDRESSES),
    otherAddresses: Math.max(0, ranked.length - ADDRESSES),
    calls: use.reduce((sum, { calls }) => sum + calls, 0),
    changes: changes.slice(0, CHANGES).map((event) => presentEvent(event, firstSeen)),
    outsideRange: outsideRange.map((event) => presentEvent(event, firstSeen)),
  }
}

function categoriesOf(index: IntelIndex, ip: string): Category[] {
  return [...new Set(index.match(ip).map(({ category }) => category))]
}
