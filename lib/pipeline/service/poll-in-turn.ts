// Polls an org on behalf of a worker: of any number of workers, one after the other takes the turn, so that all together ask Okta as often as
// one would. A cron service that calls `POST /api/poll` decides itself when to ask, and takes no turn.
import { sql } from '@/lib/db/database'
import { acquireLease, releaseLease } from '@/lib/okta/store/lease'
import { pauseMs } from '../core/plan-poll'
import { pollOrg, type PollInput } from './poll-org'

const TURN_LEASE = 'turn'
/** Covers what happens before the first page is there; a long poll is kept by its own lease. */
const TURN_SECONDS = 10
const BUSY_RECHECK_MS = 2_000

/** Polls once if it is this worker's turn, keeps the turn over the pause that follows, and returns that pause, milliseconds. */
export async function pollInTurn(input: PollInput, intervalMs: number): Promise<number> {
  const turn = { orgId: input.orgId, name: TURN_LEASE, holder: input.holder }
  if (!(await acquireLease(sql(), { ...turn, seconds: TURN_SECONDS }))) return BUSY_RECHECK_MS
  const outcome = await pollOrg(input)
  if (outcome.status === 'busy') {
    await releaseLease(sql(), turn)
    return BUSY_RECHECK_MS
  }
  const jitter = 0.9 + Math.random() * 0.2
  const pause = outcome.status === 'problem' ? outcome.waitMs : pauseMs(outcome, intervalMs * jitter)
  // A turn that cannot be kept costs another worker's request, no more.
  await acquireLease(sql(), { ...turn, seconds: pause / 1000 }).catch(() => {})
  return pause
}

/** Lets another worker poll at once, when this one ends. */
export async function leaveTurn(orgId: string, holder: string): Promise<void> {
  await releaseLease(sql(), { orgId, name: TURN_LEASE, holder })
}
