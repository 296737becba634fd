// Cuts text that arrives in pieces into lines, in constant memory.

/** A line, or the mark that one was longer than allowed and its text dropped. */
export type Line = { number: number; text: string } | { number: number; text: null }

export interface LineSplitter {
  /** The lines that this piece completes. */
  push(piece: string): Line[]
  /** The last line, if the text did not end with a newline. */
  end(): Line[]
}

/** Longest line that is looked at unless a format needs more; a feed without newlines must not fill the memory. */
export const MAX_LINE_LENGTH = 4096

/** Splits at LF and CRLF; a byte order mark at the start is dropped. */
export function createLineSplitter(longestLine = MAX_LINE_LENGTH): LineSplitter {
  let rest = ''
  let isOverlong = false
  let number = 0

  const finish = (text: string): Line => {
    number++
    const isDropped = isOverlong || text.length > longestLine
    isOverlong = false
    if (isDropped) return { number, text: null }
    const start = number === 1 && text.charCodeAt(0) === 0xfeff ? 1 : 0
    return { number, text: text.slice(start, text.endsWith('\r') ? -1 : undefined) }
  }

  return {
    push(piece) {
      const lines: Line[] = []
      let from = 0
      for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', from)) {
        lines.push(finish(rest + piece.slice(from, at)))
        rest = ''
        from = at + 1
      }
      rest += piece.slice(from)
      if (rest.length > longestLine) {
        isOverlong = true
        rest = ''
      }
      return lines
    },
    end() {
      if (rest === '' && !isOverlong) return []
      const last = finish(rest)
      rest = ''
      return [last]
    },
  }
}
