// What the catalogue knows about a feed before anybody switches it on.
import type { Category, CredentialsKind, FeedFormat, FeedOptions, HoldCode } from '../model'

export interface CatalogueEntry {
  id: string
  name: string
  description: string
  format: FeedFormat
  category: Category
  /** 0 to 100, of entries that name none. */
  confidence: number
  /** Null for a template: whoever switches it on names the address. */
  url: string | null
  cadenceSeconds: number
  /** Terms of use in one line. */
  terms: string
  /** What to expect, in words; lists change. */
  size: string
  /** What to know before. */
  pitfall: string | null
  options: FeedOptions
  tolerates: HoldCode[]
  needsKey: {
    kind: CredentialsKind
    /** For kind `header`. */
    header: string | null
    where: string
    isOptional: boolean
  } | null
  isRecommended: boolean
}

type Defaults = 'pitfall' | 'options' | 'tolerates' | 'needsKey' | 'isRecommended'

export const HOURLY = 3600
export const DAILY = 86_400
export const WEEKLY = 604_800

/** An entry from what is not the usual about it. */
export function catalogueEntry(
  entry: Omit<CatalogueEntry, Defaults> & Partial<Pick<CatalogueEntry, Defaults>>,
): CatalogueEntry {
  return { pitfall: null, options: {}, tolerates: [], needsKey: null, isRecommended: false, ...entry }
}
