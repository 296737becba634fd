// What feeds said at an instant, as it was known at another, for whoever takes it away.
import { sql, withTransaction } from '@/lib/db/database'
import { AppError } from '@/lib/kernel/error'
import type { KnownIndicator } from '../model'
import { findFeed } from '../store/feed'
import { streamKnownIndicators } from '../store/known-indicator'

interface ExportInput {
  orgId: string
  /** Null for all feeds. */
  feedId: string | null
  validAt: Date
  knownAt: Date
}

/**
 * Hands the indicators in pages, by feed and range, to `take`, which reads them as fast as it likes; a million need no memory.
 *
 * @throws AppError not_found
 */
export async function exportIndicators(
  input: ExportInput,
  take: (pages: AsyncIterable<KnownIndicator[]>) => Promise<void>,
): Promise<void> {
  const { orgId, feedId } = input
  if (feedId !== null && (await findFeed(sql(), orgId, feedId)) === null) {
    throw new AppError('not_found', `There is no feed ${feedId}. npm run intel -- list shows all.`)
  }
  await withTransaction((tx) => take(streamKnownIndicators(tx, input)))
}
