// Words of feeds, runs and look-ups as the screens say them. Pure.
import { formatDuration } from '@/components/patterns/format-time'
import type { MarkShape } from '@/components/ui/mark'
import type { FeedItem, FeedRunView } from '@/lib/intel/contract/feed'
import type { FeedStateWord, StripResult } from '@/lib/intel/core/feed-state'
import type {
  Category,
  CredentialsKind,
  EntryField,
  FeedFormat,
  FeedRunResult,
  HoldCode,
  Intent,
  RejectReason,
  RunDecision,
} from '@/lib/intel/model'
import { CATEGORY_INTENT } from '@/lib/intel/model'
import { categoryWord, formatCount, formatNumber } from '@/components/signals/signal-words'

export const FORMAT_WORD: Readonly<Record<FeedFormat, string>> = {
  list: 'Addresses and ranges, one a line',
  csv: 'CSV or TSV',
  json: 'JSON document',
  jsonl: 'JSON, one value a line',
  tor_exit_addresses: 'Tor exit-addresses',
  onionoo: 'Tor Onionoo details',
  spamhaus_drop: 'Spamhaus DROP',
  asn_drop: 'Spamhaus ASN-DROP',
  ipsum: 'ipsum, address and number of lists',
  feodo: 'abuse.ch Feodo Tracker',
  threatfox: 'abuse.ch ThreatFox',
  misp_warning_list: 'MISP warning list',
  misp_csv: 'MISP attributes as CSV',
  misp_feed: 'MISP feed, manifest and events',
  stix: 'STIX 2.1 bundle',
  taxii: 'TAXII 2.1 collection',
  mmdb_anonymous: 'MaxMind Anonymous IP database',
  mmdb_asn: 'MaxMind ASN database, names networks only',
  okta_zones: 'IP zones of your Okta org, guard only',
}

export const INTENT_WORD: Readonly<Record<Intent, string>> = {
  malicious: 'Malicious',
  suspicious: 'Suspicious',
  benign: 'Benign',
  unknown: 'Unknown, never counts',
}

/** Intents of a feed inside a sentence. */
export const INTENT_IN_TEXT: Readonly<Record<Intent, string>> = {
  malicious: 'malicious',
  suspicious: 'suspicious',
  benign: 'benign',
  unknown: 'of unknown intent',
}

export const STATE_LOOK: Readonly<Record<FeedStateWord, { shape: MarkShape; word: string; isWell: boolean }>> = {
  held: { shape: 'diamond', word: 'Run held', isWell: false },
  failing: { shape: 'cross', word: 'Failing', isWell: false },
  late: { shape: 'half', word: 'Late', isWell: false },
  frozen: { shape: 'question', word: 'Frozen', isWell: false },
  at_cap: { shape: 'question', word: 'At its cap', isWell: true },
  never: { shape: 'question', word: 'Never read', isWell: false },
  current: { shape: 'check', word: 'Current', isWell: true },
  off: { shape: 'ring', word: 'Off', isWell: true },
}

/** States for which the word alone says too little, so the length of time stands beside it. */
const LASTING: ReadonlySet<FeedStateWord> = new Set(['failing', 'frozen', 'late'])

/** `Failing 4 d`, `Current`. */
export function stateText({ word, since }: FeedItem['state'], now: Date): string {
  const text = STATE_LOOK[word].word
  return since && LASTING.has(word) ? `${text} ${formatDuration(now.getTime() - Date.parse(since))}` : text
}

export const STRIP_WORD: Readonly<Record<StripResult, string>> = {
  changed: 'changed',
  unchanged: 'unchanged',
  late: 'late, nothing was read',
  failed: 'failed',
  held: 'held',
  none: 'no run',
}

export const RESULT_WORD: Readonly<Record<FeedRunResult, string>> = {
  changed: 'Changed',
  unchanged: 'Unchanged',
  not_modified: 'Not modified',
  failed: 'Failed',
  held: 'Held',
}

const DECISION_WORD: Readonly<Record<RunDecision, string>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  superseded: 'superseded by a later run',
}

/** `Held, rejected by Ana`; `Failed`. */
export function resultText({ result, decision, decidedBy, holdReasons }: FeedRunView): string {
  const word = result === 'changed' && holdReasons.length > 0 ? 'Held' : RESULT_WORD[result]
  if (decision === null) return result === 'held' ? 'Held, waits for a decision' : word
  return `${word}, ${DECISION_WORD[decision]}${decidedBy && decision !== 'superseded' ? ` by ${decidedBy}` : ''}`
}

