// What the parsers of the feed formats have in common. A parser never throws: what it cannot use it says, with a reason.
import type { FeedDefaults, FeedOptions, LineOutcome } from '../model'
import type { QuoteState } from './join-rows'

/** What a parser may know about its feed. */
export interface ParserSettings extends FeedDefaults {
  options: FeedOptions
}

/** One element of a document and what it turned out to be; `text` is shown to the operator when it is left out. */
export interface DocumentItem {
  outcome: LineOutcome
  text: string
}

export type DocumentOutcome =
  | { status: 'read'; items: Iterable<DocumentItem> }
  /** Nothing of it can be used, e.g. no JSON at all; in words for an operator. */
  | { status: 'unusable'; message: string }

/** A parser for one content of a feed. Line parsers work in constant memory; the others get the content whole. */
export type FeedParser =
  /**
   * `longestLine`: characters that a line may have before it is left out as `too_long`; default 4,096. `quotes`: given where a quoted cell
   * may go over several lines, which then come as one.
   */
  | { reads: 'lines'; longestLine?: number; quotes?(line: string): QuoteState; parse(line: string): LineOutcome }
  /** UTF-8, without byte order mark. */
  | { reads: 'text'; parse(content: string): DocumentOutcome }
  | { reads: 'bytes'; parse(content: Uint8Array): DocumentOutcome }
