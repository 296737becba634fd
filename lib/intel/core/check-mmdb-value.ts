// Looks at a value in a database of MaxMind's format before it is decoded. The decoder makes room for as many elements as an array claims
// to have, so fifty wrong bytes would take all the memory there is.

/** Far more than any record of a network has. */
const MAX_VALUES = 10_000
const MAX_TEXT_BYTES = 2 ** 20
const MAX_DEPTH = 32
const [POINTER, MAP, ARRAY, BOOLEAN] = [1, 7, 11, 14]

interface Budget {
  bytes: Uint8Array
  section: number
  values: number
  textBytes: number
}

/**
 * Whether the value at a place is whole and of modest size, all that its pointers lead to included.
 *
 * @param section where the data section begins, from which pointers count
 */
export function isModestMmdbValue(bytes: Uint8Array, section: number, at: number): boolean {
  return skip({ bytes, section, values: MAX_VALUES, textBytes: MAX_TEXT_BYTES }, at, 0) !== null
}

/** The place behind a value, or null. */
function skip(budget: Budget, at: number, depth: number): number | null {
  const { bytes, section } = budget
  if (!(at < bytes.length) || depth > MAX_DEPTH || budget.values-- === 0) return null
  const control = bytes[at]!
  if (control >> 5 === POINTER) {
    const length = (control >> 3) & 3
    return skip(budget, section + readPointer(bytes, at, control), depth + 1) === null ? null : at + 2 + length
  }
  const isExtended = control >> 5 === 0
  const type = isExtended ? 7 + (bytes[at + 1] ?? 0) : control >> 5
  const [size, begin] = readSize(bytes, at + (isExtended ? 2 : 1), control & 31)
  if (type === BOOLEAN) return begin
  if (type === MAP || type === ARRAY) return skipAll(budget, begin, type === MAP ? 2 * size : size, depth)
  budget.textBytes -= size
  return budget.textBytes >= 0 && begin + size <= bytes.length ? begin + size : null
}

function skipAll(budget: Budget, begin: number, count: number, depth: number): number | null {
  if (!(count <= budget.values)) return null
  let at: number | null = begin
  for (let index = 0; index < count && at !== null; index++) at = skip(budget, at, depth + 1)
  return at
}

/** NaN beyond the end, which is no place. */
function readPointer(bytes: Uint8Array, at: number, control: number): number {
  const high = control & 7
  switch ((control >> 3) & 3) {
    case 0:
      return high * 256 + readUint(bytes, at + 1, 1)
    case 1:
      return 2048 + high * 2 ** 16 + readUint(bytes, at + 1, 2)
    case 2:
      return 526_336 + high * 2 ** 24 + readUint(bytes, at + 1, 3)
    default:
      return readUint(bytes, at + 1, 4)
  }
}

/** The size of a value and where its content begins. */
function readSize(bytes: Uint8Array, at: number, short: number): [size: number, begin: number] {
  if (short < 29) return [short, at]
  const length = short - 28
  const base = [29, 285, 65_821][length - 1]!
  return [base + readUint(bytes, at, length), at + length]
}

function readUint(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let index = 0; index < length; index++) value = value * 256 + (bytes[at + index] ?? NaN)
  return value
}
