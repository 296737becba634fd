// Format `stix`: a STIX 2.1 bundle, and each object of a TAXII collection. Only indicators are opinions: an address that stands in
// a bundle as an object of its own (`ipv4-addr`) is context of a report, e.g. the victim's, and a sighting or relationship says
// what else is known of it. So all objects but indicators are passed over.
import type { LineOutcome } from '../model'
import { opinionOfWords } from './category-of-words'
import type { DocumentItem, DocumentOutcome, FeedParser, ParserSettings } from './feed-parser'
import { asObject, jsonText, parseJson } from './json-path'
import { MAX_OBJECT_ID_LENGTH, newestReadings, type ObjectReading } from './object-reading'
import { readFields } from './read-fields'
import { readStixPattern } from './stix-pattern'

export type StixOutcome =
  | { status: 'read'; reading: ObjectReading }
  /** No indicator, or one in another language, e.g. YARA. */
  | { status: 'skipped' }
  | { status: 'malformed'; text: string }

const TIMESTAMP = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/

/** A parser for one bundle. Of several versions of an object the one modified last counts. */
export function createStixParser(settings: ParserSettings): FeedParser & { reads: 'text' } {
  return { reads: 'text', parse: (content) => parseBundle(content, settings) }
}

function parseBundle(content: string, settings: ParserSettings): DocumentOutcome {
  const json = parseJson(content)
  if (json.status === 'malformed') return { status: 'unusable', message: 'The content is not JSON.' }
  const objects = readStixObjects(json.value)
  if (objects === null) return { status: 'unusable', message: 'The content is not a STIX bundle: it has no objects.' }
  const readings: ObjectReading[] = []
  const items: DocumentItem[] = []
  for (const object of objects) {
    const outcome = readStixObject(object, settings)
    if (outcome.status === 'read') readings.push(outcome.reading)
    if (outcome.status === 'malformed') items.push({ outcome: malformed(), text: outcome.text })
  }
  return { status: 'read', items: [...newestReadings(readings).values(), ...items] }
}

/** The objects of a bundle or of a TAXII envelope, an empty one included; null if it is neither. */
export function readStixObjects(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value
  const container = asObject(value)
  if (container === null) return null
  if (Array.isArray(container.objects)) return container.objects
  // Both may leave `objects` out when there are none.
  const isBundle =
    container.type === 'bundle' || Object.keys(container).every((key) => key === 'more' || key === 'next')
  return container.objects === undefined && isBundle ? [] : null
}

/**
 * Reads one object. A revoked indicator stands for no entries. `valid_until` is kept and not judged: whether it is over depends on
 * when somebody asks. `confidence` 0 means 0; one that is missing is that of the feed.
 */
export function readStixObject(value: unknown, settings: ParserSettings): StixOutcome {
  const object = asObject(value)
  if (typeof object?.type !== 'string') return { status: 'malformed', text: jsonText(value) }
  if (object.type !== 'indicator' || (object.pattern_type ?? 'stix') !== 'stix') return { status: 'skipped' }
  const { id, modified, created, revoked } = object
  const revision = readRevision(modified ?? created)
  const pattern = revoked === true ? '' : object.pattern
  if (!isObjectId(id) || revision === null || typeof pattern !== 'string') {
    return { status: 'malformed', text: jsonText(value) }
  }
  const outcome: LineOutcome =
    revoked === true ? { status: 'entries', entries: [] } : readIndicator(object, pattern, settings)
  return { status: 'read', reading: { objectId: id, revision, outcome, text: pattern } }
}

function readIndicator(
  value: Readonly<Record<string, unknown>>,
  pattern: string,
  settings: ParserSettings,
): LineOutcome {
  const { ranges, lost } = readStixPattern(pattern)
  if (ranges.length === 0 && lost.length === 0) return { status: 'skipped' }
  if (ranges.length === 0) return { status: 'entries', entries: [], rejected: lost }
  const outcome = readFields(
    {
      ...opinionOfWords([...texts(value.labels), ...texts(value.indicator_types)], settings),
      confidence: plainText(value.confidence),
      source: plainText(value.name),
      validFrom: plainText(value.valid_from),
      validTo: plainText(value.valid_until),
    },
    settings,
  )
  if (outcome.status === 'rejected') return outcome
  const entries = ranges.map((range) => ({ range, ...outcome.fields }))
  return { status: 'entries', entries, rejected: lost }
}

/** A timestamp such that later ones are greater as text: fractions have any number of digits. */
function readRevision(value: unknown): string | null {
  const match = typeof value === 'string' ? TIMESTAMP.exec(value) : null
  return match && `${match[1]}.${(match[2] ?? '').padEnd(9, '0')}Z`
}

function isObjectId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:-]+$/.test(value) && value.length <= MAX_OBJECT_ID_LENGTH
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Something that is neither text nor number is as wrong as it looks, so it is handed on to be refused. */
function plainText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' || typeof value === 'number' ? String(value) : jsonText(value)
}

function malformed(): LineOutcome {
  return { status: 'rejected', reason: 'malformed_json' }
}
