// Finds every listed prefix that covers an address. The address space is cut into elementary intervals; each points at the
// deepest prefix that covers it, which points at its parent. A 65,537-entry table over the first 16 bits narrows the search,
// so that a look-up touches few cache lines even with a million prefixes.
import { invariant } from '@/lib/kernel/error'

/** Prefixes of one IP version, in columns. Entry `n` has `width` words from `words[n * width]`; host bits must be zero. */
export interface PrefixColumns {
  /** Words of an address: 1 for IPv4, 4 for IPv6. */
  width: 1 | 4
  count: number
  words: Uint32Array
  lengths: Uint8Array
}

/** Nodes are distinct prefixes, by (start, length); several entries may share one. */
export interface PrefixIndex {
  width: 1 | 4
  /** The entries of node `n` are places `runs[n]` up to `runs[n + 1]` of the order that building returned. */
  runs: Uint32Array
  /** Next wider prefix that covers the node, or -1. */
  parents: Int32Array
  lengths: Uint8Array
  /** First addresses of the elementary intervals, ascending; the first is zero. */
  starts: Uint32Array
  /** Deepest node that covers the interval, or -1. */
  nodes: Int32Array
  /** Last interval that starts at or before `bucket << 16` (top 16 bits), for 0 to 65,536. */
  buckets: Uint32Array
}

const BUCKETS = 65_536

/**
 * Builds the index of a set of prefixes; nested, adjacent and duplicate ones are all kept. `order` has the entry numbers in
 * the order of nodes; it is handed out beside the index so that callers sort their own columns by it once.
 */
export function buildPrefixIndex(columns: PrefixColumns): { index: PrefixIndex; order: Uint32Array } {
  const order = sortEntries(columns)
  const cuts = sweep(columns, order)
  return { order, index: { width: columns.width, ...cuts, buckets: indexBuckets(cuts.starts, columns.width) } }
}

/** The deepest node that covers the address in `words`, or -1. */
export function findNode(index: PrefixIndex, words: Uint32Array): number {
  const { starts, buckets } = index
  const bucket = words[0]! >>> 16
  let low = buckets[bucket]!
  let high = buckets[bucket + 1]!
  if (index.width === 1) {
    const value = words[0]!
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (starts[middle]! <= value) low = middle
      else high = middle - 1
    }
  } else {
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (compareWords(starts, middle * 4, words, 0, 4) <= 0) low = middle
      else high = middle - 1
    }
  }
  return index.nodes[low]!
}

/** Entry numbers by (start, length), stable: a radix sort in digits of 16 bits, least significant first. */
function sortEntries({ width, count, words, lengths }: PrefixColumns): Uint32Array {
  let order = Uint32Array.from({ length: count }, (_, entry) => entry)
  let spare = new Uint32Array(count)
  const digits = new Uint32Array(BUCKETS + 1)
  const pass = (digitOf: (entry: number) => number): void => {
    digits.fill(0)
    for (let entry = 0; entry < count; entry++) digits[digitOf(entry) + 1]!++
    for (let digit = 0; digit < BUCKETS; digit++) digits[digit + 1]! += digits[digit]!
    for (let place = 0; place < count; place++) {
      const entry = order[place]!
      spare[digits[digitOf(entry)]!++] = entry
    }
    ;[order, spare] = [spare, order]
  }
  pass((entry) => lengths[entry]!)
  for (let word = width - 1; word >= 0; word--) {
    pass((entry) => words[entry * width + word]! & 0xffff)
    pass((entry) => words[entry * width + word]! >>> 16)
  }
  return order
}

