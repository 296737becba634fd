// Format `csv`: rows with columns address, category, intent, confidence, source, by header or by position. Other people's
// columns are found by their usual names, so that abuse.ch, Tor mirrors and cloud lists need no format of their own.
import {
  CATEGORIES,
  INTENTS,
  intentOf,
  type Category,
  type FeedDefaults,
  type Intent,
  type LineOutcome,
  type RejectReason,
} from '../model'
import { parseAddress } from './parse-address'

type Column = 'address' | 'category' | 'intent' | 'confidence' | 'source'
type Columns = Partial<Record<Column, number>>
interface Layout {
  columns: Columns
  separator: string
}

const NAMES: Readonly<Record<string, Column>> = {
  address: 'address',
  cidr: 'address',
  dst_ip: 'address',
  indicator: 'address',
  ioc_value: 'address',
  ip: 'address',
  ip_addr: 'address',
  ip_address: 'address',
  ip_prefix: 'address',
  ipaddr: 'address',
  ipaddress: 'address',
  network: 'address',
  prefix: 'address',
  range: 'address',
  category: 'category',
  intent: 'intent',
  confidence: 'confidence',
  confidence_level: 'confidence',
  source: 'source',
}

const POSITIONS: readonly Column[] = ['address', 'category', 'intent', 'confidence', 'source']
const SKIPPED: LineOutcome = { status: 'skipped' }
const MAX_SOURCE_LENGTH = 200

/** Reads rows one by one; the first rows decide separator and columns. */
export interface CsvParser {
  parse(line: string): LineOutcome
}

/**
 * A parser for one file. A header is recognised by its names, also inside a `#` comment; without one, the first cell that is an
 * address names its column, and the further columns are ours only if the address comes first and a category second.
 */
export function createCsvParser(defaults: FeedDefaults): CsvParser {
  let layout: Layout | null = null
  return {
    parse(line) {
      const text = line.trim()
      if (text === '') return SKIPPED
      if (text.startsWith('#') || text.startsWith(';')) {
        layout ??= readHeader(text.replace(/^[#;\s]+/, ''))
        return SKIPPED
      }
      if (layout === null) {
        layout = readHeader(text)
        if (layout !== null) return SKIPPED
        layout = guessLayout(text)
      }
      const cells = splitRow(text, layout?.separator ?? guessSeparator(text))
      if (cells === null) return rejected('malformed_quotes')
      return layout === null ? refuseRow(cells) : readRow(cells, layout.columns, defaults)
    },
  }
}

function readHeader(text: string): Layout | null {
  const separator = guessSeparator(text)
  const columns: Columns = {}
  for (const [position, cell] of (splitRow(text, separator) ?? []).entries()) {
    const column = NAMES[cell.toLowerCase().replace(/[\s-]+/g, '_')]
    if (column !== undefined) columns[column] ??= position
  }
  return columns.address === undefined ? null : { columns, separator }
}

function guessSeparator(text: string): string {
  return [',', ';', '\t'].find((candidate) => text.includes(candidate)) ?? ','
}

/** Without a header: what the first row with an address shows. */
function guessLayout(text: string): Layout | null {
  const separator = guessSeparator(text)
  const cells = splitRow(text, separator) ?? []
  const address = cells.findIndex((cell) => parseAddress(cell).status === 'ok')
  if (address === -1) return null
  const isOurs = address === 0 && (cells.length === 1 || cells[1] === '' || isCategory(cells[1]!.toLowerCase()))
  const columns: Columns = isOurs
    ? Object.fromEntries(POSITIONS.map((column, position) => [column, position]))
    : { address }
  return { columns, separator }
}

/** No row so far had an address: say what is wrong with this one, and let the next row decide the columns. */
function refuseRow(cells: string[]): LineOutcome {
  for (const cell of cells) {
    const outcome = parseAddress(cell)
    if (outcome.status === 'rejected' && outcome.reason !== 'malformed_address') return outcome
  }
  return rejected('malformed_address')
}

function readRow(cells: string[], columns: Columns, defaults: FeedDefaults): LineOutcome {
  const cell = (column: Column): string | null => cells[columns[column] ?? -1] || null
  const address = cell('address')
  if (address === null) return rejected('missing_address')
  const outcome = parseAddress(address)
  if (outcome.status === 'rejected') return outcome

  const category = cell('category')?.toLowerCase() ?? defaults.category
  if (!isCategory(category)) return rejected('unknown_category')
  const ownIntent = cell('intent')?.toLowerCase() ?? null
  if (ownIntent !== null && !isIntent(ownIntent)) return rejected('unknown_intent')
  const confidence = Number(cell('confidence') ?? defaults.confidence)
  if (!(confidence >= 0 && confidence <= 100)) return rejected('invalid_confidence')

  // A row that names a category of its own has the intent of that category, not that of the feed's default.
  const feedIntent = category === defaults.category ? defaults.intent : null
  return {
    status: 'entry',
    entry: {
      range: outcome.range,
      category,
      intent: intentOf(category, feedIntent, ownIntent),
      confidence: Math.round(confidence),
      source: cell('source')?.slice(0, MAX_SOURCE_LENGTH) ?? null,
      validFrom: null,
      validTo: null,
    },
  }
}

/** The cells of a row, trimmed, quotes removed (RFC 4180, and blanks after separators); null if a quote does not close. */
function splitRow(text: string, separator: string): string[] | null {
  if (!text.includes('"')) return text.split(separator).map((cell) => cell.trim())
  const cells: string[] = []
  let index = 0
  for (;;) {
    while (text[index] === ' ') index++
    if (text[index] === '"') {
      const end = closingQuote(text, index + 1)
      if (end === -1) return null
      cells.push(
        text
          .slice(index + 1, end)
          .replaceAll('""', '"')
          .trim(),
      )
      index = text.indexOf(separator, end)
    } else {
      const start = index
      index = text.indexOf(separator, start)
      cells.push(text.slice(start, index === -1 ? undefined : index).trim())
    }
    if (index === -1) return cells
    index++
  }
}

function closingQuote(text: string, start: number): number {
  for (let index = text.indexOf('"', start); index !== -1; index = text.indexOf('"', index)) {
    if (text[index + 1] !== '"') return index
    index += 2
  }
  return -1
}

function rejected(reason: RejectReason): LineOutcome {
  return { status: 'rejected', reason }
}

function isCategory(text: string): text is Category {
  return (CATEGORIES as readonly string[]).includes(text)
}

function isIntent(text: string): text is Intent {
  return (INTENTS as readonly string[]).includes(text)
}
