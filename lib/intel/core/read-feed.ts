// Reads the content of a feed byte by byte as it arrives: entries out, counts and samples of what was left out kept. Where the bytes
// were cut never matters, and no line is fatal.
import type { FeedEntry, FeedFormat, LineOutcome, RejectedLine, RejectReason } from '../model'
import type { DocumentOutcome, FeedParser, ParserSettings } from './feed-parser'
import { createRowJoiner } from './join-rows'
import { createAsnDropParser } from './parse-asn-drop'
import { createCsvParser } from './parse-csv'
import { createFeodoParser } from './parse-feodo'
import { createIpsumParser } from './parse-ipsum'
import { createJsonLinesParser, createJsonParser } from './parse-json'
import { parseListLine } from './parse-list'
import { createMispCsvParser } from './parse-misp-csv'
import { createMispWarningListParser } from './parse-misp-warning-list'
import { createMmdbParser } from './parse-mmdb'
import { createOnionooParser } from './parse-onionoo'
import { createSpamhausDropParser } from './parse-spamhaus-drop'
import { createStixParser } from './parse-stix'
import { createThreatfoxParser } from './parse-threatfox'
import { createTorExitAddressesParser } from './parse-tor-exit-addresses'
import { createLineSplitter, MAX_LINE_LENGTH, type Line } from './split-lines'

/** Formats that are no single content: collections, and data that list nothing. */
type OtherFormat = 'misp_feed' | 'taxii' | 'mmdb_asn' | 'okta_zones'

/** One line a format. */
const PARSERS: Record<Exclude<FeedFormat, OtherFormat>, (settings: ParserSettings) => FeedParser> = {
  list: (settings) => ({ reads: 'lines', parse: (line) => parseListLine(line, settings) }),
  csv: (settings) => createCsvParser(settings),
  json: createJsonParser,
  jsonl: createJsonLinesParser,
  tor_exit_addresses: createTorExitAddressesParser,
  onionoo: createOnionooParser,
  spamhaus_drop: createSpamhausDropParser,
  asn_drop: createAsnDropParser,
  ipsum: createIpsumParser,
  feodo: createFeodoParser,
  threatfox: createThreatfoxParser,
  misp_warning_list: createMispWarningListParser,
  misp_csv: createMispCsvParser,
  stix: createStixParser,
  mmdb_anonymous: createMmdbParser,
}

/** What was left out for a reason that an operator may have to see. */
interface LeftOut {
  count: number
  /** The first 20, as text of the content. */
  samples: string[]
}

export interface FeedSummary {
  /** Lines or elements that held something: entries and rejected ones. */
  read: number
  rejected: number
  rejections: Partial<Record<RejectReason, number>>
  samples: RejectedLine[]
  /** Of the content so far. */
  bytes: number
  leftOut: {
    /** Rejected as `not_public`. */
    bogon: LeftOut
    tooWide: LeftOut
  }
}

export type ReadOutcome =
  | { status: 'entries'; entries: FeedEntry[] }
  /** The content is not what it should be, after which it is not worth reading on; in words for an operator. */
  | { status: 'refused'; code: 'web_page' | 'unusable'; message: string }

export interface FeedReader {
  /** Entries that these bytes complete. Once refused, always refused. */
  push(bytes: Uint8Array): ReadOutcome
  /** Entries of a last line without newline, or of a content that is read whole. */
  end(): ReadOutcome
  summary(): FeedSummary
}

/** A content that is read whole is kept in memory until its end. */
const MAX_DOCUMENT_BYTES = { text: 64 * 2 ** 20, bytes: 256 * 2 ** 20 }
const MAX_SAMPLES = 20
const MAX_SAMPLE_LENGTH = 200

const WEB_PAGE: ReadOutcome = {
  status: 'refused',
  code: 'web_page',
  message: 'The content is a web page, not a list of addresses.',
}

/** A reader for one content of a feed with these settings. */
export function createFeedReader(settings: ParserSettings & { format: FeedFormat }): FeedReader {
  const { format } = settings
  const parser = isSingleContent(format) ? PARSERS[format](settings) : null
  const counter = createCounter()
  const content =
    parser === null
      ? unreadable(format)
      : parser.reads === 'lines'
        ? lineContent(parser, counter)
        : documentContent(parser, counter)
  let refusal: ReadOutcome | null = null
  const keep = (outcome: ReadOutcome): ReadOutcome => {
    if (outcome.status === 'refused') refusal = outcome
    return outcome
  }
  return {
    push(bytes) {
      counter.summary.bytes += bytes.length
      return refusal ?? keep(content.push(bytes))
    },
    end: () => refusal ?? keep(content.end()),
    summary: () => counter.summary,
  }
}

function isSingleContent(format: FeedFormat): format is keyof typeof PARSERS {
  return Object.hasOwn(PARSERS, format)
}

type Content = Omit<FeedReader, 'summary'>

function unreadable(format: FeedFormat): Content {
  const refuse = () => unusable(`A feed of the format ${format} cannot be filled from one file.`)
  return { push: refuse, end: refuse }
}

