// Step 5: changes of how the account signs in, from 14 days before the signal to now.
import type { EventClass } from '@/lib/okta/model'
import { STEPS, type SearchWindow, type EventRow, type AnswerState } from '../model'
import { classifyEvent } from '@/lib/okta/core/classify-event'
import { phraseCount, phraseInstant, phraseWindow } from './phrase'
import { presentEvent, presentWindow, type PresentedEvent } from './present-event'

/** Classes that belong to this question; privileges and the rest are step 3. */
const ASKED: readonly EventClass[] = ['password', 'factor', 'recovery', 'account']

type Author = 'self' | 'other' | 'token' | 'unknown'
type SignInChange = PresentedEvent & { by: Author }

export interface ChangesFacts {
  actorId: string
  login: string
  firstSeen: Date
  /** Oldest first. */
  events: readonly EventRow[]
  isComplete: boolean
  window: SearchWindow
  gaps: readonly string[]
}

/** The step with its sentence. */
export function answerChanges(facts: ChangesFacts) {
  const { actorId, firstSeen, events, isComplete, window } = facts
  const changes = events
    .filter(({ eventType }) => ASKED.includes(classifyEvent(eventType)))
    .map((event): SignInChange => ({ ...presentEvent(event, firstSeen), by: madeBy(event, actorId) }))
  const state: AnswerState = changes.length > 0 ? 'answered' : 'unknown'
  return {
    step: 5 as const,
    question: STEPS[4].question,
    sentence: phraseChanges(facts, changes),
    state,
    window: presentWindow(window),
    missing: isComplete
      ? [...facts.gaps]
      : [...facts.gaps, `Only the first ${phraseCount(events.length, 'event')} were read.`],
    changes,
    isComplete,
  }
}

function phraseChanges({ login, window, firstSeen }: ChangesFacts, changes: readonly SignInChange[]): string {
  if (changes.length === 0) {
    return `No events that change password, factors or recovery of ${login} are stored ${phraseWindow(window)}.`
  }
  const after = changes.filter(({ isAfter }) => isAfter)
  const others = changes.filter(({ by }) => by === 'other' || by === 'token').length
  const split = `${after.length} after and ${changes.length - after.length} before the signal began (${phraseInstant(firstSeen)})`
  const who = others > 0 ? `; ${others} by somebody else or with a token` : ''
  return `${phraseCount(changes.length, 'event')} on password, factors, recovery or the account of ${login}: ${split}${who}.`
}

function madeBy({ actorId, tokenId }: EventRow, account: string): Author {
  if (tokenId !== null) return 'token'
  if (actorId === null) return 'unknown'
  return actorId === account ? 'self' : 'other'
}
