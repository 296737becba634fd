// The form of a feed as text, and what to send for it: a new feed whole, a known one only as far as it was changed. Pure.
import type { CredentialsInput, FeedChange, FeedCreation, FeedItem } from '@/lib/intel/contract/feed'
import {
  CATEGORIES,
  type Category,
  type CredentialsKind,
  type FeedFormat,
  type FeedOptions,
  type HoldCode,
  type Intent,
} from '@/lib/intel/model'
import type { FieldIssue } from '@/lib/kernel/error'

/** Seconds of the units that a cadence is given in, largest first. */
export const CADENCE_UNITS = { d: 86_400, h: 3_600, min: 60 } as const
export type CadenceUnit = keyof typeof CADENCE_UNITS

export const COLUMN_FIELDS = [
  'address',
  'length',
  'last',
  'category',
  'intent',
  'confidence',
  'source',
  'validFrom',
  'validTo',
] as const
export const PATH_FIELDS = [
  'entries',
  'address',
  'category',
  'intent',
  'confidence',
  'source',
  'validFrom',
  'validTo',
] as const

export interface CredentialsDraft {
  /** `keep` leaves what is set, or sets nothing. */
  mode: 'keep' | 'replace' | 'remove'
  kind: CredentialsKind
  /** User name, or name of the header. */
  name: string
  secret: string
}

export interface FeedDraft {
  name: string
  format: FeedFormat
  category: Category
  /** Empty: the default of the category. */
  intent: Intent | ''
  confidence: string
  cadence: string
  cadenceUnit: CadenceUnit
  /** Empty: as it is; for a new feed, filled from files. */
  url: string
  terms: string
  tolerates: readonly HoldCode[]
  columns: Readonly<Record<string, string>>
  paths: Readonly<Record<string, string>>
  separator: '' | NonNullable<FeedOptions['separator']>
  minScore: string
  /** A line a field: `service: S3, EC2`. */
  only: string
  /** A line a word of theirs: `botnet_cc: command_and_control`. */
  categories: string
  credentials: CredentialsDraft
}

const EMPTY: FeedDraft = {
  name: '',
  format: 'list',
  category: 'malicious',
  intent: '',
  confidence: '50',
  cadence: '1',
  cadenceUnit: 'h',
  url: '',
  terms: '',
  tolerates: [],
  columns: {},
  paths: {},
  separator: '',
  minScore: '',
  only: '',
  categories: '',
  credentials: { mode: 'keep', kind: 'bearer', name: '', secret: '' },
}

/** The form for a feed as it stands, or an empty one. */
export function draftOf(feed: FeedItem | null): FeedDraft {
  if (feed === null) return EMPTY
  const { options } = feed
  const unit = (Object.keys(CADENCE_UNITS) as CadenceUnit[]).find(
    (one) => feed.cadenceSeconds % CADENCE_UNITS[one] === 0,
  )
  const cadenceUnit = unit ?? 'min'
  return {
    name: feed.name,
    format: feed.format,
    category: feed.category,
    intent: feed.intent ?? '',
    confidence: String(feed.confidence),
    cadence: String(Math.round(feed.cadenceSeconds / CADENCE_UNITS[cadenceUnit])),
    cadenceUnit,
    url: '',
    terms: feed.terms ?? '',
    tolerates: feed.tolerates,
    columns: asText(options.columns),
    paths: asText(options.paths),
    separator: options.separator ?? '',
    minScore: options.minScore === undefined ? '' : String(options.minScore),
    only: lines(options.only),
    categories: lines(options.categories),
    credentials: { ...EMPTY.credentials, kind: feed.credentialsKind ?? 'bearer' },
  }
}

/** What to send, or what is wrong before anything is sent. Paths of issues are those of the API. */
export type Draft<Output> = { status: 'ready'; value: Output } | { status: 'invalid'; issues: FieldIssue[] }

/** A new feed. */
export function creationOf(draft: FeedDraft): Draft<FeedCreation> {
  const settings = settingsOf(draft)
  if (settings.status === 'invalid') return settings
  const { name, format, category } = settings.value
  const url = draft.url.trim() || null
  return { status: 'ready', value: { ...settings.value, name, format, category, url, ...credentialsOf(draft) } }
}

/** Only what differs from the feed; empty when nothing does. */
export function changeOf(draft: FeedDraft, feed: FeedItem): Draft<FeedChange> {
  const settings = settingsOf(draft)
  const before = settingsOf(draftOf(feed))
  if (settings.status === 'invalid') return settings
  const known = (before.status === 'ready' ? before.value : {}) as Readonly<Record<string, unknown>>
  const changed = Object.fromEntries(
    Object.entries(settings.value).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(known[field])),
  ) as FeedChange
  const url = draft.url.trim()
  return { status: 'ready', value: { ...changed, ...(url ? { url } : {}), ...credentialsOf(draft) } }
}

