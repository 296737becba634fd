// The words for how a feed stands and for what one of its days came to. `judgeFeedState` and `buildFeedStrip` choose them.

/** Closed list, most urgent first. */
export const FEED_STATE_WORDS = [
  /** A run waits for a person; what was known before stays in force. */
  'held',
  /** The last attempts failed. */
  'failing',
  /** Nothing was read for longer than two of its own cadences. */
  'late',
  /** Answers well, but its content has not changed for far longer than it used to. */
  'frozen',
  /** Lists exactly the same round number while its content changes: what is beyond the cap is not listed. */
  'at_cap',
  /** Nothing was ever read. */
  'never',
  'current',
  /** Switched off: its entries are in no index. */
  'off',
] as const
export type FeedStateWord = (typeof FEED_STATE_WORDS)[number]

export interface FeedState {
  word: FeedStateWord
  /** Since when it stands so, where that can be told. */
  since: Date | null
  /** For a person: what it means and, where it is not well, what to do. */
  sentence: string
}

/** What a day of the strip shows; where a day had several, the first of the list that it had. */
export const STRIP_RESULTS = [
  'held',
  'changed',
  'unchanged',
  /** Runs failed and none went well. */
  'failed',
  /** Nothing was tried although a read was due. */
  'late',
  /** No run, and none was due; or before the feed was added, or while it is off. */
  'none',
] as const
export type StripResult = (typeof STRIP_RESULTS)[number]

export interface StripDay {
  /** UTC day, `2026-11-22`. */
  day: string
  result: StripResult
}

/** Days that the strip shows, today included. */
export const STRIP_DAYS = 14
