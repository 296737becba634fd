// What is loaded about API tokens, and what step 4 is told beside it.
import type { Category } from '@/lib/intel/model'
import type { Coverage, OktaRecord } from '@/lib/okta/model'
import type { EventRow, EventTextRow, SearchWindow } from '../model'

export type TokenRecord = Extract<OktaRecord, { kind: 'api_token' }>

/** Everything that is loaded about a token. */
export interface TokenRecords {
  id: string
  clientId: string | null
  /** As whom it acts. */
  owner: { id: string; login: string | null } | null
  /** Creation, updates and revocation as stored, oldest first. */
  lifecycle: readonly EventTextRow[]
  record: TokenRecord | null
  /** Since when every event is stored without a gap up to the use; null where there is a gap. */
  storedSince: Date | null
  addresses: readonly AddressUse[]
  areAddressesComplete: boolean
  /** Days of the addresses that are drawn. */
  days: ReadonlyArray<{ ip: string; day: string; calls: number }>
  /** Notable events with it, oldest first. */
  changes: readonly EventTextRow[]
  areChangesComplete: boolean
  outsideRange: readonly EventRow[]
}

/** Use from one address with what feeds say about it now. */
export interface AddressUse {
  ip: string
  calls: number
  firstAt: Date
  lastAt: Date
  categories: Category[]
  isFlagged: boolean
}

export interface TokenStepFacts {
  /** The flagged address. */
  ip: string
  firstSeen: Date
  eventCount: number
  records: readonly TokenRecords[]
  /** Tokens of the signal beyond those that were looked at. */
  tokensLeft: number
  createdAfter: readonly EventTextRow[]
  /** Event type → days of the 90 before the signal on which the account did that. */
  usualTypes: ReadonlyMap<string, number>
  window: SearchWindow
  coverage: Coverage
}

/** Why the use of a token speaks for a thief. */
export interface Suspicion {
  record: TokenRecords
  /** The flagged address is new to a token that had few places before. */
  leftItsPlaces: boolean
  /** The flagged address was one of its places for days. */
  isUsualPlace: boolean
  otherFlagged: string[]
  /** Successful changes since the signal that the account does not make all the time. */
  unusual: EventTextRow[]
}
