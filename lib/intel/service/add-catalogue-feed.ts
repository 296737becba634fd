// Switches a well-known feed on.
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { CatalogueChoice } from '../contract/feed'
import { findCatalogueEntry } from '../core/catalogue'
import type { CatalogueEntry } from '../core/catalogue-entry'
import { feedIdOf, type Feed } from '../model'
import { listFeedRows } from '../store/feed'
import { createFeed } from './create-feed'

/**
 * Makes a feed from an entry of the catalogue and returns it; the worker fetches it on its next round. A template may be used several
 * times, under names of its own.
 *
 * @throws AppError not_found; conflict if it is on already; invalid_input if a key or an address is missing
 */
export async function addCatalogueFeed(input: {
  actor: Actor
  catalogueId: string
  choice: CatalogueChoice
}): Promise<Feed> {
  const { actor, catalogueId, choice } = input
  const entry = findCatalogueEntry(catalogueId)
  if (!entry) throw new AppError('not_found', `There is no feed ${catalogueId} in the catalogue.`)
  await refuseSecond(actor.orgId, entry)
  checkChoice(entry, choice)
  const { id, format, category, confidence, cadenceSeconds, terms, options, tolerates } = entry
  const name = choice.name ?? entry.name
  return createFeed({
    actor,
    input: {
      ...{ name, format, category, confidence, cadenceSeconds, terms, options, tolerates },
      feedId: entry.url === null ? feedIdOf(name) : id,
      catalogueId: id,
      url: entry.url ?? choice.url,
    },
    credentials: choice.credentials,
  })
}

function checkChoice({ url, needsKey }: CatalogueEntry, choice: CatalogueChoice): void {
  const kind = choice.credentials?.kind
  if (needsKey === null && kind !== undefined) throw refusal('credentials', 'are not needed')
  if (needsKey?.isOptional === false && kind !== needsKey.kind) {
    throw refusal('credentials', `must be a key of the kind ${needsKey.kind}: ${needsKey.where}`)
  }
  if (url === null && choice.url === undefined) throw refusal('url', 'is missing: name the address of yours')
  if (url !== null && choice.url !== undefined) throw refusal('url', 'is known already')
}

async function refuseSecond(orgId: string, { id, url }: CatalogueEntry): Promise<void> {
  const feeds = await listFeedRows(sql(), orgId)
  const feed = url !== null && feeds.find(({ catalogueId }) => catalogueId === id)
  if (!feed) return
  const state = feed.isEnabled ? 'is on already' : 'is there, but switched off: switch it on again'
  throw new AppError('conflict', `This feed ${state}, as ${feed.name}.`, { detail: { feedId: feed.feedId } })
}

function refusal(path: string, message: string): AppError {
  return new AppError('invalid_input', `The feed cannot be switched on: ${path} ${message}.`, {
    issues: [{ path, message }],
  })
}
