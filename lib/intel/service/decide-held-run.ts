// A person accepts or rejects a run that was held. Accepting applies the entries that were kept for it exactly as a run of its own would.
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { HoldCode, StoredFeedRun } from '../model'

export interface HeldRunDecisionInput {
  feedId: string
  runId: string
  decision: 'accept' | 'reject'
  /** Needed to accept: the entries that would be removed or, if none are, added. */
  confirmCount?: number
  /** Reasons that shall not hold runs of this feed any more. */
  tolerate?: HoldCode[]
  note?: string
}

/**
 * Decides about the run of a feed that waits and returns it as it is then.
 *
 * @throws AppError not_found; conflict if another run waits now or none does (`detail` says what happened), or if the number to confirm
 *   is another by now; invalid_input if there is nothing to accept, or a reason that cannot be tolerated is named.
 */
export async function decideHeldRun(_: { actor: Actor; input: HeldRunDecisionInput }): Promise<StoredFeedRun> {
  throw new AppError('internal', 'Not available yet.')
}