export const HOLD_WORD: Readonly<Record<HoldCode, string>> = {
  shrunk: 'lists less than half of before',
  grown: 'lists ten times as much or more',
  empty: 'is empty',
  web_page: 'is a web page',
  unusable: 'holds no address',
  too_wide: 'holds ranges as wide as continents',
  bogon: 'holds private or reserved addresses',
  own_network: 'lists your own networks',
}

export const REJECT_WORD: Readonly<Record<RejectReason, string>> = {
  malformed_address: 'no address',
  malformed_length: 'no prefix length',
  not_public: 'private or reserved address',
  too_wide: 'range too wide',
  too_long: 'line too long',
  malformed_quotes: 'quotes do not close',
  missing_address: 'column of the address missing',
  unknown_category: 'unknown category',
  unknown_intent: 'unknown intent',
  invalid_confidence: 'confidence not 0 to 100',
  invalid_time: 'no valid time',
  malformed_json: 'JSON of another shape',
  unsupported_pattern: 'pattern asks for more than an address',
  malformed_as_number: 'no AS number',
  ended: 'over already',
}

export const CREDENTIALS_WORD: Readonly<Record<CredentialsKind, string>> = {
  basic: 'User name and password',
  bearer: 'Bearer token',
  header: 'Key in a header',
  url: 'Key in the address',
}

export const FIELD_WORD: Readonly<Record<EntryField | 'length' | 'last' | 'entries', string>> = {
  entries: 'Entries',
  address: 'Address',
  category: 'Category',
  intent: 'Intent',
  confidence: 'Confidence',
  source: 'Source',
  validFrom: 'Valid from',
  validTo: 'Valid to',
  length: 'Prefix length',
  last: 'Last address of a range',
}

/** Why a control of this page is not there. */
export const NEEDS_ADMIN = 'Your role may read feeds only. Changing them needs the role admin.'

/** `Suspicious, as the category is`, or `Malicious, set for this feed; the category is suspicious`. */
export function intentText({ category, intent, effectiveIntent }: FeedItem): string {
  const own = CATEGORY_INTENT[category]
  return intent === null
    ? `${INTENT_WORD[effectiveIntent]}, default of the category`
    : `${INTENT_WORD[intent]}, set for this feed; default of the category: ${INTENT_WORD[own].toLowerCase()}`
}

/** A category as an option of a list, with what it means unless the feed says otherwise: `Tor exit (suspicious)`. */
export function categoryOption(category: Category): string {
  return `${categoryWord(category)} (${INTENT_IN_TEXT[CATEGORY_INTENT[category]]})`
}

/** `318 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${formatNumber(bytes)} B`
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${value < 10 ? value.toFixed(1) : formatNumber(Math.round(value))} ${unit}`
}

/** The strip in words: `14 days: changed on 12, failed on 9 Nov and 10 Nov.` Days that need no look are counted, others named. */
export function stripText(strip: FeedItem['strip']): string {
  const parts = (['changed', 'unchanged', 'held', 'failed', 'late', 'none'] as const).flatMap((result) => {
    const days = strip.filter((one) => one.result === result).map((one) => one.day)
    if (days.length === 0) return []
    const isNamed = (result === 'held' || result === 'failed' || result === 'late') && days.length <= 4
    const when = isNamed ? days.map(shortDay).join(', ') : String(days.length)
    return [result === 'none' ? `no run on ${when}` : `${STRIP_WORD[result]} on ${when}`]
  })
  return `${strip.length} days: ${parts.join('; ')}.`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `2026-11-09` as `9 Nov`. */
function shortDay(day: string): string {
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`
}

/** Options of a format as `name: value` pairs for people; empty where there are none. */
export function optionFacts({ options }: FeedItem): string[] {
  const place = (value: unknown) => (Array.isArray(value) ? value.join(' and ') : String(value) || 'the element itself')
  const places = Object.entries({ ...options.columns, ...options.paths }).map(
    ([field, value]) => `${FIELD_WORD[field as EntryField]} in ${place(value)}`,
  )
  return [
    ...places,
    ...(options.separator ? [`separated by ${SEPARATOR_WORD[options.separator]}`] : []),
    ...(options.minScore === undefined ? [] : [`on at least ${formatCount(options.minScore, 'list')}`]),
    ...Object.entries(options.only ?? {}).map(([field, values]) => `only ${field} ${values.join(' or ')}`),
    ...Object.entries(options.categories ?? {}).map(
      ([theirs, ours]) => `“${theirs}” means ${categoryWord(ours).toLowerCase()}`,
    ),
  ]
}

export const SEPARATOR_WORD: Readonly<Record<',' | ';' | '\t' | ' ' | '|', string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  ' ': 'blank',
  '|': 'bar',
}
