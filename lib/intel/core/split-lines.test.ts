import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineSplitter, MAX_LINE_LENGTH, type Line } from './split-lines'

function split(...pieces: string[]): Line[] {
  const splitter = createLineSplitter()
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()]
}

describe('createLineSplitter', () => {
  it('numbers lines from one and takes LF, CRLF and a missing last newline', () => {
    expect(split('a\nb\r\n\nc')).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
      { number: 3, text: '' },
      { number: 4, text: 'c' },
    ])
  })

  it('drops a byte order mark', () => {
    expect(split('\ufeffa\n\ufeffb')).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: '\ufeffb' },
    ])
  })

  it('drops the text of a line that is too long, whole or in pieces, and goes on', () => {
    const long = 'x'.repeat(MAX_LINE_LENGTH + 1)
    const expected = [
      { number: 1, text: null },
      { number: 2, text: 'b' },
    ]
    expect(split(`${long}\nb`)).toEqual(expected)
    expect(split(long, long, 'y', '\nb')).toEqual(expected)
    expect(split(long)).toEqual([{ number: 1, text: null }])
  })

  it('does not depend on where the pieces were cut', () => {
    const text = fc
      .array(fc.constantFrom('a', 'bc', '\n', '\r\n', 'é'), { maxLength: 30 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.array(fc.nat(30)), (whole, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length]
        const pieces = places.slice(1).map((end, position) => whole.slice(places[position], end))
        expect(split(...pieces)).toEqual(split(whole))
      }),
    )
  })
})
