// Adds a feed of a person's own.
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { feedIdOf, type Credentials, type Feed } from '../model'
import { findFeed } from '../store/feed'
import type { SettingsInput } from './read-settings'
import { saveFeed } from './save-feed'

/**
 * Adds a feed and returns it; the worker fetches it on its next round.
 *
 * @throws AppError conflict if its id is taken; invalid_input
 */
export async function createFeed({
  actor,
  input,
  credentials,
}: {
  actor: Actor
  input: SettingsInput
  credentials?: Credentials | null
}): Promise<Feed> {
  const feedId = input.feedId ?? feedIdOf(input.name)
  // Two people who add the same at the same moment both get the feed, with the settings of the later one: nothing is lost by that.
  if (await findFeed(sql(), actor.orgId, feedId)) {
    throw new AppError('conflict', `There is a feed ${feedId} already. Change that one, or choose another name.`, {
      detail: { feedId },
    })
  }
  return saveFeed({ actor, input, credentials })
}
