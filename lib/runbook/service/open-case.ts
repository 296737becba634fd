// What every step of the runbook starts from: the signal, its instants, what of the log is stored, and what Okta said when asked.
import type { Coverage, OktaRecord, OktaRecordKind } from '@/lib/okta/model'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import type { SearchWindow } from '../model'

export interface OpenCase {
  orgId: string
  signal: SignalDetail
  /** Login of the account, else its name, else its id. */
  login: string
  firstSeen: Date
  lastSeen: Date
  /** End of every window: by our clock, or the last event of the signal if Okta's clock is ahead. */
  now: Date
  /** Whether every event of a window is stored, as far as the account, address, sessions and tokens of the signal go. */
  coverageOf: (window: SearchWindow) => Coverage
  /** What Okta last said; null where it was never asked. */
  record: <Kind extends OktaRecordKind>(kind: Kind, subjectId: string) => Extract<OktaRecord, { kind: Kind }> | null
}
