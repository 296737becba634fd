// Reads STIX 2.1 patterns as far as they are about addresses. A range comes out only if one observation of an address inside it
// makes the whole pattern true: a pattern that also demands a port or a second observation would flag innocent traffic.
//
// How: every part yields the ranges that are sufficient for it. OR joins them; AND inside one observation intersects them; AND and
// FOLLOWEDBY between observations yield none, because each side needs an observation of its own. What is not understood yields
// none either. The language has no negation of groups, so leaving something out can only make the result smaller, never wrong.
import { parsePrefix } from '@/lib/kernel/ip-address'
import type { RejectReason } from '../model'
import { parseAddress } from './parse-address'

/** A part of a pattern that is about addresses and cannot be used. */
export interface LostPart {
  reason: RejectReason
  text: string
}

export interface PatternOutcome {
  /** Ranges of which each address alone makes the pattern true. */
  ranges: string[]
  /** Empty also for a pattern that is about something else, e.g. a file hash. */
  lost: LostPart[]
}

/** A million characters hold some 25,000 addresses. */
const MAX_LENGTH = 1_048_576
const MAX_DEPTH = 100
/** Comparisons of two ranges that one pattern may cost. */
const MAX_INTERSECTIONS = 100_000

const NOTHING: readonly string[] = []
const ADDRESS_PATH = /^ipv[46]-addr:(?:value|'value')$/
/** The address at an end of a connection: of which, a sign-in does not say, e.g. `network-traffic:dst_ref.value`. */
const REFERENCE_PATH = /_refs?(?:\[(?:\d+|\*)\])?\.value$/
/** Blanks and comments, then one token; names and object paths are one kind. STIX 2.1, section 9 and its ANTLR grammar. */
const TOKEN =
  /(?:\s|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\/[^\n]*)*(?:([[\](),])|([bht]?'(?:[^'\\]|\\.)*')|(==?|!=|<>|<=?|>=?)|([A-Za-z_][\w-]*(?::(?:[\w.-]|\[(?:\d+|\*)\]|'(?:[^'\\]|\\.)*')+)?|[+-]?[\d.]+)|$)/y

/** Reads one pattern. Never fails: what cannot be used is named in `lost`. */
export function readStixPattern(pattern: string): PatternOutcome {
  if (pattern.length > MAX_LENGTH) return { ranges: [], lost: [{ reason: 'too_long', text: pattern }] }
  const parser = new PatternParser(pattern)
  const ranges = parser.parse()
  const isMisread = ranges === null || parser.isRefused
  const unsupported: LostPart = { reason: 'unsupported_pattern', text: pattern }
  // A pattern that breaks off may have demanded more, so nothing of it is taken.
  if (isMisread) return { ranges: [], lost: [unsupported] }
  const lost = parser.isNarrowed ? [...parser.lost, unsupported] : parser.lost
  return { ranges: [...new Set(ranges)], lost }
}

class PatternParser {
  readonly lost: LostPart[] = []
  /** The text is no pattern, or is nested too deeply. */
  isRefused = false
  /** Addresses were left out because they alone are not sufficient. */
  isNarrowed = false
  private token = ''
  private position = 0
  private depth = 0
  private intersections = 0

  constructor(private readonly text: string) {
    this.next()
  }

  /** null if something follows the pattern. */
  parse(): readonly string[] | null {
    const ranges = this.followedBy()
    return this.token === '' && this.position === this.text.length ? ranges : null
  }

