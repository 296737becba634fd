// Finds every listed prefix that covers an address. Distinct prefixes are nodes in the order of their first addresses; each knows the
// next wider one around it. The last node that starts at or before an address, or one around that node, is the deepest that covers it.
// A table over the first bits narrows the search, so that a look-up touches few cache lines even with a million prefixes.
import { invariant } from '@/lib/kernel/error'

/** Prefixes of one kind, in columns. Entry `n` has `width` words from `words[n * width]`; host bits must be zero. */
export interface PrefixColumns {
  /** Words of an address: 1 for IPv4 and numbers of autonomous systems, 4 for IPv6. */
  width: 1 | 4
  count: number
  words: Uint32Array
  lengths: Uint8Array
}

/** Nodes are distinct prefixes, by (start, length); several entries may share one. */
export interface PrefixIndex {
  width: 1 | 4
  /** First addresses of the nodes, `width` words each. */
  starts: Uint32Array
  lengths: Uint8Array
  /** Next wider prefix that covers the node, or -1. */
  parents: Int32Array
  /** The entries of node `n` are places `runs[n]` up to `runs[n + 1]` of the order that building returned. */
  runs: Uint32Array
  /** First node whose first word, shifted right by `shift`, is at least this; for 0 to the number of buckets. */
  buckets: Uint32Array
  shift: number
}

/** Work between two yields: a millisecond at most. */
const STEP = 16_384
const DIGITS = 65_536
/** Below this, comparing is cheaper than counting digits. */
const FEW = 2_048
const MASKS = Uint32Array.from({ length: 33 }, (_, length) => (length === 0 ? 0 : 0xffffffff << (32 - length)))

/**
 * Builds the index of a set of prefixes; nested, adjacent and duplicate ones are all kept. `order` has the entry numbers in
 * the order of nodes; it is handed out beside the index so that callers sort their own columns by it once. Yields every few
 * milliseconds, so that whoever runs it may let others have their turn.
 */
export function* buildPrefixIndex(
  columns: PrefixColumns,
): Generator<void, { index: PrefixIndex; order: Uint32Array }, void> {
  const order = yield* sortEntries(columns)
  const nodes = yield* sweep(columns, order)
  const bits = Math.min(16, Math.max(1, Math.ceil(Math.log2(nodes.lengths.length + 1))))
  const shift = 32 - bits
  const buckets = yield* fillBuckets(nodes.starts, columns.width, bits)
  return { order, index: { width: columns.width, ...nodes, buckets, shift } }
}

/** The deepest node that covers the address in `words`, or -1. */
export function findNode(index: PrefixIndex, words: Uint32Array): number {
  const { starts, lengths, parents, buckets, shift } = index
  const first = words[0]!
  const bucket = first >>> shift
  let low = buckets[bucket]! - 1
  let high = buckets[bucket + 1]! - 1
  if (index.width === 1) {
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= first) low = middle
      else high = middle - 1
    }
    while (low >= 0 && ((starts[low]! ^ first) & MASKS[lengths[low]!]!) !== 0) low = parents[low]!
    return low
  }
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (compareWords(starts, middle * 4, words, 0, 4) <= 0) low = middle
    else high = middle - 1
  }
  while (low >= 0 && !isInside(words, 0, starts, low * 4, lengths[low]!)) low = parents[low]!
  return low
}

/** The node of exactly this prefix, or -1. */
export function findExactNode(index: PrefixIndex, words: Uint32Array, length: number): number {
  let node = findNode(index, words)
  while (node >= 0 && index.lengths[node]! > length) node = index.parents[node]!
  return node >= 0 && index.lengths[node] === length ? node : -1
}

