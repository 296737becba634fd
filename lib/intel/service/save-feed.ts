// Adds a feed or changes its settings and its key.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Transaction } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { invariant } from '@/lib/kernel/error'
import { seal } from '@/lib/kernel/secret-box'
import type { Credentials, Feed } from '../model'
import { saveSealedCredentials } from '../store/credentials'
import { findFeed, forgetValidators, upsertFeed, type FeedSettings } from '../store/feed'
import { lockIndicators } from '../store/indicator'
import { raiseVersion, rewindMatched, rewindUncovered } from '../store/intel-version'
import { checkCredentials } from './check-credentials'
import { readSettings, type SettingsInput } from './read-settings'
import { followEdit, relabelFeed } from './relabel-feed'

/** A new key, null to remove the one there is, undefined to leave it. */
export type CredentialsChange = Credentials | null | undefined

/**
 * Saves a feed whole, as `input` says, and returns it. See `putFeed`.
 *
 * @throws AppError invalid_input
 */
export async function saveFeed({
  actor,
  input,
  credentials,
}: {
  actor: Actor
  input: SettingsInput
  credentials?: CredentialsChange
}): Promise<Feed> {
  const settings = readSettings(input)
  return withTransaction(async (tx) => {
    await lockIndicators(tx, actor.orgId)
    const before = await findFeed(tx, actor.orgId, settings.feedId)
    return putFeed(tx, { actor, before, settings, credentials })
  })
}

/**
 * Writes settings and key of a feed in a transaction that holds the lock of the indicators, and returns the feed as it is then. Live
 * entries that carry its former category, intent or confidence speak with the new ones at once; a switched-off feed leaves the index at
 * once, and one switched on again is matched backwards.
 *
 * @throws AppError invalid_input if the key and the address do not fit
 */
export async function putFeed(
  tx: Transaction,
  {
    actor,
    before,
    settings,
    credentials,
  }: { actor: Actor; before: Feed | null; settings: FeedSettings; credentials: CredentialsChange },
): Promise<Feed> {
  const { orgId } = actor
  const { feedId } = settings
  checkCredentials(before, settings.url, credentials)
  await upsertFeed(tx, orgId, settings)
  if (credentials !== undefined) {
    const sealed = credentials && { kind: credentials.kind, sealed: seal(JSON.stringify(credentials)) }
    await saveSealedCredentials(tx, orgId, feedId, sealed)
    await forgetValidators(tx, orgId, feedId) // another key may see another content
  }
  if (before) {
    await followEdit(tx, orgId, before, settings, clock())
    await relabelFeed(tx, orgId, before, settings)
  }
  if (before?.isEnabled === false && settings.isEnabled) await rewindMatched(tx, orgId, feedId)
  if (before?.isEnabled && !settings.isEnabled) await rewindUncovered(tx, orgId, feedId, null)
  const isIndexChanged = before !== null && (before.name !== settings.name || before.isEnabled !== settings.isEnabled)
  if (isIndexChanged) await raiseVersion(tx, orgId)
  const after = await findFeed(tx, orgId, feedId)
  invariant(after, 'an upsert leaves its row')
  await notifyChange(tx, orgId, 'health')
  // The address may carry a key, so the log names the host only; of credentials, that they changed.
  const { url, ...shown } = settings
  const host = url === null ? null : new URL(url).host
  const detail = { ...shown, host, credentialsKind: after.credentialsKind, isKeyChanged: credentials !== undefined }
  const action = before ? 'feed.edited' : 'feed.added'
  await appendAudit(tx, actor, [{ action, subjectType: 'feed', subjectId: feedId, detail }], clock())
  return after
}
