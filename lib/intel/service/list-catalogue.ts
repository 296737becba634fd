// The catalogue, and which of it is on already.
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import type { Catalogue } from '../contract/feed'
import { CATALOGUE } from '../core/catalogue'
import { intentOf } from '../model'
import { listFeedRows } from '../store/feed'

/** Every well-known feed, recommended ones first. */
export async function listCatalogue({ actor }: { actor: Actor }): Promise<Catalogue> {
  const feeds = await listFeedRows(sql(), actor.orgId)
  const items = CATALOGUE.map((entry) => {
    const { id, name, description, format, category, confidence, cadenceSeconds, terms, size, pitfall, needsKey } =
      entry
    return {
      ...{ id, name, description, format, category, confidence, cadenceSeconds, terms, size, pitfall, needsKey },
      host: entry.url === null ? null : new URL(entry.url).host,
      effectiveIntent: intentOf(category, null),
      needsUrl: entry.url === null,
      isRecommended: entry.isRecommended,
      feedId: feeds.find(({ catalogueId }) => catalogueId === id)?.feedId ?? null,
    }
  })
  return { items }
}
