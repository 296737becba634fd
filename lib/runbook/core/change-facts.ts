// What step 5 is told, and a change as it sees it.
import type { Coverage, FactorRecord, UserRecord } from '@/lib/okta/model'
import type { Lifeline, SignInChange } from '../contract/steps'
import type { EventTextRow, SearchWindow } from '../model'

export interface ChangesFacts {
  /** The account that acted, and how sentences call it. */
  actorId: string
  login: string
  /** Okta has a record of it: it is no app. */
  isUser: boolean
  ip: string
  /** Addresses of these events that the policy of the org counts as bad now. */
  flagged: ReadonlySet<string>
  sessions: readonly string[]
  firstSeen: Date
  now: Date
  /** Oldest first, each once. */
  events: readonly EventTextRow[]
  /** False where more are stored than were read. */
  isComplete: boolean
  /** Whether the device of the first event had been seen with the account a day before or earlier; null where the event names none, or less. */
  isKnownDevice: boolean | null
  /** Okta said that it has no such account any more. */
  isGone: boolean
  /** What Okta last said; null where it was not asked or did not answer. */
  factors: { content: readonly FactorRecord[]; at: Date } | null
  user: { content: UserRecord; at: Date } | null
  window: SearchWindow
  coverage: Coverage
}

/** A change with what the assessment needs to know of it beside what is shown. */
export interface Change extends SignInChange {
  /** It was done to another account than that of the signal. */
  isToOther: boolean
  /** Who it was done to, where it was another. */
  whom: string | null
  kind: Lifeline['kind']
  isFailed: boolean
  /** Made in a session of the signal, or by the account (or its token) from the address of the signal or another flagged one. */
  isOfSignal: boolean
  /**
   * Somebody can sign in afterwards who could not before, or the other way round. Of what the account did to others only that of this
   * use counts: the rest is what administrators do all day.
   */
  isReal: boolean
}
