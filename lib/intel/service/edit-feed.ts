// Changes some settings of a feed and leaves the others.
import { withTransaction } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { Credentials, Feed } from '../model'
import { findFeed } from '../store/feed'
import { lockIndicators } from '../store/indicator'
import { readSettings, type SettingsInput } from './read-settings'
import { putFeed } from './save-feed'

/** What is left out stays as it is. */
export interface FeedEdit extends Partial<Omit<SettingsInput, 'feedId' | 'catalogueId'>> {
  /** A new key; null removes the one there is. */
  credentials?: Credentials | null
}

/**
 * Changes a feed and returns it. Two changes at the same time both take effect, unless they set the same.
 *
 * @throws AppError not_found; invalid_input that names every wrong setting
 */
export async function editFeed(input: { actor: Actor; feedId: string; change: FeedEdit }): Promise<Feed> {
  const { actor, feedId } = input
  const { credentials, ...change } = input.change
  return withTransaction(async (tx) => {
    await lockIndicators(tx, actor.orgId)
    const before = await findFeed(tx, actor.orgId, feedId)
    if (!before) throw new AppError('not_found', `There is no feed ${feedId}.`)
    return putFeed(tx, { actor, before, settings: readSettings({ ...before, ...change, feedId }), credentials })
  })
}
