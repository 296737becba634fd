// One immutable part of the index: entries by the prefix they name, with their ids and opinions. Three sides, because IPv4, IPv6 and
// numbers of autonomous systems do not compare.
import { parsePrefix } from '@/lib/kernel/ip-address'
import { createOpinionTable, enlarge, type Opinion, type OpinionTable } from './opinion-table'
import { buildPrefixIndex, type PrefixIndex } from './prefix-index'

export const SIDES = ['v4', 'v6', 'system'] as const
export type SideName = (typeof SIDES)[number]

/** Entries of one kind: the index, with ids and opinions in its order. */
export interface Side {
  index: PrefixIndex
  ids: Float64Array
  opinions: Uint32Array
}

export interface IndexPart {
  sides: Record<SideName, Side>
  opinions: OpinionTable
  size: number
}

/** Growing columns of one kind, in the order they came. */
export interface EntryColumns {
  readonly width: 1 | 4
  count: number
  words: Uint32Array
  lengths: Uint8Array
  ids: Float64Array
  opinions: Uint32Array
}

/** Entries on their way into a part. */
export interface EntryBuilder {
  readonly sides: Record<SideName, EntryColumns>
  readonly opinions: OpinionTable
  /** Remembers an opinion and returns its number, to be named by many `add`s. */
  addOpinion(opinion: Opinion): number
  /** Adds one entry; words are those of `readIp`, or the number of an autonomous system with length 32. */
  add(side: SideName, id: number, words: ArrayLike<number>, length: number, opinion: number): void
}

const STEP = 16_384

/**
 * An empty builder.
 *
 * @param expected about how many entries of one kind will come: with room for them, columns need not be copied while they grow
 */
export function createEntryBuilder(expected = 0): EntryBuilder {
  const sides = { v4: createColumns(1, expected), v6: createColumns(4, expected), system: createColumns(1, 0) }
  const opinions = createOpinionTable()
  return {
    sides,
    opinions,
    addOpinion: (opinion) => opinions.add(opinion),
    add: (side, id, words, length, opinion) => push(sides[side], id, words, 0, length, opinion),
  }
}

/** Adds an entry from its text, `192.0.2.0/24` or `AS64500`; false if it is neither. */
export function addRange(to: EntryBuilder, id: number, range: string, opinion: number): boolean {
  if (/^AS\d{1,10}$/.test(range)) {
    to.add('system', id, [Number(range.slice(2))], 32, opinion)
    return true
  }
  const outcome = parsePrefix(range)
  if (outcome.status === 'invalid') return false
  const { version, words, length } = outcome.prefix
  to.add(version === 4 ? 'v4' : 'v6', id, words, length, opinion)
  return true
}

/** Sorts the entries of a builder into a part. Yields every few milliseconds. */
export function* buildPart(builder: EntryBuilder): Generator<void, IndexPart, void> {
  const sides = {
    v4: yield* buildSide(builder.sides.v4),
    v6: yield* buildSide(builder.sides.v6),
    system: yield* buildSide(builder.sides.system),
  }
  const size = SIDES.reduce((sum, side) => sum + sides[side].ids.length, 0)
  return { sides, opinions: builder.opinions, size }
}

function* buildSide(columns: EntryColumns): Generator<void, Side, void> {
  const { order, index } = yield* buildPrefixIndex(columns)
  const ids = new Float64Array(columns.count)
  const opinions = new Uint32Array(columns.count)
  for (let from = 0; from < order.length; from += STEP, yield) {
    const end = Math.min(order.length, from + STEP)
    for (let place = from; place < end; place++) {
      ids[place] = columns.ids[order[place]!]!
      opinions[place] = columns.opinions[order[place]!]!
    }
  }
  return { index, ids, opinions }
}

/** Copies entries of a part into a builder, those for which `isKept` says so. */
export function* copyPart(
  part: IndexPart,
  to: EntryBuilder,
  isKept: (side: SideName, place: number, id: number) => boolean,
): Generator<void, void, void> {
  const numbers = translateOpinions(part.opinions, to)
  for (const name of SIDES) {
    const { index, ids, opinions } = part.sides[name]
    let node = 0
    for (let from = 0; from < ids.length; from += STEP, yield) {
      const end = Math.min(ids.length, from + STEP)
      for (let place = from; place < end; place++) {
        while (index.runs[node + 1]! <= place) node++
        const id = ids[place]!
        if (!isKept(name, place, id)) continue
        push(to.sides[name], id, index.starts, node * index.width, index.lengths[node]!, numbers(opinions[place]!))
      }
    }
  }
}

/** Copies all entries of a builder into another. */
export function* copyBuilder(from: EntryBuilder, to: EntryBuilder): Generator<void, void, void> {
  const numbers = translateOpinions(from.opinions, to)
  for (const name of SIDES) {
    const { width, count, words, lengths, ids, opinions } = from.sides[name]
    for (let entry = 0; entry < count; entry++) {
      push(to.sides[name], ids[entry]!, words, entry * width, lengths[entry]!, numbers(opinions[entry]!))
      if (entry % STEP === 0) yield
    }
  }
}

/** Numbers of opinions of one table in another, so that only those still in use come along. */
function translateOpinions(from: OpinionTable, to: EntryBuilder): (number: number) => number {
  const numbers = new Int32Array(from.count).fill(-1)
  return (number) => {
    if (numbers[number] === -1) numbers[number] = to.addOpinion(from.get(number))
    return numbers[number]!
  }
}

function createColumns(width: 1 | 4, expected: number): EntryColumns {
  const capacity = Math.max(64, expected)
  return {
    width,
    count: 0,
    words: new Uint32Array(capacity * width),
    lengths: new Uint8Array(capacity),
    ids: new Float64Array(capacity),
    opinions: new Uint32Array(capacity),
  }
}

function push(
  to: EntryColumns,
  id: number,
  words: ArrayLike<number>,
  offset: number,
  length: number,
  opinion: number,
): void {
  const { width, count } = to
  if (count === to.lengths.length) grow(to)
  for (let word = 0; word < width; word++) to.words[count * width + word] = words[offset + word]!
  to.lengths[count] = length
  to.ids[count] = id
  to.opinions[count] = opinion
  to.count++
}

function grow(columns: EntryColumns): void {
  const capacity = columns.lengths.length * 2
  columns.words = enlarge(columns.words, new Uint32Array(capacity * columns.width))
  columns.lengths = enlarge(columns.lengths, new Uint8Array(capacity))
  columns.ids = enlarge(columns.ids, new Float64Array(capacity))
  columns.opinions = enlarge(columns.opinions, new Uint32Array(capacity))
}