/** Entry numbers by (start, length), stable: for more than a few, a radix sort in digits of 16 bits, least significant first. */
function* sortEntries({ width, count, words, lengths }: PrefixColumns): Generator<void, Uint32Array, void> {
  let order = new Uint32Array(count)
  for (let from = 0; from < count; from += STEP, yield) {
    for (let entry = from; entry < Math.min(count, from + STEP); entry++) order[entry] = entry
  }
  if (count <= FEW) {
    return order.sort(
      (a, b) => compareWords(words, a * width, words, b * width, width) || lengths[a]! - lengths[b]! || a - b,
    )
  }
  let spare = new Uint32Array(count)
  const keys = new Uint16Array(count)
  const offsets = new Uint32Array(DIGITS + 1)
  for (let pass = 0; pass <= width * 2; pass++) {
    offsets.fill(0)
    const word = width - ((pass + 1) >> 1)
    const shift = pass % 2 === 1 ? 0 : 16
    for (let from = 0; from < count; from += STEP, yield) {
      const end = Math.min(count, from + STEP)
      for (let place = from; place < end; place++) {
        const entry = order[place]!
        const key = pass === 0 ? lengths[entry]! : (words[entry * width + word]! >>> shift) & 0xffff
        keys[place] = key
        offsets[key + 1]!++
      }
    }
    if (offsets[keys[0]! + 1] === count) continue // all alike, as the low words of short prefixes are
    for (let digit = 0; digit < DIGITS; digit++) offsets[digit + 1]! += offsets[digit]!
    for (let from = 0; from < count; from += STEP, yield) {
      const end = Math.min(count, from + STEP)
      for (let place = from; place < end; place++) spare[offsets[keys[place]!]!++] = order[place]!
    }
    ;[order, spare] = [spare, order]
  }
  return order
}

/** One walk over the sorted prefixes: makes nodes and links them to their parents. */
function* sweep(
  { width, count, words, lengths: entryLengths }: PrefixColumns,
  order: Uint32Array,
): Generator<void, Pick<PrefixIndex, 'starts' | 'lengths' | 'parents' | 'runs'>, void> {
  const starts = new Uint32Array(count * width)
  const lengths = new Uint8Array(count)
  const parents = new Int32Array(count)
  const runs = new Uint32Array(count + 1)
  let nodeCount = 0
  for (let from = 0; from < count; from += STEP, yield) {
    const end = Math.min(count, from + STEP)
    for (let place = from; place < end; place++) {
      const entry = order[place]!
      const length = entryLengths[entry]!
      const last = nodeCount - 1
      const isSame =
        last >= 0 && lengths[last] === length && compareWords(starts, last * width, words, entry * width, width) === 0
      if (isSame) continue
      // What covers this one also covers the node before it, or is that node.
      let parent = last
      while (parent >= 0 && !isInside(words, entry * width, starts, parent * width, lengths[parent]!)) {
        parent = parents[parent]!
      }
      for (let word = 0; word < width; word++) starts[nodeCount * width + word] = words[entry * width + word]!
      lengths[nodeCount] = length
      parents[nodeCount] = parent
      runs[nodeCount++] = place
    }
  }
  runs[nodeCount] = count
  const isFull = nodeCount === count
  return {
    starts: isFull ? starts : starts.slice(0, nodeCount * width),
    lengths: isFull ? lengths : lengths.slice(0, nodeCount),
    parents: isFull ? parents : parents.slice(0, nodeCount),
    runs: isFull ? runs : runs.slice(0, nodeCount + 1),
  }
}

function* fillBuckets(starts: Uint32Array, width: number, bits: number): Generator<void, Uint32Array, void> {
  const buckets = new Uint32Array(2 ** bits + 1)
  const count = starts.length / width
  const shift = 32 - bits
  let bucket = 0
  for (let from = 0; from < count; from += STEP, yield) {
    const end = Math.min(count, from + STEP)
    for (let node = from; node < end; node++) {
      const own = starts[node * width]! >>> shift
      while (bucket <= own) buckets[bucket++] = node
    }
  }
  invariant(bucket < buckets.length, 'the last bucket ends the table')
  buckets.fill(count, bucket)
  return buckets
}

function compareWords(a: Uint32Array, aOffset: number, b: Uint32Array, bOffset: number, width: number): number {
  for (let word = 0; word < width; word++) {
    const difference = a[aOffset + word]! - b[bOffset + word]!
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether the address at `offset` of `words` lies in the prefix that starts at `prefix` of `starts`. */
function isInside(words: Uint32Array, offset: number, starts: Uint32Array, prefix: number, length: number): boolean {
  for (let word = 0, left = length; left > 0; word++, left -= 32) {
    const mask = left >= 32 ? 0xffffffff : MASKS[left]!
    if (((words[offset + word]! ^ starts[prefix + word]!) & mask) !== 0) return false
  }
  return true
}
