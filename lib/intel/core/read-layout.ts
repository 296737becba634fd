// Which cell of a row holds which field: by header, by the column map of a feed, or by the first address.
import { CATEGORIES, type EntryField, type FeedOptions } from '../model'
import { parseAddress } from './parse-address'
import { guessSeparator, SEPARATORS, splitRow } from './split-row'

export type Column = EntryField | 'length' | 'last'

export interface Layout {
  separator: string
  columns: Partial<Record<Column, number>>
  /** Positions by name of the header, as `columnKey` writes them; empty without one. */
  names: ReadonlyMap<string, number>
}

/** Usual names, so that many people's files need no column map. */
const USUAL_NAMES: Readonly<Record<string, Column>> = {
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
  abuseconfidencescore: 'confidence',
  confidence: 'confidence',
  confidence_level: 'confidence',
  source: 'source',
  first_seen: 'validFrom',
  first_seen_utc: 'validFrom',
  valid_from: 'validFrom',
  valid_to: 'validTo',
  valid_until: 'validTo',
}

/** Our own columns, in the order that a row without a header has them. */
const OWN_ORDER: readonly Column[] = ['address', 'category', 'intent', 'confidence', 'source']

/** A name of a header without case, blanks and hyphens. */
export function columnKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}

/** Whether the options name columns by their header, so that there must be one. */
export function needsHeader({ columns = {}, only = {} }: FeedOptions): boolean {
  return Object.values(columns).some((column) => typeof column === 'string') || Object.keys(only).some(isName)
}

/**
 * The layout that this row announces, or null if it is no header: with a column map, every column that the map names must be in it;
 * without one, a usual name for the address. Columns of `only` must be there too.
 */
export function readHeader(text: string, options: FeedOptions): Layout | null {
  if (options.columns !== undefined && !needsHeader(options)) return null
  const separator = options.separator ?? guessSeparator(text)
  const cells = splitRow(text, separator) ?? []
  const names = new Map<string, number>()
  for (const [position, cell] of cells.entries()) {
    if (!names.has(columnKey(cell))) names.set(columnKey(cell), position)
  }
  const columns = options.columns === undefined ? usualColumns(names) : mappedColumns(options, names)
  if (columns?.address === undefined || !hasNames(options, names)) return null
  return { separator, columns, names }
}

/** Whether a row fits what a comment above it announced, which may have been a sentence with the same words. */
export function isHeaderOf({ separator, columns, names }: Layout, text: string): boolean {
  const cells = splitRow(text, separator) ?? []
  if (names.size > 1 && cells.length === names.size) return true
  return parseAddress(cells[columns.address ?? -1] ?? '').status === 'ok'
}

/** The layout of a column map that needs no header. */
export function positionLayout({ columns = {}, separator }: FeedOptions, text: string): Layout {
  const positions = Object.entries(columns).map(([column, position]) => [column, Number(position) - 1])
  return {
    separator: separator ?? guessRowSeparator(text),
    columns: Object.fromEntries(positions) as Layout['columns'],
    names: new Map(),
  }
}

/**
 * The layout that the first row with an address shows: its first address names the column, and the further columns are ours only if
 * the address comes first and a category second. Null if no cell is an address.
 */
export function guessLayout(text: string, options: FeedOptions): Layout | null {
  const separator = options.separator ?? guessRowSeparator(text)
  const cells = splitRow(text, separator) ?? []
  const address = cells.findIndex((cell) => parseAddress(cell).status === 'ok')
  if (address === -1) return null
  const isOurs = address === 0 && (cells.length === 1 || cells[1] === '' || isCategoryWord(cells[1]!, options))
  const columns = isOurs ? Object.fromEntries(OWN_ORDER.map((column, position) => [column, position])) : { address }
  return { separator, columns, names: new Map() }
}

/** The separator that sets an address apart: between tabs there may be commas in names. */
function guessRowSeparator(text: string): string {
  const isRight = (separator: string): boolean =>
    text.includes(separator) && (splitRow(text, separator) ?? []).some((cell) => parseAddress(cell).status === 'ok')
  return SEPARATORS.find(isRight) ?? guessSeparator(text)
}

function usualColumns(names: ReadonlyMap<string, number>): Layout['columns'] {
  const columns: Layout['columns'] = {}
  for (const [name, position] of names) {
    const column = Object.hasOwn(USUAL_NAMES, name) ? USUAL_NAMES[name] : undefined
    if (column !== undefined) columns[column] ??= position
  }
  return columns
}

function mappedColumns({ columns = {} }: FeedOptions, names: Layout['names']): Layout['columns'] | null {
  const found: Layout['columns'] = {}
  for (const [column, place] of Object.entries(columns)) {
    const position = typeof place === 'number' ? place - 1 : names.get(columnKey(place))
    if (position === undefined) return null
    found[column as Column] = position
  }
  return found
}

/** Whether every column is there that rows are chosen by: without it, none would be asked for. */
function hasNames({ only = {} }: FeedOptions, names: Layout['names']): boolean {
  return Object.keys(only).every((name) => !isName(name) || names.has(columnKey(name)))
}

/** Keys of `only` that are digits are positions. */
function isName(key: string): boolean {
  return !/^\d+$/.test(key)
}

function isCategoryWord(cell: string, { categories = {} }: FeedOptions): boolean {
  const words: readonly string[] = [...CATEGORIES, ...Object.keys(categories).map((word) => word.toLowerCase())]
  return words.includes(cell.toLowerCase())
}
