// Cuts a stream of bytes into the exact texts of its events: elements of a JSON array (an API page, an export) or values of NDJSON.
// Brace- and string-aware, so no text is parsed twice and memory is bounded by the largest event, whatever the size of the input.
import type { RejectedEvent } from '../model'

/** Larger events are cut off here and go to quarantine. */
export const MAX_EVENT_BYTES = 1024 * 1024

/** One element of the input. `end` is the byte position behind it, counted from the first byte of the (decompressed) input. */
export type ScannedItem =
  { status: 'element'; raw: string; end: number } | { status: 'rejected'; rejected: RejectedEvent; end: number }

/**
 * Why an input cannot be (completely) used: `not_json` starts neither with an array nor with an object, `truncated` ends inside one.
 */
export type ScanProblem = 'not_json' | 'truncated'

/** What the input turned out to be: an array, values one after the other, or nothing but blanks. */
export type InputForm = 'array' | 'values' | 'empty'

export interface EventScanner {
  /** Takes the next bytes; returns the elements that are now complete, in order. Returns nothing once `problem()` is set. */
  push(chunk: Uint8Array): ScannedItem[]
  /** Takes the end of the input. A value without an end is still returned, so that it can go to quarantine. */
  finish(): { items: ScannedItem[]; form: InputForm; problem: ScanProblem | null }
  /** Set as soon as the input is known to be unusable; nothing further needs to be read then. */
  problem(): ScanProblem | null
}

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
/** Bytes inside an element that need a look; all others are passed at once. */
const SPECIAL = markBytes(LINE_FEED, QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE)
const SPECIAL_IN_SCALAR = markBytes(LINE_FEED, QUOTE, BACKSLASH, COMMA, CLOSE_BRACKET)
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/**
 * A scanner for one input.
 *
 * Where the first value of an NDJSON input ends on its own line, every later line feed ends a value, so a broken line costs only itself;
 * otherwise values may span lines. Arrays may follow each other. What stands between elements and is no JSON becomes an element
 * of its own, which the parser then rejects.
 *
 * @param options.skipTo elements that end at or before this position are passed over, to resume an earlier scan.
 */
export function createEventScanner(options: { skipTo?: number } = {}): EventScanner {
  return new Scanner(options.skipTo ?? 0)
}

class Scanner implements EventScanner {
  /** Position of the first byte of the present chunk. */
  private offset = 0
  private form: InputForm = 'empty'
  private failure: ScanProblem | null = null
  private isInArray = false
  /** Unknown until the first line feed of an input of values. */
  private isByLine: boolean | undefined

  private isInElement = false
  private isScalar = false
  private isInString = false
  private isEscaped = false
  private depth = 0
  /** Bytes of the present element in earlier chunks; only the first `MAX_EVENT_BYTES` are kept. */
  private pieces: Buffer[] = []
  private size = 0

  constructor(private readonly skipTo: number) {}

  problem(): ScanProblem | null {
    return this.failure
  }

  push(chunk: Uint8Array): ScannedItem[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const items: ScannedItem[] = []
    let at = 0
    while (at < bytes.length && this.failure === null) {
      at = this.isInElement ? this.scanElement(bytes, at, items) : this.scanBetween(bytes, at)
    }
    this.offset += bytes.length
    return items
  }

  finish(): { items: ScannedItem[]; form: InputForm; problem: ScanProblem | null } {
    const items: ScannedItem[] = []
    const isCutOff = this.isInElement && (!this.isScalar || this.isInString)
    if (this.isInElement) this.emit(Buffer.alloc(0), 0, 0, this.offset, items)
    if (this.failure === null && (isCutOff || this.isInArray)) this.failure = 'truncated'
    return { items, form: this.form, problem: this.failure }
  }