function lineContent(parser: FeedParser & { reads: 'lines' }, counter: Counter): Content {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const splitter = createLineSplitter(parser.longestLine)
  const joiner = parser.quotes && createRowJoiner(parser.quotes, parser.longestLine ?? MAX_LINE_LENGTH)
  let isBegun = false
  const count = ({ number, text }: Line, entries: FeedEntry[]): void => {
    const outcome: LineOutcome = text === null ? { status: 'rejected', reason: 'too_long' } : parser.parse(text)
    counter.take(outcome, number, text ?? '', entries)
  }
  const take = (lines: Line[], isLast = false): ReadOutcome => {
    const entries: FeedEntry[] = []
    for (const line of lines) for (const row of joiner?.push(line) ?? [line]) count(row, entries)
    if (isLast) for (const row of joiner?.end() ?? []) count(row, entries)
    return { status: 'entries', entries }
  }
  const read = (piece: string): ReadOutcome => {
    if (!isBegun) {
      const start = piece.replace(/^\ufeff/, '').trimStart()
      isBegun = start !== ''
      if (start.startsWith('<')) return WEB_PAGE
    }
    return take(splitter.push(piece))
  }
  return {
    push: (bytes) => read(decoder.decode(bytes, { stream: true })),
    end() {
      const last = read(decoder.decode())
      if (last.status === 'refused') return last
      const rest = take(splitter.end(), true)
      return rest.status === 'refused' ? rest : { status: 'entries', entries: [...last.entries, ...rest.entries] }
    },
  }
}

function documentContent(parser: Exclude<FeedParser, { reads: 'lines' }>, counter: Counter): Content {
  const limit = MAX_DOCUMENT_BYTES[parser.reads]
  let pieces: Uint8Array[] = []
  let length = 0
  return {
    push(bytes) {
      length += bytes.length
      if (length > limit) {
        pieces = []
        return unusable(`The content is larger than ${limit / 2 ** 20} MiB, the most that is read of this format.`)
      }
      // A copy: whoever pushes may fill the same buffer again.
      pieces.push(bytes.slice())
      return { status: 'entries', entries: [] }
    },
    end() {
      const whole = join(pieces, length)
      pieces = []
      if (isWebPage(whole)) return WEB_PAGE
      const outcome: DocumentOutcome =
        parser.reads === 'text' ? parser.parse(new TextDecoder('utf-8').decode(whole)) : parser.parse(whole)
      if (outcome.status === 'unusable') return unusable(outcome.message)
      const entries: FeedEntry[] = []
      let number = 0
      for (const item of outcome.items) counter.take(item.outcome, ++number, item.text, entries)
      return { status: 'entries', entries }
    },
  }
}

function join(pieces: Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

/** No format that is read whole begins with `<` and a letter or `!`; a database may begin with any byte. */
function isWebPage(content: Uint8Array): boolean {
  const start = new TextDecoder('utf-8').decode(content.subarray(0, 200)).trimStart()
  return /^<(?:!doctype|!--|html|head|body|\?xml)/i.test(start)
}

function unusable(message: string): ReadOutcome {
  return { status: 'refused', code: 'unusable', message }
}

/** Counts what was read, as every run shows it. */
export interface Counter {
  summary: FeedSummary
  /** Counts one line or element and puts its entries to the others. */
  take(outcome: LineOutcome, line: number, text: string, entries: FeedEntry[]): void
}

/** A counter at zero. */
export function createCounter(): Counter {
  const summary: FeedSummary = {
    read: 0,
    rejected: 0,
    rejections: {},
    samples: [],
    bytes: 0,
    leftOut: { bogon: { count: 0, samples: [] }, tooWide: { count: 0, samples: [] } },
  }
  return {
    summary,
    take(outcome, line, text, entries) {
      if (outcome.status === 'entry') {
        summary.read++
        entries.push(outcome.entry)
      } else if (outcome.status === 'rejected') {
        reject(summary, { line, reason: outcome.reason, text })
      } else if (outcome.status === 'entries') {
        if (outcome.entries.length > 0) summary.read++
        for (const entry of outcome.entries) entries.push(entry)
        for (const left of outcome.rejected ?? []) reject(summary, { line, ...left })
      }
    },
  }
}

function reject(summary: FeedSummary, { line, reason, text }: RejectedLine): void {
  summary.read++
  summary.rejected++
  summary.rejections[reason] = (summary.rejections[reason] ?? 0) + 1
  // PostgreSQL keeps neither NUL nor half a surrogate pair, and cutting may leave one.
  const sample = text.slice(0, MAX_SAMPLE_LENGTH).replace(/[\0\p{Surrogate}]/gu, '\ufffd')
  if (summary.samples.length < MAX_SAMPLES) summary.samples.push({ line, reason, text: sample })
  const leftOut =
    reason === 'not_public' ? summary.leftOut.bogon : reason === 'too_wide' ? summary.leftOut.tooWide : null
  if (leftOut === null) return
  leftOut.count++
  if (leftOut.samples.length < MAX_SAMPLES) leftOut.samples.push(sample.trim())
}
