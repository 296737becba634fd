// The live indicators of an org in memory: which of them cover an address. Columns instead of objects, because a million
// entries must cost tens of megabytes; what entries share (feed, category, …) is kept once.
import { formatIp, isPublicWords, parsePrefix, readIp, type IpVersion } from '@/lib/kernel/ip-address'
import type { Indicator } from '../model'
import { buildPrefixIndex, findNode, type PrefixIndex } from './prefix-index'

/** What an indicator says besides its id and range. Many entries of a feed share one. */
export type Opinion = Omit<Indicator, 'id' | 'range'>

export interface IntelIndex {
  /** Indicators in the index. */
  readonly size: number
  /** Every indicator whose range covers the address, by id. Nothing for private, reserved or malformed addresses. */
  match(ip: string): Indicator[]
}

/** Collects indicators one by one, then builds the index. */
export interface IntelIndexBuilder {
  /** Remembers an opinion and returns its number, to be named by many `add`s. */
  addOpinion(opinion: Opinion): number
  /** Adds one indicator; a malformed range is left out and gives false. */
  add(id: number, range: string, opinion: number): boolean
  build(): IntelIndex
}

const NONE: Indicator[] = []
const scratch = new Uint32Array(4)

/** Builds the index of the given indicators. */
export function buildIntelIndex(indicators: Iterable<Indicator>): IntelIndex {
  const builder = createIntelIndexBuilder()
  for (const { id, range, ...opinion } of indicators) builder.add(id, range, builder.addOpinion(opinion))
  return builder.build()
}

/** An empty builder. */
export function createIntelIndexBuilder(): IntelIndexBuilder {
  const opinions: Opinion[] = []
  const columns = { 4: createColumns(1), 6: createColumns(4) }
  return {
    addOpinion: (opinion) => opinions.push(opinion) - 1,
    add(id, range, opinion) {
      // A bare IPv4 address, the commonest entry, is read without making objects.
      if (readIp(range, scratch) === 4) {
        columns[4].push(id, scratch, 32, opinion)
        return true
      }
      const outcome = parsePrefix(range)
      if (outcome.status === 'invalid') return false
      columns[outcome.prefix.version].push(id, outcome.prefix.words, outcome.prefix.length, opinion)
      return true
    },
    build: () => createIndex({ 4: columns[4].build(), 6: columns[6].build() }, opinions),
  }
}

/** One IP version: the index, with ids and opinions in its order. */
interface Side {
  index: PrefixIndex
  ids: Float64Array
  opinions: Uint32Array
}

function createIndex(sides: Record<IpVersion, Side>, opinions: Opinion[]): IntelIndex {
  const words = new Uint32Array(4)
  return {
    size: sides[4].ids.length + sides[6].ids.length,
    match(ip) {
      const version = readIp(ip, words)
      if (version === 0) return NONE
      const side = sides[version]
      const deepest = findNode(side.index, words)
      if (deepest < 0 || !isPublicWords(version, words)) return NONE
      return collect(side, deepest, version, words, opinions)
    },
  }
}

/** The entries of a node and of all nodes around it. Hits are rare, so only here objects are made. */
function collect(
  side: Side,
  deepest: number,
  version: IpVersion,
  words: Uint32Array,
  opinions: Opinion[],
): Indicator[] {
  const found: Indicator[] = []
  const { runs, parents, lengths } = side.index
  for (let node = deepest; node >= 0; node = parents[node]!) {
    const range = rangeAround(version, words, lengths[node]!)
    for (let place = runs[node]!; place < runs[node + 1]!; place++) {
      found.push({ id: side.ids[place]!, range, ...opinions[side.opinions[place]!]! })
    }
  }
  return found.length === 1 ? found : found.sort((a, b) => a.id - b.id)
}

/** The range of a node is the address itself with the host bits cleared, so ranges need not be kept. */
function rangeAround(version: IpVersion, words: Uint32Array, length: number): string {
  const address = formatIp(version, words)
  if (length === (version === 4 ? 32 : 128)) return address
  const outcome = parsePrefix(`${address}/${length}`)
  return outcome.status === 'ok' ? outcome.prefix.text : address
}

/** Growing columns of one IP version. */
function createColumns(width: 1 | 4) {
  let capacity = 1024
  let count = 0
  let words = new Uint32Array(capacity * width)
  let lengths = new Uint8Array(capacity)
  let ids = new Float64Array(capacity)
  let opinions = new Uint32Array(capacity)
  const grow = (): void => {
    capacity *= 2
    words = enlarge(words, new Uint32Array(capacity * width))
    lengths = enlarge(lengths, new Uint8Array(capacity))
    ids = enlarge(ids, new Float64Array(capacity))
    opinions = enlarge(opinions, new Uint32Array(capacity))
  }
  return {
    push(id: number, start: ArrayLike<number>, length: number, opinion: number): void {
      if (count === capacity) grow()
      for (let word = 0; word < width; word++) words[count * width + word] = start[word]!
      lengths[count] = length
      ids[count] = id
      opinions[count] = opinion
      count++
    },
    build(): Side {
      const { order, index } = buildPrefixIndex({ width, count, words, lengths })
      return {
        index,
        ids: Float64Array.from(order, (entry) => ids[entry]!),
        opinions: Uint32Array.from(order, (entry) => opinions[entry]!),
      }
    },
  }
}

function enlarge<Column extends Uint8Array | Uint32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}
