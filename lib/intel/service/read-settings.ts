// Settings of a feed as a person gave them, checked.
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'
import { judgeFeedUrl } from '../core/judge-feed-url'
import {
  CATEGORIES,
  FEED_FORMATS,
  feedIdOf,
  INTENTS,
  intentOf,
  TOLERABLE,
  ZONES_FEED_ID,
  type Category,
  type FeedFormat,
  type FeedOptions,
  type HoldCode,
  type Intent,
} from '../model'
import type { FeedSettings } from '../store/feed'

export interface SettingsInput {
  /** Default: from the name. */
  feedId?: string
  name: string
  format?: FeedFormat
  category: Category
  intent?: Intent | null
  /** 0 to 100; default 50. */
  confidence?: number
  /** Null for a feed that is filled from files. */
  url?: string | null
  isEnabled?: boolean
  /** Seconds between two fetches, a minute at least; default an hour. */
  cadenceSeconds?: number
  options?: FeedOptions
  /** Terms of use in one line. */
  terms?: string | null
  catalogueId?: string | null
  /** Findings that do not hold a run; default none. */
  tolerates?: HoldCode[]
}

const WEEK_SECONDS = 604_800
/** PostgreSQL refuses both in text and jsonb. */
const UNSTORABLE = /[\0\p{Surrogate}]/u
/** Would break lines, or write what stands beside them backwards, wherever a name is shown. */
const UNSHOWABLE = /[\p{Cc}\p{Surrogate}\u2028-\u202e\u2066-\u2069]/u
const BAD_TEXT = 'must be one line without characters that control or reorder text'

/** Fills in what was left out. @throws AppError invalid_input that names every wrong setting. */
export function readSettings(input: SettingsInput): FeedSettings {
  const name = input.name.trim()
  const settings: FeedSettings = {
    feedId: input.feedId ?? feedIdOf(name),
    name,
    format: input.format ?? 'list',
    category: input.category,
    intent: input.intent ?? null,
    confidence: input.confidence ?? 50,
    url: input.url ?? null,
    isEnabled: input.isEnabled ?? true,
    cadenceSeconds: input.cadenceSeconds ?? 3600,
    options: input.options ?? {},
    terms: input.terms ?? null,
    catalogueId: input.catalogueId ?? null,
    tolerates: [...new Set(input.tolerates)],
  }
  const mistakes = { ...findMistakes(settings), ...findZonesMistakes(settings) }
  if (input.feedId === undefined && settings.feedId === '') {
    mistakes.name ??= 'must have a letter from a to z or a digit'
    mistakes.feedId = null
  }
  const issues = Object.entries(mistakes).flatMap(([path, message]) => (message ? [{ path, message }] : []))
  if (issues.length > 0) {
    const text = issues.map(({ path, message }) => `${path} ${message}`).join('; ')
    throw new AppError('invalid_input', `The feed cannot be saved: ${text}.`, { issues })
  }
  return settings
}

type Mistakes = Partial<Record<keyof FeedSettings, string | null>>

function findMistakes(settings: FeedSettings): Mistakes {
  const { feedId, name, format, category, intent, confidence, url, cadenceSeconds, tolerates, terms, options } =
    settings
  const verdict = url === null ? null : judgeFeedUrl(url, env().FEED_ALLOWED_HOSTS)
  return {
    name: name === '' || name.length > 100 ? 'must have 1 to 100 characters' : UNSHOWABLE.test(name) ? BAD_TEXT : null,
    terms: UNSHOWABLE.test(terms ?? '') ? BAD_TEXT : null,
    options: isStorable(options) ? null : 'must not hold NUL or half a character',
    feedId: feedIdOf(feedId) !== feedId || feedId === '' ? 'must be lower-case letters, digits and hyphens' : null,
    format: oneOf(FEED_FORMATS, format),
    category: oneOf(CATEGORIES, category),
    intent: intent === null ? null : oneOf(INTENTS, intent),
    confidence: Number.isInteger(confidence) && confidence >= 0 && confidence <= 100 ? null : 'must be 0 to 100',
    url: verdict?.status === 'refused' ? verdict.reason : null,
    cadenceSeconds:
      Number.isInteger(cadenceSeconds) && cadenceSeconds >= 60 && cadenceSeconds <= WEEK_SECONDS
        ? null
        : `must be 60 to ${WEEK_SECONDS} seconds`,
    tolerates: tolerates.every((code) => TOLERABLE.includes(code)) ? null : `may be ${TOLERABLE.join(', ')}`,
  }
}

function oneOf(allowed: readonly string[], value: string): string | null {
  return allowed.includes(value) ? null : `must be one of ${allowed.join(', ')}`
}

/** The zones of the org come from Okta into one feed, which guards other feeds and never flags anybody. */
function findZonesMistakes({ feedId, format, url, category, intent }: FeedSettings): Mistakes {
  const isZones = format === 'okta_zones'
  if (isZones !== (feedId === ZONES_FEED_ID)) {
    return isZones
      ? { format: 'okta_zones is only for the feed that Sallyport makes itself' }
      : { format: `must be okta_zones: the name ${ZONES_FEED_ID} is kept for the zones of the org` }
  }
  if (!isZones) return {}
  const isFlagging = ['malicious', 'suspicious'].includes(intentOf(category, intent))
  return {
    ...(url !== null && { url: 'must be empty: zones are read from Okta' }),
    ...(isFlagging && { intent: 'must be benign or unknown: these are networks of the org itself' }),
  }
}

/** Whether PostgreSQL can keep every text of a JSON value. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !UNSTORABLE.test(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => !UNSTORABLE.test(key) && isStorable(inner))
}
