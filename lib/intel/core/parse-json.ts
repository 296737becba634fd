// Formats `json` and `jsonl`: any JSON whose entries stand at paths that the options name. Cloud providers, VPN providers, Okta.
import type { EntryField, FeedEntry, FeedOptions, JsonPath, LineOutcome, RejectedLine } from '../model'
import type { DocumentItem, FeedParser, ParserSettings } from './feed-parser'
import { jsonText, parseJson, readPath, scalarText } from './json-path'
import { parseAddress } from './parse-address'
import { readCategory, readFields, type RawFields } from './read-fields'

/** Longest line of JSON that is looked at: the record of an address, with whatever lists it carries. */
export const MAX_JSON_LINE = 2 ** 20

/**
 * Where the address stands if the options do not say: in the element itself, or under a usual name. The first that is there counts, since
 * beside an address stands at times the network around it, which nobody accused. Both kinds of address may stand side by side.
 */
const USUAL_ADDRESSES: ReadonlyArray<readonly JsonPath[]> = [
  [''],
  ['ip'],
  ['ipAddress'],
  ['ip_address'],
  ['address'],
  ['indicator'],
  ['cidr'],
  ['ip_prefix', 'ipv4Prefix', 'ipv6Prefix', 'ipv6_prefix'],
  ['prefix'],
  ['range'],
  ['network'],
]
const FIELDS = ['category', 'intent', 'confidence', 'source', 'validFrom', 'validTo'] as const

/** A parser for a document as a whole. */
export function createJsonParser(settings: ParserSettings): FeedParser {
  return {
    reads: 'text',
    parse(content) {
      const outcome = parseJson(content)
      if (outcome.status === 'malformed') return { status: 'unusable', message: 'The content is not JSON.' }
      if (readPath(outcome.value, containerOf(settings.options)).length === 0) {
        // E.g. an answer that says what went wrong: to be told from an empty list.
        const message = `The content has nothing at ${settings.options.paths?.entries}, where its entries should be.`
        return { status: 'unusable', message }
      }
      return { status: 'read', items: readItems(outcome.value, settings) }
    },
  }
}

/** A parser for JSON Lines: every line is a value of its own, with the same paths. */
export function createJsonLinesParser(settings: ParserSettings): FeedParser {
  return {
    reads: 'lines',
    longestLine: MAX_JSON_LINE,
    parse(line) {
      if (line.trim() === '') return { status: 'skipped' }
      const outcome = parseJson(line)
      if (outcome.status === 'malformed') return { status: 'rejected', reason: 'malformed_json' }
      return joinItems([...readItems(outcome.value, settings)])
    },
  }
}

function* readItems(value: unknown, settings: ParserSettings): Generator<DocumentItem> {
  for (const element of elementsOf(value, settings.options)) yield* readElement(element, settings)
}

function elementsOf(value: unknown, { paths }: FeedOptions): unknown[] {
  if (paths?.entries !== undefined) return readPath(value, paths.entries)
  return Array.isArray(value) ? value : [value]
}

/** Where the entries stand, without the steps that go through them. */
function containerOf({ paths }: FeedOptions): JsonPath {
  return (paths?.entries ?? '').replace(/(?:^|\.)\*.*$/, '')
}

/** One item an address; elements that the options do not ask for give one that is skipped. */
function readElement(element: unknown, settings: ParserSettings): DocumentItem[] {
  if (!isAskedFor(element, settings.options)) return [{ outcome: { status: 'skipped' }, text: '' }]
  const addresses = addressesOf(element, settings.options)
  if (addresses.length === 0) {
    return [{ outcome: { status: 'rejected', reason: 'missing_address' }, text: jsonText(element) }]
  }
  const fields = readFields(rawFields(element, settings), settings)
  // Written once, for an element may hold the addresses of the whole document.
  const elementText = fields.status === 'rejected' ? jsonText(element) : ''
  return addresses.map((text) => {
    const address = parseAddress(text)
    if (address.status === 'rejected') return { outcome: address, text }
    if (fields.status === 'rejected') return { outcome: fields, text: elementText }
    return { outcome: { status: 'entry', entry: { range: address.range, ...fields.fields } }, text }
  })
}

function addressesOf(element: unknown, { paths }: FeedOptions): string[] {
  const at = (path: JsonPath): string[] => readPath(element, path).flatMap(listText)
  const own = paths?.address
  if (own !== undefined) return (typeof own === 'string' ? [own] : own).flatMap(at)
  for (const usual of USUAL_ADDRESSES) {
    const found = usual.flatMap(at)
    if (found.length > 0) return found
  }
  return []
}

/** An address may be a text or an array of texts. */
function listText(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.flatMap((each) => (typeof each === 'string' && each.trim() !== '' ? [each.trim()] : []))
}

function pathsOf({ paths }: FeedOptions, field: EntryField): readonly JsonPath[] {
  const path = paths?.[field] ?? []
  return typeof path === 'string' ? [path] : path
}

function rawFields(element: unknown, settings: ParserSettings): RawFields {
  const raw: RawFields = {}
  for (const field of FIELDS) {
    const texts = pathsOf(settings.options, field)
      .flatMap((path) => readPath(element, path))
      .flatMap((value) => scalarText(value) ?? [])
    // Of several words for a category, e.g. tags, the first that is known.
    raw[field] = (field === 'category' && texts.find((text) => readCategory(text, settings) !== null)) || texts[0]
  }
  return raw
}

function isAskedFor(element: unknown, { only = {} }: FeedOptions): boolean {
  return Object.entries(only).every(([path, wanted]) =>
    readPath(element, path).some((value) => wanted.includes(scalarText(value) ?? '')),
  )
}

function joinItems(items: DocumentItem[]): LineOutcome {
  const wanted = items.filter(({ outcome }) => outcome.status !== 'skipped')
  if (wanted.length === 0) return { status: 'skipped' }
  if (wanted.length === 1) return wanted[0]!.outcome
  const entries: FeedEntry[] = []
  const rejected: Array<Pick<RejectedLine, 'reason' | 'text'>> = []
  for (const { outcome, text } of wanted) {
    if (outcome.status === 'entry') entries.push(outcome.entry)
    if (outcome.status === 'rejected') rejected.push({ reason: outcome.reason, text })
  }
  return { status: 'entries', entries, rejected }
}
