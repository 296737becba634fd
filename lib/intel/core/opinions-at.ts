// The two clocks: which entries of a feed held at one instant, as far as was known at another.
//
// An entry is known from `knownFrom` on. While it is live (up to `knownTo`) we take it to end when the feed said so itself, or never.
// Once it is closed, we know that it ended then at the latest. What a feed says later about the same range replaces what it said
// before: a correction of the past is believed from the moment we learned it, and never before. All intervals are [from, to).

export interface ClockedEntry {
  range: string
  validFrom: Date
  validTo: Date | null
  knownFrom: Date
  knownTo: Date | null
  /** True where the feed stated `validTo` only after it had passed, when the entry was closed for it: before, no end was known. */
  isEndLate: boolean
}

export interface Instants {
  /** As of when the feed is asked. */
  validAt: Date
  /** What we knew by then. */
  knownAt: Date
}

/** Entries of ONE feed that hold at the instants, `validTo` as known then. `store/listing.ts` asks the same of PostgreSQL. */
export function opinionsAt<Entry extends ClockedEntry>(
  entries: readonly Entry[],
  { validAt, knownAt }: Instants,
): Entry[] {
  const known = entries.filter(({ knownFrom }) => knownFrom <= knownAt)
  const holding = known
    .map((entry) => ({ ...entry, validTo: endAsKnown(entry, knownAt) }))
    .filter(({ validFrom, validTo }) => validFrom <= validAt && (validTo === null || validTo > validAt))
  return holding.filter(
    ({ range, knownTo }) =>
      !(
        knownTo !== null &&
        knownTo <= knownAt &&
        holding.some((other) => other.range === range && other.knownFrom >= knownTo)
      ),
  )
}

/** When the entry ends, as far as that was known; null while no end was. */
export function endAsKnown({ validTo, knownTo, isEndLate }: ClockedEntry, knownAt: Date): Date | null {
  if (knownTo === null) return validTo
  if (knownTo <= knownAt) return validTo === null || validTo > knownTo ? knownTo : validTo
  // Closing writes its own instant, or an end just learned: before, neither was known.
  return validTo !== null && validTo < knownTo && !isEndLate ? validTo : null
}
