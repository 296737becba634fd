// Adds a feed or changes its settings.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { invariant } from '@/lib/kernel/error'
import type { Feed } from '../model'
import { findFeed, upsertFeed } from '../store/feed'
import { lockIndicators } from '../store/indicator'
import { raiseVersion, rewindMatched, rewindUncovered } from '../store/intel-version'
import { readSettings, type SettingsInput } from './read-settings'

/**
 * Saves a feed and returns it. A change of category, intent or confidence takes effect with the next refresh; a switched-off feed
 * leaves the index at once, and one switched on again is matched backwards.
 *
 * @throws AppError invalid_input
 */
export async function saveFeed({ actor, input }: { actor: Actor; input: SettingsInput }): Promise<Feed> {
  const settings = readSettings(input)
  const { orgId } = actor
  return withTransaction(async (tx) => {
    await lockIndicators(tx, orgId)
    const before = await findFeed(tx, orgId, settings.feedId)
    await upsertFeed(tx, orgId, settings)
    const isIndexChanged = before !== null && (before.name !== settings.name || before.isEnabled !== settings.isEnabled)
    if (isIndexChanged) await raiseVersion(tx, orgId)
    if (before?.isEnabled === false && settings.isEnabled) await rewindMatched(tx, orgId, settings.feedId)
    if (before?.isEnabled && !settings.isEnabled) await rewindUncovered(tx, orgId, settings.feedId, null)
    const after = await findFeed(tx, orgId, settings.feedId)
    invariant(after, 'an upsert leaves its row')
    await notifyChange(tx, orgId, 'health')
    // The address may carry a key, so the log names the host only.
    const { url, ...shown } = settings
    const detail = { ...shown, host: url === null ? null : new URL(url).host }
    const action = before ? 'feed.edited' : 'feed.added'
    await appendAudit(tx, actor, [{ action, subjectType: 'feed', subjectId: settings.feedId, detail }], clock())
    return after
  })
}
