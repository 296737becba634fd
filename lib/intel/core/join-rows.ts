// Puts rows together whose quoted cells go over several lines. A quote that never closes costs its own line only.
import type { Line } from './split-lines'

/** How the quotes of a row stand: one is open at its end, or one closes in the middle of a cell. */
export type QuoteState = 'whole' | 'open' | 'broken'

export interface RowJoiner {
  /** The rows that this line completes, in order; line breaks inside cells have become blanks. */
  push(line: Line): Line[]
  /** What was waiting for a quote. */
  end(): Line[]
}

/** Lines that may wait for a quote. */
const MAX_LINES = 20

/** @param stateOf the quotes of a row, asked when all rows before have been read */
export function createRowJoiner(stateOf: (text: string) => QuoteState, longestRow: number): RowJoiner {
  let waiting: Line[] = []
  let row = ''

  const begin = (line: Line): Line[] => {
    if (line.text === null || stateOf(line.text) !== 'open') return [line]
    waiting = [line]
    row = line.text
    return []
  }
  const release = (): Line[] => {
    const lines = waiting
    waiting = []
    return lines
  }

  return {
    push(line) {
      if (waiting.length === 0) return begin(line)
      if (line.text === null || waiting.length >= MAX_LINES || row.length + line.text.length >= longestRow) {
        return [...release(), ...begin(line)]
      }
      const joined = `${row} ${line.text}`
      const state = stateOf(joined)
      if (state === 'broken') return [...release(), ...begin(line)]
      if (state === 'whole') return [{ number: release()[0]!.number, text: joined }]
      waiting.push(line)
      row = joined
      return []
    },
    end: release,
  }
}
