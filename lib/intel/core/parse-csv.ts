// Format `csv`: rows with an address and whatever else the feed says about it, by header, by position, or as the options map them.
import type { FeedEntry, LineOutcome, RejectReason } from '../model'
import type { FeedParser, ParserSettings } from './feed-parser'
import { parseAddress, parseAddressRange, type RangeOutcome } from './parse-address'
import { readFields, type FieldsOutcome, type RawFields } from './read-fields'
import {
  columnKey,
  guessLayout,
  isHeaderOf,
  needsHeader,
  positionLayout,
  readHeader,
  type Column,
  type Layout,
} from './read-layout'
import { guessSeparator, quoteState, splitRow } from './split-row'

/** The cell of a column by its name in the header, empty if there is none. */
type Cell = (name: string) => string

/** What makes other people's files a format of their own: see parse-threatfox.ts and others. */
export interface CsvDialect {
  /** The columns of their header, which counts if the content has none. */
  header: string
  /** Rows that are no entries; default all are. */
  isWanted?(cell: Cell): boolean
  /** The address in a row whose column holds more than that. */
  address?(cell: Cell): string
  /** Fields whose columns need no map. */
  fields?(cell: Cell): RawFields
}

const SKIPPED: LineOutcome = { status: 'skipped' }

/**
 * A parser for one content. `#` and `;` begin comments, in which a header may hide. Without a header and a column map the first row
 * with an address decides.
 */
export function createCsvParser(settings: ParserSettings, dialect?: CsvDialect): FeedParser & { reads: 'lines' } {
  const { options } = settings
  let layout: Layout | null = null
  /** What a comment announces. */
  let announced: Layout | null = null
  let isBegun = false
  const separatorOf = (line: string): string => layout?.separator ?? options.separator ?? guessSeparator(line)
  return {
    reads: 'lines',
    quotes: (line) => (/^\s*[#;]/.test(line) ? 'whole' : quoteState(line, separatorOf(line))),
    parse(line) {
      const text = line.trim()
      if (text === '') return SKIPPED
      if (/^[#;]/.test(text)) {
        announced ??= readHeader(text.replace(/^[#;\s]+/, ''), options)
        return SKIPPED
      }
      const isFirst = !isBegun
      isBegun = true
      if (layout === null) {
        layout = readHeader(line, options)
        if (layout !== null) return SKIPPED
        const isMapped = options.columns !== undefined
        if (announced !== null && !isMapped && !isHeaderOf(announced, line)) announced = null
        layout = announced ?? layoutOf(line, settings, dialect)
        if (isFirst && layout !== null && isForeignHeader(line, layout, settings)) return SKIPPED
      }
      const cells = splitRow(line, separatorOf(line))
      if (cells === null) return rejected('malformed_quotes')
      return layout === null ? refuseRow(cells, settings) : readRow(cells, layout, settings, dialect)
    },
  }
}

/** The layout of a content whose first row is no header. */
function layoutOf(line: string, { options }: ParserSettings, dialect: CsvDialect | undefined): Layout | null {
  if (dialect !== undefined) return readHeader(dialect.header, options)
  if (needsHeader(options)) return null
  return options.columns === undefined ? guessLayout(line, options) : positionLayout(options, line)
}

/** Where columns are known by position, a first row without an address is a header, whatever its names. */
function isForeignHeader(line: string, layout: Layout, { options }: ParserSettings): boolean {
  if (options.columns === undefined || layout.names.size > 0) return false
  const cell = splitRow(line, layout.separator)?.[layout.columns.address ?? -1] ?? ''
  const outcome = parseAddress(cell)
  return outcome.status === 'rejected' && outcome.reason === 'malformed_address'
}

/** No row so far showed the columns: say what is wrong with this one, and let the next row decide. */
function refuseRow(cells: string[], { options }: ParserSettings): LineOutcome {
  if (needsHeader(options)) return rejected('missing_address')
  for (const cell of cells) {
    const outcome = parseAddress(cell)
    if (outcome.status === 'rejected' && outcome.reason !== 'malformed_address') return outcome
  }
  return rejected('malformed_address')
}

function readRow(
  cells: string[],
  layout: Layout,
  settings: ParserSettings,
  dialect: CsvDialect | undefined,
): LineOutcome {
  const cell = (column: Column): string => cells[layout.columns[column] ?? -1] ?? ''
  const named = (name: string): string => cells[layout.names.get(columnKey(name)) ?? -1] ?? ''
  if (!isAskedFor(cells, layout, settings) || dialect?.isWanted?.(named) === false) return SKIPPED
  const address = dialect?.address?.(named) ?? cell('address')
  if (address === '') return rejected('missing_address')
  const ranges = readRanges(address, cell('length'), cell('last'))
  if (ranges.status === 'rejected') return ranges
  const fields = readFields(
    {
      category: cell('category'),
      intent: cell('intent'),
      confidence: cell('confidence'),
      source: cell('source'),
      validFrom: cell('validFrom'),
      validTo: cell('validTo'),
      ...dialect?.fields?.(named),
    },
    settings,
  )
  return toOutcome(ranges, fields)
}

function isAskedFor(cells: string[], { names }: Layout, { options: { only = {} } }: ParserSettings): boolean {
  return Object.entries(only).every(([key, wanted]) => {
    const position = names.get(columnKey(key)) ?? Number(key) - 1
    return wanted.includes(cells[position] ?? '')
  })
}

function readRanges(address: string, length: string, last: string): RangeOutcome {
  if (last !== '') return parseAddressRange(address, last)
  const outcome = parseAddress(length === '' || address.includes('/') ? address : `${address}/${length}`)
  return outcome.status === 'ok' ? { status: 'ok', ranges: [outcome.range], rejected: [] } : outcome
}

function toOutcome(ranges: RangeOutcome & { status: 'ok' }, outcome: FieldsOutcome): LineOutcome {
  if (outcome.status === 'rejected') return outcome
  const entries: FeedEntry[] = ranges.ranges.map((range) => ({ range, ...outcome.fields }))
  if (entries.length === 1 && ranges.rejected.length === 0) return { status: 'entry', entry: entries[0]! }
  return { status: 'entries', entries, rejected: ranges.rejected }
}

function rejected(reason: RejectReason): LineOutcome & { status: 'rejected' } {
  return { status: 'rejected', reason }
}