/** One walk over the sorted prefixes: makes nodes, links them to their parents and cuts the intervals. */
function sweep({ width, count, words, lengths }: PrefixColumns, order: Uint32Array) {
  const runs = new Uint32Array(count + 1)
  const parents = new Int32Array(count)
  const nodeLengths = new Uint8Array(count)
  const starts = new Uint32Array((2 * count + 1) * width)
  const nodes = new Int32Array(2 * count + 1)
  const scratch = new Uint32Array(width)
  const open: number[] = [] // nodes around the present place, widest first
  let nodeCount = 0
  let intervalCount = 1
  nodes[0] = -1

  const cut = (source: Uint32Array, offset: number, node: number): void => {
    if (compareWords(starts, (intervalCount - 1) * width, source, offset, width) !== 0) {
      for (let word = 0; word < width; word++) starts[intervalCount * width + word] = source[offset + word]!
      intervalCount++
    }
    nodes[intervalCount - 1] = node
  }
  const startOf = (node: number): number => order[runs[node]!]! * width
  const close = (node: number): void => {
    if (nextAfter(words, startOf(node), nodeLengths[node]!, scratch)) cut(scratch, 0, parents[node]!)
  }

  for (let place = 0; place < count; place++) {
    const entry = order[place]!
    const last = nodeCount - 1
    const isSame =
      last >= 0 &&
      nodeLengths[last] === lengths[entry] &&
      compareWords(words, startOf(last), words, entry * width, width) === 0
    if (isSame) continue
    while (open.length > 0) {
      const top = open[open.length - 1]!
      if (isInside(words, entry * width, startOf(top), nodeLengths[top]!)) break
      close(top)
      open.pop()
    }
    runs[nodeCount] = place
    nodeLengths[nodeCount] = lengths[entry]!
    parents[nodeCount] = open.length > 0 ? open[open.length - 1]! : -1
    cut(words, entry * width, nodeCount)
    open.push(nodeCount++)
  }
  while (open.length > 0) close(open.pop()!)
  runs[nodeCount] = count
  invariant(intervalCount <= 2 * count + 1, 'a prefix cuts the address space at most twice')
  return {
    runs: runs.slice(0, nodeCount + 1),
    parents: parents.slice(0, nodeCount),
    lengths: nodeLengths.slice(0, nodeCount),
    starts: starts.slice(0, intervalCount * width),
    nodes: nodes.slice(0, intervalCount),
  }
}

function indexBuckets(starts: Uint32Array, width: number): Uint32Array {
  const buckets = new Uint32Array(BUCKETS + 1)
  const count = starts.length / width
  let interval = 0
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    // Equal first words with later words above zero start after the bucket does.
    while (interval + 1 < count && startsBy(starts, (interval + 1) * width, width, bucket * BUCKETS)) interval++
    buckets[bucket] = interval
  }
  buckets[BUCKETS] = count - 1
  return buckets
}

function startsBy(starts: Uint32Array, offset: number, width: number, first: number): boolean {
  if (starts[offset]! !== first) return starts[offset]! < first
  for (let word = 1; word < width; word++) if (starts[offset + word] !== 0) return false
  return true
}

function compareWords(a: Uint32Array, aOffset: number, b: Uint32Array, bOffset: number, width: number): number {
  for (let word = 0; word < width; word++) {
    const difference = a[aOffset + word]! - b[bOffset + word]!
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether the address at `offset` lies in the prefix that starts at `prefix`. */
function isInside(words: Uint32Array, offset: number, prefix: number, length: number): boolean {
  for (let word = 0, left = length; left > 0; word++, left -= 32) {
    const mask = left >= 32 ? 0xffffffff : 0xffffffff << (32 - left)
    if (((words[offset + word]! ^ words[prefix + word]!) & mask) !== 0) return false
  }
  return true
}

/** Writes the first address after a prefix; false if the prefix reaches the end of the address space. */
function nextAfter(words: Uint32Array, offset: number, length: number, next: Uint32Array): boolean {
  const width = next.length
  for (let word = 0; word < width; word++) next[word] = words[offset + word]!
  if (length === 0) return false
  let word = (length - 1) >>> 5
  let sum = next[word]! + 2 ** (31 - ((length - 1) & 31))
  while (sum > 0xffffffff) {
    next[word] = 0
    if (--word < 0) return false
    sum = next[word]! + 1
  }
  next[word] = sum
  return true
}
