// Where a signal stands in a list, and which ones to read ahead. Pure.

/** Rows on each side that are read ahead. */
const REACH = 3

export interface Place {
  previousId: number | null
  nextId: number | null
  /** From 1; null when the signal is not in the loaded part of the list. */
  position: number | null
  /** The loaded part of the list. */
  ids: readonly number[]
}

export function placeOf(signalId: number, ids: readonly number[]): Place {
  const at = ids.indexOf(signalId)
  return {
    previousId: at > 0 ? (ids[at - 1] ?? null) : null,
    nextId: at >= 0 ? (ids[at + 1] ?? null) : null,
    position: at >= 0 ? at + 1 : null,
    ids,
  }
}

/** The rows around a signal, the nearest and the next ones first: +1, −1, +2, −2, +3, −3. */
export function aroundOf(signalId: number, ids: readonly number[]): number[] {
  const at = ids.indexOf(signalId)
  if (at < 0) return []
  const distances = Array.from({ length: REACH }, (_, index) => index + 1)
  return distances.flatMap((distance) => [ids[at + distance] ?? [], ids[at - distance] ?? []].flat())
}
