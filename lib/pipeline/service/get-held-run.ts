// The run of a feed that waits, with what either decision would do to the feed and to open signals, as the API shows it.
import { sql } from '@/lib/db/database'
import type { HeldRunView } from '@/lib/intel/contract/feed'
import { lateAt } from '@/lib/intel/core/judge-feed-state'
import { presentRun } from '@/lib/intel/service/present-feed'
import { findFeed } from '@/lib/intel/store/feed'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { signalReference } from '@/lib/signals/model'
import { readHeldImpact, type HeldImpact } from './read-held-impact'

/** @throws AppError not_found, also where no run waits any more */
export async function getHeldRun({ actor, feedId }: { actor: Actor; feedId: string }): Promise<HeldRunView> {
  const { orgId } = actor
  const [feed, held] = await Promise.all([findFeed(sql(), orgId, feedId), readHeldImpact({ orgId, feedId })])
  if (!feed) throw new AppError('not_found', `There is no feed ${feedId}.`)
  if (!held) throw new AppError('not_found', `No run of ${feed.name} waits for a decision. It may have been made.`)
  const { feedName, run, canAccept, after, kept, added, removed, confirmCount, addedSamples } = held
  return {
    ...{ feedId, feedName, canAccept, after, kept, added, removed, confirmCount, addedSamples },
    run: presentRun(run),
    sentence: `${run.holdReasons.map(({ message }) => message).join(' ')} So nothing was changed.`,
    before: held.live,
    removedSamples: held.removedSamples.map(({ range }) => range),
    removedInUse: held.removedSamples.filter(({ isInUse }) => isInUse).map(({ range }) => range),
    usualBytes: usualBytes(held),
    relyingAlone: held.relyingSignals.filter(({ losesAll }) => losesAll).map(presentSignal),
    relyingAlso: held.relyingSignals.filter(({ losesAll }) => !losesAll).map(presentSignal),
    inForceSince: feed.lastSuccessAt?.toISOString() ?? null,
    lateAt: lateAt(feed)?.toISOString() ?? null,
  }
}

function usualBytes({ previousRuns }: HeldImpact): HeldRunView['usualBytes'] {
  const sizes = previousRuns.map(({ bytes }) => bytes).filter((bytes) => bytes > 0)
  return sizes.length === 0 ? null : { least: Math.min(...sizes), most: Math.max(...sizes) }
}

function presentSignal({ id, severity, status }: HeldImpact['relyingSignals'][number]) {
  return { id, reference: signalReference(id), severity, status }
}
