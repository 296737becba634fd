// The live indicators of an org in memory: which of them cover an address. An immutable base, marks on entries of it that were closed, and
// a small overlay of entries that came since; a change makes a new overlay and new marks, so whoever holds an index never sees half of it.
import { formatIp, isPublicWords, readIp } from '@/lib/kernel/ip-address'
import type { Indicator } from '../model'
import {
  addRange,
  buildPart,
  copyBuilder,
  copyPart,
  createEntryBuilder,
  SIDES,
  type EntryBuilder,
  type IndexPart,
  type SideName,
} from './index-part'
import { findExactNode, findNode } from './prefix-index'

/** What the index knows of feeds; read anew at each change. */
export type FeedStates = ReadonlyMap<string, { name: string; isEnabled: boolean }>

export interface IntelIndex {
  /** Indicators held, also those of feeds that are switched off, which never match. */
  readonly size: number
  /** Every indicator whose range covers the address, by id. Nothing for private, reserved or malformed addresses. */
  match(ip: string): readonly Indicator[]
  /** Every indicator that names the autonomous system, by id. */
  matchAs(asNumber: number): readonly Indicator[]
}

/** An index with what patching and compacting need. */
export interface PatchableIndex extends IntelIndex {
  readonly base: IndexPart
  readonly overlay: IndexPart
  readonly closed: ClosedMarks
  /** Whether the overlay has grown so large that `compactIndex` is due. */
  readonly isCompactionDue: boolean
}

/** Differences to the state an index was made of. */
export interface IndexPatch {
  added: EntryBuilder
  /** Ids and prefixes of entries closed since; those the index never held are passed over. Opinions are not looked at. */
  closed: EntryBuilder
  feeds: FeedStates
}

/** One bit for each place of the base. */
type ClosedMarks = Record<SideName, Uint8Array> & { count: number }

const NONE: readonly Indicator[] = []
/** Beyond this share of the base, or this many in a small one, look-ups would feel the overlay. */
const OVERLAY_SHARE = 0.005
const LEAST_OVERLAY = 50
/** Answers that are kept; the addresses of a day repeat themselves. */
const CACHED = 4096
const STEP = 1024

/** Builds the index of the given indicators, whose feeds are all switched on. */
export function buildIntelIndex(indicators: Iterable<Indicator>): IntelIndex {
  const builder = createEntryBuilder()
  const feeds = new Map<string, { name: string; isEnabled: boolean }>()
  for (const { id, range, feedName, ...opinion } of indicators) {
    feeds.set(opinion.feedId, { name: feedName, isEnabled: true })
    addRange(builder, id, range, builder.addOpinion(opinion))
  }
  return finish(buildIndexInSteps(builder, feeds))
}

/** Runs a build without a pause. */
export function finish<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Builds the index of the entries of a builder. Yields every few milliseconds. */
export function* buildIndexInSteps(entries: EntryBuilder, feeds: FeedStates): Generator<void, PatchableIndex, void> {
  const base = yield* buildPart(entries)
  const overlay = yield* buildPart(createEntryBuilder())
  return createIndex(base, overlay, noMarks(base), feeds)
}

/** The index after a patch. The one given stays as it is. Costs as much as the overlay and the patch are large. */
export function* patchIndex(index: PatchableIndex, patch: IndexPatch): Generator<void, PatchableIndex, void> {
  const { added, closed, feeds } = patch
  const marks: ClosedMarks = {
    v4: index.closed.v4.slice(),
    v6: index.closed.v6.slice(),
    system: index.closed.system.slice(),
    count: index.closed.count,
  }
  const gone = new Set<number>()
  yield* markClosed(index.base, closed, marks, gone)
  const entries = createEntryBuilder()
  yield* copyPart(index.overlay, entries, (_side, _place, id) => !gone.has(id))
  yield* copyBuilder(added, entries)
  return createIndex(index.base, yield* buildPart(entries), marks, feeds)
}

/** The same index with all entries in the base. */
export function* compactIndex(index: PatchableIndex, feeds: FeedStates): Generator<void, PatchableIndex, void> {
  const entries = createEntryBuilder(index.size)
  yield* copyPart(index.base, entries, (side, place) => !isMarked(index.closed[side], place))
  yield* copyPart(index.overlay, entries, () => true)
  return yield* buildIndexInSteps(entries, feeds)
}