type Settings = Omit<Required<FeedChange>, 'url' | 'isEnabled' | 'credentials'>

function settingsOf(draft: FeedDraft): Draft<Settings> {
  const issues: FieldIssue[] = []
  const number = (path: string, text: string): number => {
    const value = Number(text.replace(',', '.'))
    if (text.trim() === '' || !Number.isFinite(value)) issues.push({ path, message: 'must be a number' })
    return value
  }
  const value: Settings = {
    name: draft.name.trim(),
    format: draft.format,
    category: draft.category,
    intent: draft.intent || null,
    confidence: number('confidence', draft.confidence),
    cadenceSeconds: Math.round(number('cadenceSeconds', draft.cadence) * CADENCE_UNITS[draft.cadenceUnit]),
    terms: draft.terms.trim() || null,
    tolerates: [...draft.tolerates].sort(),
    options: optionsOf(draft, number, issues),
  }
  return issues.length > 0 ? { status: 'invalid', issues } : { status: 'ready', value }
}

/** Only the options that the format has: those of another format chosen before are left behind. */
function optionsOf(
  draft: FeedDraft,
  number: (path: string, text: string) => number,
  issues: FieldIssue[],
): FeedOptions {
  const has = optionsOfFormat(draft.format)
  const columns = has.columns ? filled(draft.columns, columnOf) : {}
  const paths = has.paths ? filled(draft.paths, pathOf) : {}
  const only = has.only ? readOnly(draft.only, issues) : {}
  const categories = has.only ? readCategories(draft.categories, issues) : {}
  return {
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
    ...(has.columns && draft.separator ? { separator: draft.separator } : {}),
    ...(Object.keys(paths).length > 0 ? { paths } : {}),
    ...(has.minScore && draft.minScore.trim() ? { minScore: number('options.minScore', draft.minScore) } : {}),
    ...(Object.keys(only).length > 0 ? { only } : {}),
    ...(Object.keys(categories).length > 0 ? { categories } : {}),
  }
}

/** Which options a format takes. */
export function optionsOfFormat(format: FeedFormat) {
  const isJson = format === 'json' || format === 'jsonl'
  return { columns: format === 'csv', paths: isJson, minScore: format === 'ipsum', only: format === 'csv' || isJson }
}

function credentialsOf({ credentials: { mode, kind, name, secret } }: FeedDraft): {
  credentials?: CredentialsInput | null
} {
  if (mode === 'keep') return {}
  if (mode === 'remove') return { credentials: null }
  switch (kind) {
    case 'basic':
      return { credentials: { kind, username: name, password: secret } }
    case 'bearer':
      return { credentials: { kind, token: secret } }
    case 'header':
      return { credentials: { kind, name, value: secret } }
    case 'url':
      return { credentials: { kind, key: secret } }
  }
}

/** A position where it is a number from 1, else a name. */
function columnOf(text: string): string | number {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : text
}

/** Several places, each with an entry of its own, are separated by commas. */
function pathOf(text: string): string | string[] {
  const places = text.split(',').map((one) => one.trim())
  return places.length > 1 ? places.filter(Boolean) : text
}

function filled<Value>(
  texts: Readonly<Record<string, string>>,
  valueOf: (text: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([field, text]) => (text.trim() ? [[field, valueOf(text.trim())]] : [])),
  )
}

function asText(places: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(places ?? {}).map(([field, place]) => [
      field,
      Array.isArray(place) ? place.join(', ') : String(place),
    ]),
  )
}

function lines(map: Readonly<Record<string, string | readonly string[]>> | undefined): string {
  return Object.entries(map ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : value.join(', ')}`)
    .join('\n')
}

function pairs(text: string, path: string, issues: FieldIssue[]): Array<[string, string]> {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line): Array<[string, string]> => {
      const at = line.lastIndexOf(':')
      const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
      if (at > 0 && name && value) return [[name, value]]
      issues.push({ path, message: `“${line.trim()}” has no colon between name and value.` })
      return []
    })
}

function readOnly(text: string, issues: FieldIssue[]): Record<string, string[]> {
  return Object.fromEntries(
    pairs(text, 'options.only', issues).map(([field, values]) => [field, values.split(',').map((one) => one.trim())]),
  )
}

function readCategories(text: string, issues: FieldIssue[]): Record<string, Category> {
  return Object.fromEntries(
    pairs(text, 'options.categories', issues).flatMap(([theirs, ours]) => {
      const category = CATEGORIES.find((one) => one === ours)
      if (category) return [[theirs, category]]
      issues.push({
        path: 'options.categories',
        message: `“${ours}” is no category. There are ${CATEGORIES.join(', ')}.`,
      })
      return []
    }),
  )
}
