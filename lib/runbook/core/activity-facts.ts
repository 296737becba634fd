// What step 3 is told, and how it sorts it.
import type { Coverage } from '@/lib/okta/model'
import type { Lane, LaneBreak } from '../contract/steps'
import type { EventRow, EventTextRow, SearchWindow } from '../model'
import type { LaneFacts } from './build-lanes'

export interface ActivityFacts extends Pick<LaneFacts, 'sessions' | 'roots' | 'tokens' | 'firstSeen' | 'notes'> {
  /** False where the events of the signal name their session by nothing but its root: some of what followed may name not even that. */
  isSessionNamed: boolean
  /** The flagged address. */
  ip: string
  /** Each once, oldest first: those of the lanes, and notable ones from the flagged address, also on the day before the signal. */
  events: readonly EventRow[]
  /** Texts of notable events by uuid, for the names of their targets. */
  texts: ReadonlyMap<string, string>
  /** Event type → days of the 90 before the signal on which the account did that. */
  usualTypes: ReadonlyMap<string, number>
  /** Every event of no special class was read. */
  isComplete: boolean
  /** Every event of the classes that matter was read. */
  isNotableComplete: boolean
  /** From the first event on. */
  window: SearchWindow
  coverage: Coverage
}

/** What followed, sorted by what it means. */
export interface Followed {
  /** Notable events that were not refused, most telling class first. */
  done: EventTextRow[]
  /** Those of `done` that the account does not do all the time. */
  unusual: EventTextRow[]
  refused: EventTextRow[]
  /** From the flagged address on the day before the first success. */
  refusedBefore: EventTextRow[]
  /** What Okta itself noticed. */
  threats: EventTextRow[]
  /** Changes of network, device or client on a lane after the first event. */
  moves: Array<LaneBreak & { lane: Lane }>
  /** What followed names what the events of the signal name. */
  isTied: boolean
}
