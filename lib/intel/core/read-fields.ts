// What an entry says besides its range: from texts of the content, else from the settings of the feed.
import {
  CATEGORIES,
  INTENTS,
  intentOf,
  type Category,
  type EntryField,
  type FeedEntry,
  type Intent,
  type RejectReason,
} from '../model'
import type { ParserSettings } from './feed-parser'
import { parseTime } from './parse-time'

/** As the content has them; what is missing or empty is taken from the feed. */
export type RawFields = Partial<Record<Exclude<EntryField, 'address'>, string | null>>
export type EntryFields = Omit<FeedEntry, 'range'>
export type FieldsOutcome = { status: 'ok'; fields: EntryFields } | { status: 'rejected'; reason: RejectReason }

const MAX_SOURCE_LENGTH = 200
const CONFIDENCE = /^\d{1,3}(?:\.\d+)?$/

/**
 * Checks the fields of an entry. An entry that names a category of its own has the intent of that category, not that of the feed.
 * Words for a category are those of the feed's options, else ours.
 */
export function readFields(raw: RawFields, settings: ParserSettings): FieldsOutcome {
  const category = raw.category ? readCategory(raw.category, settings) : settings.category
  if (category === null) return rejected('unknown_category')
  const ownIntent = raw.intent ? raw.intent.toLowerCase() : null
  if (ownIntent !== null && !isIntent(ownIntent)) return rejected('unknown_intent')
  if (raw.confidence && !CONFIDENCE.test(raw.confidence)) return rejected('invalid_confidence')
  const confidence = raw.confidence ? Math.round(Number(raw.confidence)) : settings.confidence
  if (confidence > 100) return rejected('invalid_confidence')
  const validFrom = raw.validFrom ? parseTime(raw.validFrom) : null
  const validTo = raw.validTo ? parseTime(raw.validTo) : null
  if ((raw.validFrom && validFrom === null) || (raw.validTo && validTo === null)) return rejected('invalid_time')
  if (validFrom !== null && validTo !== null && validTo <= validFrom) return rejected('invalid_time')
  const feedIntent = category === settings.category ? settings.intent : null
  const intent = intentOf(category, feedIntent, ownIntent)
  return { status: 'ok', fields: { category, intent, confidence, source: cleanSource(raw.source), validFrom, validTo } }
}

/** The fields of an entry that says nothing itself, or only its category. */
export function defaultFields(settings: ParserSettings, category: Category = settings.category): EntryFields {
  const intent = intentOf(category, category === settings.category ? settings.intent : null)
  return { category, intent, confidence: settings.confidence, source: null, validFrom: null, validTo: null }
}

/** A source as it may be stored: at most 200 characters, no NUL and no half of a surrogate pair; null if nothing is left. */
export function cleanSource(text: string | null | undefined): string | null {
  if (!text) return null
  return (
    text
      .trim()
      .slice(0, MAX_SOURCE_LENGTH)
      .replace(/[\0\p{Surrogate}]/gu, '\ufffd') || null
  )
}

/** What a word for a category means for this feed, or null. */
export function readCategory(word: string, { options }: ParserSettings): Category | null {
  const lower = word.toLowerCase()
  for (const [theirs, ours] of Object.entries(options.categories ?? {})) if (theirs.toLowerCase() === lower) return ours
  return isCategory(lower) ? lower : null
}

function rejected(reason: RejectReason): FieldsOutcome {
  return { status: 'rejected', reason }
}

function isCategory(text: string): text is Category {
  return (CATEGORIES as readonly string[]).includes(text)
}

function isIntent(text: string): text is Intent {
  return (INTENTS as readonly string[]).includes(text)
}
