// Settings of a feed as a person gave them, checked.
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'
import { judgeFeedUrl } from '../core/judge-feed-url'
import {
  CATEGORIES,
  FEED_FORMATS,
  feedIdOf,
  INTENTS,
  TOLERABLE,
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
  const issues = Object.entries(findMistakes(settings)).flatMap(([path, message]) =>
    message ? [{ path, message }] : [],
  )
  if (issues.length > 0) {
    const text = issues.map(({ path, message }) => `${path} ${message}`).join('; ')
    throw new AppError('invalid_input', `The feed cannot be saved: ${text}.`, { issues })
  }
  return settings
}

function findMistakes(settings: FeedSettings): Partial<Record<keyof FeedSettings, string | null>> {
  const { feedId, name, format, category, intent, confidence, url, cadenceSeconds, tolerates } = settings
  const verdict = url === null ? null : judgeFeedUrl(url, env().FEED_ALLOWED_HOSTS)
  return {
    name: name === '' || name.length > 100 ? 'must have 1 to 100 characters' : null,
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
