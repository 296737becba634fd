// The run of a feed that waits for a person, and what accepting it would change.
import { AppError } from '@/lib/kernel/error'
import type { StoredFeedRun } from '../model'

export interface HeldRun {
  feedId: string
  feedName: string
  run: StoredFeedRun
  /** Whether there is something to accept; not for a web page or content without a single address. */
  canAccept: boolean
  /** Entries in force, and once accepted. */
  live: number
  after: number
  /** Live entries that stay as they are. `live = kept + removed`, `after = kept + added`. */
  kept: number
  added: number
  removed: number
  /** What accepting has to repeat: `removed` or, if that is 0, `added`. */
  confirmCount: number
  addedSamples: string[]
  /** Those that stored events came from first. */
  removedSamples: Array<{ range: string; isInUse: boolean }>
  /** The last runs that came into force with a content of their own, newest first, at most 14. */
  previousRuns: Array<{ runId: string; finishedAt: Date; entries: number; bytes: number }>
}

/** The run of a feed that waits for a decision; null if none does. Bounded by `sampleSize` (default 20) and the size of the feed. */
export async function readHeldRun(_: { orgId: string; feedId: string; sampleSize?: number }): Promise<HeldRun | null> {
  throw new AppError('internal', 'Not available yet.')
}
