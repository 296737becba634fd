// What a feed said about an address on one UTC day, as we knew it that day. Listed, checked, failed and never asked stay apart.

/** Closed list, worst to tell first in none of the cases: each is drawn with a form of its own. */
export const DAY_STATES = [
  'listed',
  /** Listed, but the feed had no good run that day while its cadence demanded one. */
  'listed_stale',
  /** The feed itself dates the listing to that day; we learned it later. */
  'told_later',
  /** Checked, not listed. */
  'not_listed',
  /** Only failures (or runs that wait for a person) that day: unknown. */
  'failed',
  /** Before the feed was read first, or nothing ran. */
  'not_fetched',
] as const
export type DayState = (typeof DAY_STATES)[number]