  /** Passes blanks and commas, enters and leaves arrays, finds the start of the next element. Returns where to go on. */
  private scanBetween(bytes: Buffer, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === SPACE || byte === CARRIAGE_RETURN || byte === TAB) continue
      if (byte === LINE_FEED) {
        if (this.form === 'values') this.isByLine ??= true
        continue
      }
      if (this.form === 'empty') {
        if (byte === BYTE_ORDER_MARK[this.offset + at]) continue
        if (byte !== OPEN_BRACKET && byte !== OPEN_BRACE) {
          this.failure = 'not_json'
          return at
        }
        this.form = byte === OPEN_BRACKET ? 'array' : 'values'
      }
      if (byte === COMMA) continue
      if (byte === CLOSE_BRACKET && this.isInArray) {
        this.isInArray = false
        continue
      }
      if (byte === OPEN_BRACKET && !this.isInArray) {
        this.isInArray = true
        continue
      }
      this.isInElement = true
      this.isScalar = byte !== OPEN_BRACE && byte !== OPEN_BRACKET
      this.isInString = this.isEscaped = false
      this.depth = 0
      return at
    }
    return bytes.length
  }

  /** Scans on in the present element to its end or the end of the chunk. Returns where to go on. */
  private scanElement(bytes: Buffer, from: number, items: ScannedItem[]): number {
    let { isInString, depth } = this
    const special = this.isScalar ? SPECIAL_IN_SCALAR : SPECIAL
    const { length } = bytes
    let at = from
    if (this.isEscaped && bytes[at] !== LINE_FEED) at++
    this.isEscaped = false
    for (; at < length; at++) {
      // Most bytes stand inside strings, where only three end the run: a loop of its own takes half the time of the table.
      if (isInString) {
        let inside = bytes[at]!
        while (inside !== QUOTE && inside !== BACKSLASH && inside !== LINE_FEED && ++at < length) inside = bytes[at]!
        if (at === length) break
      }
      const byte = bytes[at]!
      if (special[byte] === 0) continue
      if (byte === LINE_FEED) {
        if (!this.endsAtLineFeed(isInString)) continue
        this.emit(bytes, from, at, this.offset + at, items)
        return at
      }
      if (isInString) {
        if (byte === QUOTE) isInString = false
        else if (byte === BACKSLASH && at + 1 === bytes.length) this.isEscaped = true
        else if (byte === BACKSLASH && bytes[at + 1] !== LINE_FEED) at++
      } else if (byte === QUOTE) {
        isInString = true
      } else if (this.isScalar) {
        if (this.isInArray && (byte === COMMA || byte === CLOSE_BRACKET)) {
          this.emit(bytes, from, at, this.offset + at, items)
          return at
        }
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth++
      } else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) {
        this.emit(bytes, from, at + 1, this.offset + at + 1, items)
        return at + 1
      }
    }
    this.isInString = isInString
    this.depth = depth
    this.keep(bytes, from, bytes.length)
    return bytes.length
  }

  /** Whether a line feed here ends the present element. The first one inside a value decides how the input is read. */
  private endsAtLineFeed(isInString: boolean): boolean {
    if (this.isInArray) return this.isScalar && !isInString
    // No JSON string holds a line feed: the line is broken, and the input one value a line.
    this.isByLine ??= isInString || this.isScalar
    return this.isByLine || this.isScalar
  }

  private keep(bytes: Buffer, from: number, to: number): void {
    const room = MAX_EVENT_BYTES - this.size
    if (room > 0 && to > from) this.pieces.push(bytes.subarray(from, Math.min(to, from + room)))
    this.size += to - from
  }

  private emit(bytes: Buffer, from: number, to: number, end: number, items: ScannedItem[]): void {
    this.isInElement = false
    const size = this.size + to - from
    const isWhole = this.size === 0 && size <= MAX_EVENT_BYTES
    if (end > this.skipTo) {
      if (!isWhole) this.keep(bytes, from, to)
      const text = isWhole ? bytes.toString('utf8', from, to) : Buffer.concat(this.pieces).toString('utf8')
      items.push(
        size > MAX_EVENT_BYTES
          ? tooLarge(text, size, end)
          : { status: 'element', raw: this.isScalar ? text.trimEnd() : text, end },
      )
    }
    this.pieces = []
    this.size = 0
  }
}

function tooLarge(text: string, size: number, end: number): ScannedItem {
  const detail = `the event has ${size} bytes; the first ${MAX_EVENT_BYTES} are kept`
  return { status: 'rejected', rejected: { reason: 'too_large', detail, raw: text }, end }
}

function markBytes(...marked: number[]): Uint8Array {
  const marks = new Uint8Array(256)
  for (const byte of marked) marks[byte] = 1
  return marks
}
