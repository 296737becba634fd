// Reads a content through the reader of feeds, for tests of formats.
import { createFeedReader, type FeedSummary, type ReadOutcome } from '../core/read-feed'
import type { ParserSettings } from '../core/feed-parser'
import type { FeedEntry, FeedFormat } from '../model'

interface Reading {
  entries: FeedEntry[]
  /** Line or element and reason, e.g. `3 not_public`. */
  rejected: string[]
  /** Why the content as a whole was refused, or null. */
  refusal: string | null
  summary: FeedSummary
}

const TOR: ParserSettings = { category: 'tor', intent: null, confidence: 60, options: {} }

/** What the reader makes of a content that comes in these pieces; settings that are left out are those of a feed of Tor exits. */
export function readContent(
  format: FeedFormat,
  content: string | Uint8Array[],
  settings: Partial<ParserSettings> = {},
): Reading {
  const reader = createFeedReader({ ...TOR, ...settings, format })
  const entries: FeedEntry[] = []
  let refusal: string | null = null
  const take = (outcome: ReadOutcome): void => {
    if (outcome.status === 'refused') refusal = `${outcome.code}: ${outcome.message}`
    else entries.push(...outcome.entries)
  }
  const pieces = typeof content === 'string' ? [new TextEncoder().encode(content)] : content
  for (const piece of pieces) take(reader.push(piece))
  take(reader.end())
  const summary = reader.summary()
  return { entries, rejected: summary.samples.map(({ line, reason }) => `${line} ${reason}`), refusal, summary }
}

/** An entry of a feed of Tor exits, as it is unless something else is said. */
export function torEntry(range: string, own: Partial<FeedEntry> = {}): FeedEntry {
  const fields = { category: 'tor', intent: 'suspicious', confidence: 60, source: null } as const
  return { range, ...fields, validFrom: null, validTo: null, ...own }
}
