// Reads the content of a feed piece by piece: entries out, counts and samples of what was left out kept. Never fails on a line.
import {
  type FeedDefaults,
  type FeedEntry,
  type FeedFormat,
  type LineOutcome,
  type RejectedLine,
  type RejectReason,
} from '../model'
import { createCsvParser } from './parse-csv'
import { parseListLine } from './parse-list'
import { createLineSplitter, type Line } from './split-lines'

export interface FeedSummary {
  /** Lines that held something: entries and rejected ones. */
  read: number
  rejected: number
  rejections: Partial<Record<RejectReason, number>>
  samples: RejectedLine[]
}

export interface FeedReader {
  /** Entries that this piece of text completes; or that the content began like a web page, after which it is not worth reading on. */
  push(piece: string): { status: 'entries'; entries: FeedEntry[] } | { status: 'web_page' }
  /** Entries of a last line without newline. */
  end(): FeedEntry[]
  summary(): FeedSummary
}

const MAX_SAMPLES = 20
const MAX_SAMPLE_LENGTH = 200

/** A reader for one content of a feed with these settings. */
export function createFeedReader(feed: FeedDefaults & { format: FeedFormat }): FeedReader {
  const splitter = createLineSplitter()
  const parse = lineParser(feed)
  const summary: FeedSummary = { read: 0, rejected: 0, rejections: {}, samples: [] }
  let isBegun = false

  const take = (lines: Line[]): FeedEntry[] => {
    const entries: FeedEntry[] = []
    for (const line of lines) {
      const outcome: LineOutcome = line.text === null ? { status: 'rejected', reason: 'too_long' } : parse(line.text)
      if (outcome.status === 'skipped') continue
      summary.read++
      if (outcome.status === 'entry') entries.push(outcome.entry)
      else if (outcome.status === 'entries') entries.push(...outcome.entries)
      else reject(summary, line, outcome.reason)
    }
    return entries
  }

  return {
    push(piece) {
      if (!isBegun) {
        const start = piece.replace(/^\ufeff/, '').trimStart()
        isBegun = start !== ''
        if (start.startsWith('<')) return { status: 'web_page' }
      }
      return { status: 'entries', entries: take(splitter.push(piece)) }
    },
    end: () => take(splitter.end()),
    summary: () => summary,
  }
}

function lineParser(feed: FeedDefaults & { format: FeedFormat }): (line: string) => LineOutcome {
  if (feed.format === 'list') return (line) => parseListLine(line, feed)
  const parser = createCsvParser(feed)
  return (line) => parser.parse(line)
}

function reject(summary: FeedSummary, line: Line, reason: RejectReason): void {
  summary.rejected++
  summary.rejections[reason] = (summary.rejections[reason] ?? 0) + 1
  if (summary.samples.length >= MAX_SAMPLES) return
  // PostgreSQL keeps neither NUL nor half a surrogate pair, and cutting may leave one.
  const text = (line.text ?? '').slice(0, MAX_SAMPLE_LENGTH).replace(/[\0\p{Surrogate}]/gu, '\ufffd')
  summary.samples.push({ line: line.number, reason, text })
}
