// Chance that repeats itself: every stream of numbers is a function of its key alone, so any part of the org's history can be made
// again, in any order, after any restart.

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const HEX = '0123456789abcdef'

/** Two 32-bit halves that stand for a key; different keys give different halves for all practical purposes. */
export interface Seed {
  a: number
  b: number
}

/** Seed for a path of parts, e.g. `seedOf(1, 'person', 17, day)`. */
export function seedOf(...parts: (string | number)[]): Seed {
  const text = parts.join('\u0000')
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return { a: a >>> 0, b: b >>> 0 }
}

/** A stream of pseudo-random values (sfc32) from one seed. */
export class Random {
  private a: number
  private b: number
  private c: number
  private d = 1

  constructor(seed: Seed) {
    this.a = seed.a | 0
    this.b = seed.b | 0
    this.c = 0x9e3779b9 | 0
    for (let round = 0; round < 12; round++) this.next()
  }

  /** 0 to 2³² − 1. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + sum) | 0
    return sum >>> 0
  }

  /** 0 ≤ x < 1. */
  unit(): number {
    return this.next() / 4294967296
  }

  /** Whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.unit() * choices.length)]!
  }

  /** Different choices, at most `count`, in random order. */
  sample<T>(choices: readonly T[], count: number): T[] {
    const rest = [...choices]
    const taken: T[] = []
    while (taken.length < count && rest.length > 0) {
      taken.push(rest.splice(Math.floor(this.unit() * rest.length), 1)[0]!)
    }
    return taken
  }

  seed(): Seed {
    return { a: this.next(), b: this.next() }
  }

  hex(length: number): string {
    let text = ''
    while (text.length < length) {
      const word = this.next()
      for (let shift = 28; shift >= 0 && text.length < length; shift -= 4) text += HEX[(word >>> shift) & 15]
    }
    return text
  }

  /** An id as Okta writes them: the prefix, filled to `length` with letters and digits. */
  id(prefix: string, length = 20): string {
    let text = prefix
    while (text.length < length) {
      let word = this.next()
      for (let taken = 0; taken < 5 && text.length < length; taken++) {
        text += BASE62[word % 62]
        word = Math.floor(word / 62)
      }
    }
    return text
  }
}

/** A version 1 shaped UUID (as the System Log's are) that depends on the seed only. */
export function uuidOf(seed: Seed): string {
  const text = new Random(seed).hex(31)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-1${text.slice(12, 15)}-${'89ab'[seed.a & 3]}${text.slice(15, 18)}-${text.slice(18, 30)}`
}
