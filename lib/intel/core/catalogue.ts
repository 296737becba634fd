// Well-known feeds, to be switched on with a click. Invariant: each is alive, and its settings are read as those of any feed
// (`catalogue.test.ts`). Lists that only look alive, such as the SSL blacklist of abuse.ch (deprecated, still answering), are not here.
import { ATTACKER_FEEDS } from './catalogue-attackers'
import type { CatalogueEntry } from './catalogue-entry'
import { NETWORK_FEEDS } from './catalogue-networks'

/** Recommended ones first, else by name. */
export const CATALOGUE: readonly CatalogueEntry[] = [...NETWORK_FEEDS, ...ATTACKER_FEEDS].sort(
  (a, b) => Number(b.isRecommended) - Number(a.isRecommended) || (a.name < b.name ? -1 : 1),
)

/** One entry, or undefined. */
export function findCatalogueEntry(id: string): CatalogueEntry | undefined {
  return CATALOGUE.find((entry) => entry.id === id)
}
