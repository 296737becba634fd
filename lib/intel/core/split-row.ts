// Cuts a row of separated values into cells.
import type { QuoteState } from './join-rows'

/** Those that rows are tried with. */
export const SEPARATORS = [',', ';', '\t'] as const

/** The separator that a row seems to have: the first of comma, semicolon and tab that occurs. */
export function guessSeparator(text: string): string {
  return SEPARATORS.find((candidate) => text.includes(candidate)) ?? ','
}

/**
 * The cells of a row, trimmed, quotes removed (RFC 4180, and blanks after separators). Runs of blanks are one separator.
 *
 * @returns null if a quote does not close.
 */
export function splitRow(text: string, separator: string): string[] | null {
  if (separator === ' ') text = text.trim().replace(/ +/g, ' ')
  if (!text.includes('"')) return text.split(separator).map((cell) => cell.trim())
  const cells: string[] = []
  let index = 0
  for (;;) {
    if (separator !== ' ') while (text[index] === ' ') index++
    if (text[index] === '"') {
      const end = closingQuote(text, index + 1)
      if (end === -1) return null
      cells.push(
        text
          .slice(index + 1, end)
          .replaceAll('""', '"')
          .trim(),
      )
      index = text.indexOf(separator, end)
    } else {
      const start = index
      index = text.indexOf(separator, start)
      cells.push(text.slice(start, index === -1 ? undefined : index).trim())
    }
    if (index === -1) return cells
    index++
  }
}

/** How the quotes of a row stand. Blanks as separators leave no cell to be quoted. */
export function quoteState(text: string, separator: string): QuoteState {
  if (separator === ' ' || !text.includes('"')) return 'whole'
  for (let index = 0; ; index++) {
    while (text[index] === ' ') index++
    if (text[index] === '"') {
      const end = closingQuote(text, index + 1)
      if (end === -1) return 'open'
      index = end + 1
      while (text[index] === ' ') index++
      if (index < text.length && text[index] !== separator) return 'broken'
    }
    index = text.indexOf(separator, index)
    if (index === -1) return 'whole'
  }
}

function closingQuote(text: string, start: number): number {
  for (let index = text.indexOf('"', start); index !== -1; index = text.indexOf('"', index)) {
    if (text[index + 1] !== '"') return index
    index += 2
  }
  return -1
}