/** Marks entries of the base by their prefix and id; ids that are not there go to `gone`. */
function* markClosed(
  base: IndexPart,
  closed: EntryBuilder,
  marks: ClosedMarks,
  gone: Set<number>,
): Generator<void, void, void> {
  for (const name of SIDES) {
    const { count, width, words, lengths, ids } = closed.sides[name]
    const side = base.sides[name]
    for (let entry = 0; entry < count; entry++) {
      if (entry % STEP === 0) yield
      const id = ids[entry]!
      const node = findExactNode(side.index, words.subarray(entry * width, (entry + 1) * width), lengths[entry]!)
      const place = node < 0 ? -1 : side.ids.subarray(side.index.runs[node]!, side.index.runs[node + 1]!).indexOf(id)
      if (place < 0) gone.add(id)
      else if (mark(marks[name], side.index.runs[node]! + place)) marks.count++
    }
  }
}

function noMarks({ sides }: IndexPart): ClosedMarks {
  const marks = (side: SideName) => new Uint8Array((sides[side].ids.length + 7) >> 3)
  return { v4: marks('v4'), v6: marks('v6'), system: marks('system'), count: 0 }
}

function isMarked(marks: Uint8Array, place: number): boolean {
  return (marks[place >> 3]! & (1 << (place & 7))) !== 0
}

/** False if it was marked before. */
function mark(marks: Uint8Array, place: number): boolean {
  if (isMarked(marks, place)) return false
  marks[place >> 3]! |= 1 << (place & 7)
  return true
}

function createIndex(base: IndexPart, overlay: IndexPart, closed: ClosedMarks, feeds: FeedStates): PatchableIndex {
  const words = new Uint32Array(4)
  const changes = overlay.size + overlay.opinions.count + closed.count
  const finders = { v4: finder('v4'), v6: finder('v6'), system: finder('system') }

  /** A side with its answers: all addresses with the same two nodes have the same, so it is kept for a while. */
  function finder(name: SideName) {
    const overlayIndex = overlay.sides[name].index
    return {
      name,
      base: base.sides[name].index,
      overlay: overlayIndex.lengths.length === 0 ? null : overlayIndex,
      answers: new Map<number, readonly Indicator[]>(),
    }
  }

  /** What covers the address in `words`. Most addresses are covered by nothing, so that comes first. */
  function find({ name, base: baseIndex, overlay: overlayIndex, answers }: ReturnType<typeof finder>) {
    const node = findNode(baseIndex, words)
    const extra = overlayIndex === null ? -1 : findNode(overlayIndex, words)
    if (node < 0 && extra < 0) return NONE
    const key = node + (extra + 1) * (baseIndex.lengths.length + 1)
    const known = answers.get(key)
    if (known !== undefined) return known
    const found: Indicator[] = []
    collect(base, name, node, closed[name], found)
    collect(overlay, name, extra, null, found)
    found.sort((a, b) => a.id - b.id)
    if (answers.size === CACHED) answers.clear()
    answers.set(key, found)
    return found
  }

  /** Adds the entries of a node and of all nodes around it. */
  function collect(part: IndexPart, name: SideName, deepest: number, marks: Uint8Array | null, found: Indicator[]) {
    const { index, ids, opinions } = part.sides[name]
    for (let node = deepest; node >= 0; node = index.parents[node]!) {
      for (let place = index.runs[node]!; place < index.runs[node + 1]!; place++) {
        if (marks !== null && isMarked(marks, place)) continue
        const feed = feeds.get(part.opinions.feedIdOf(opinions[place]!))
        if (!feed?.isEnabled) continue
        const opinion = part.opinions.get(opinions[place]!)
        found.push({ id: ids[place]!, range: rangeOf(part, name, node), feedName: feed.name, ...opinion })
      }
    }
  }

  return {
    base,
    overlay,
    closed,
    size: base.size - closed.count + overlay.size,
    isCompactionDue: changes > Math.max(LEAST_OVERLAY, OVERLAY_SHARE * base.size),
    match(ip) {
      const version = readIp(ip, words)
      if (version === 0) return NONE
      const found = find(version === 4 ? finders.v4 : finders.v6)
      return found.length === 0 || !isPublicWords(version, words) ? NONE : found
    },
    matchAs(asNumber) {
      words[0] = asNumber
      return find(finders.system)
    },
  }
}

/** Canonical text of a node, see `Indicator.range`. */
function rangeOf({ sides }: IndexPart, name: SideName, node: number): string {
  const { starts, lengths, width } = sides[name].index
  if (name === 'system') return `AS${starts[node]!}`
  const address = formatIp(name === 'v4' ? 4 : 6, starts.subarray(node * width, (node + 1) * width))
  return lengths[node] === width * 32 ? address : `${address}/${lengths[node]!}`
}