  private next(): void {
    TOKEN.lastIndex = this.position
    const match = TOKEN.exec(this.text)
    if (match) this.position = TOKEN.lastIndex
    this.token = match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4] ?? ''
  }

  private takes(token: string): boolean {
    if (this.isRefused || this.token !== token) return false
    this.next()
    return true
  }

  private expects(token: string): void {
    if (!this.takes(token)) this.isRefused = true
  }

  private followedBy(): readonly string[] {
    return this.alone('FOLLOWEDBY', () => this.union(() => this.alone('AND', () => this.observation())))
  }

  /** Sides that each need an observation of their own: no single address is sufficient for more than one. */
  private alone(operator: string, side: () => readonly string[]): readonly string[] {
    const first = side()
    if (this.token !== operator) return first
    let isAboutAddresses = first.length > 0
    while (this.takes(operator)) isAboutAddresses = side().length > 0 || isAboutAddresses
    if (isAboutAddresses) this.isNarrowed = true
    return NOTHING
  }

  private union(side: () => readonly string[]): readonly string[] {
    const first = side()
    if (this.token !== 'OR') return first
    const ranges = [...first]
    while (this.takes('OR')) for (const range of side()) ranges.push(range)
    return ranges
  }

  private observation(): readonly string[] {
    let ranges = NOTHING
    if (this.takes('[')) {
      ranges = this.comparisons()
      this.expects(']')
    } else ranges = this.group(() => this.followedBy())
    return this.qualified(ranges)
  }

  private group(inside: () => readonly string[]): readonly string[] {
    this.expects('(')
    if (++this.depth > MAX_DEPTH) this.isRefused = true
    const ranges = this.isRefused ? NOTHING : inside()
    this.depth--
    this.expects(')')
    return ranges
  }

  /** WITHIN holds for a single observation; REPEATS beyond once, and a time window, demand more than an address. */
  private qualified(ranges: readonly string[]): readonly string[] {
    let isSufficient = true
    for (;;) {
      if (this.takes('WITHIN')) {
        this.next()
        this.expects('SECONDS')
      } else if (this.takes('REPEATS')) {
        if (Number(this.token) !== 1) isSufficient = false
        this.next()
        this.expects('TIMES')
      } else if (this.takes('START')) {
        isSufficient = false
        this.next()
        this.expects('STOP')
        this.next()
      } else break
    }
    if (isSufficient) return ranges
    if (ranges.length > 0) this.isNarrowed = true
    return NOTHING
  }

  private comparisons(): readonly string[] {
    return this.union(() => this.intersection())
  }

  private intersection(): readonly string[] {
    let ranges = this.comparison()
    while (this.takes('AND')) {
      const other = this.comparison()
      const both = this.intersect(ranges, other)
      if (both.length === 0 && ranges.length + other.length > 0) this.isNarrowed = true
      ranges = both
    }
    return ranges
  }

  private intersect(left: readonly string[], right: readonly string[]): readonly string[] {
    this.intersections += left.length * right.length
    if (this.intersections > MAX_INTERSECTIONS) return NOTHING
    const both: string[] = []
    for (const a of left) {
      for (const b of right) {
        if (isInside(a, b)) both.push(a)
        else if (isInside(b, a)) both.push(b)
      }
    }
    return both
  }

  private comparison(): readonly string[] {
    if (this.token === '(') return this.group(() => this.comparisons())
    const isExistence = this.takes('EXISTS')
    const path = this.token
    if (!/^[A-Za-z_]/.test(path) || !path.includes(':')) this.isRefused = true
    this.next()
    if (isExistence || this.isRefused) return NOTHING
    const isNegated = this.takes('NOT')
    const operator = this.token
    this.next()
    const values = operator === 'IN' ? this.set() : [this.value()]
    if (this.isRefused) return NOTHING
    if (!ADDRESS_PATH.test(path)) {
      const isAddress = REFERENCE_PATH.test(path) && values.some((value) => parseAddress(value).status === 'ok')
      if (isAddress) this.lost.push({ reason: 'unsupported_pattern', text: `${path} ${operator}` })
      return NOTHING
    }
    if (!isNegated && ['=', '==', 'IN', 'ISSUBSET'].includes(operator)) return this.addresses(values)
    this.lost.push({ reason: 'unsupported_pattern', text: `${path} ${isNegated ? 'NOT ' : ''}${operator}` })
    return NOTHING
  }

  private set(): string[] {
    const values: string[] = []
    this.expects('(')
    if (this.takes(')')) return values
    do values.push(this.value())
    while (this.takes(','))
    this.expects(')')
    return values
  }

  /** Text without quotes and escapes, anything else as it stands. */
  private value(): string {
    const { token } = this
    if (token === '' || /^[[\](),]$/.test(token)) this.isRefused = true
    this.next()
    return token.startsWith("'") ? token.slice(1, -1).replace(/\\(.)/gs, '$1') : token
  }

  private addresses(values: readonly string[]): readonly string[] {
    const ranges: string[] = []
    for (const value of values) {
      const outcome = parseAddress(value)
      if (outcome.status === 'ok') ranges.push(outcome.range)
      else this.lost.push({ reason: outcome.reason, text: value })
    }
    return ranges
  }
}

/** Whether every address of one canonical range belongs to the other. */
function isInside(inner: string, outer: string): boolean {
  const [address, length] = inner.split('/')
  const [, outerLength] = outer.split('/')
  if (outerLength === undefined) return inner === outer
  if (length !== undefined && Number(length) < Number(outerLength)) return false
  const widened = parsePrefix(`${address}/${outerLength}`)
  return widened.status === 'ok' && widened.prefix.text === outer
}
