// Look-ups in the index, in memory: against a plain Map of texts, against JSON.parse of the events whose addresses are asked for.
import { createEntryBuilder, type EntryBuilder } from '@/lib/intel/core/index-part'
import { buildIndexInSteps, finish, patchIndex, type PatchableIndex } from '@/lib/intel/core/intel-index'
import { matchEvent } from '@/lib/intel/core/match-event'
import { formatIp, readIp } from '@/lib/kernel/ip-address'
import { parseEvent } from '@/lib/okta/core/parse-event'
import { makeCompany } from '@/lib/simulator/core/company'
import { Random, seedOf } from '@/lib/simulator/core/random'
import { Timeline } from '@/lib/simulator/core/timeline'
import { dayOf } from '@/lib/simulator/core/time-zones'
import { writeEvent } from '@/lib/simulator/core/write-event'
import { printBar, timed, usedBytes } from './measure'

const FEEDS = new Map(Array.from({ length: 20 }, (_, n) => [`feed-${n}`, { name: `Feed ${n}`, isEnabled: true }]))
const LOOK_UPS = 400_000
const ADDRESSES = 50_000
const LISTED_SHARE = 0.05
const ZIPF = 1.1
/** Look-ups before it is the other's turn. */
const TURN = 20_000
const WARM_UP = 3
const ROUNDS = 15
const EVENTS = 5_000
const EPOCH = Date.UTC(2026, 10, 22)

/** Prints every bar that needs no database. */
export async function benchLookups(): Promise<void> {
  for (const [size, bar] of [
    [10_000, 1.3],
    [100_000, 1],
    [1_000_000, 1],
  ] as const) {
    const { index, texts } = await buildMeasured(size)
    await benchStream(`${size.toLocaleString('en')} prefixes`, index, texts, bar)
    await benchStream(`${size.toLocaleString('en')} prefixes, the overlay full`, patched(index, size), texts, bar)
    if (size === 1_000_000) await benchEvents(index)
  }
}

interface Listed {
  index: PatchableIndex
  /** First addresses of the entries. */
  texts: string[]
}

async function buildMeasured(size: number): Promise<Listed> {
  const name = `${size.toLocaleString('en')} prefixes`
  const seed = seedOf('prefixes', size)
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const entries = makeEntries(new Random(seed), size, null)
    times.push(await timed(() => finish(buildIndexInSteps(entries, FEEDS))))
  }
  printBar(`${name}: build`, times, 'ms', size === 1_000_000 ? 500 : null)
  const build = () => finish(buildIndexInSteps(makeEntries(new Random(seed), size, null), FEEDS))
  const kept = [build()] // the first leaves compiled code behind, which is no entry's
  const bytes: number[] = []
  for (let round = 0; round < 3; round++) {
    const before = usedBytes()
    kept.push(build())
    bytes.push((usedBytes() - before) / size)
  }
  printBar(`${name}: bytes an entry`, bytes, '', 40)
  const texts: string[] = []
  makeEntries(new Random(seed), size, texts)
  return { index: kept[0]!, texts }
}

/** Mixed as feeds are: one in five IPv6, one in five a /24 or shorter IPv6 prefix, one in ten with instants of its own. */
function makeEntries(random: Random, count: number, texts: string[] | null): EntryBuilder {
  const entries = createEntryBuilder(count)
  const words = new Uint32Array(4)
  const instant = new Date(EPOCH)
  const opinion = (n: number) => ({
    ...{ feedId: `feed-${n % 20}`, category: 'malicious' as const, intent: 'malicious' as const, confidence: 50 },
    ...{ source: null, validFrom: new Date(EPOCH - n * 1000), validTo: null, knownFrom: instant },
  })
  const shared = Array.from({ length: 20 }, (_, n) => entries.addOpinion(opinion(n)))
  for (let id = 1; id <= count; id++) {
    const isV6 = id % 5 === 0
    const isShort = id % 5 === 1 || id % 10 === 0
    const length = isV6 ? (isShort ? 48 : 64) : isShort ? 24 : 32
    fillPublic(random, words, isV6, length)
    const number = id % 10 === 3 ? entries.addOpinion(opinion(id)) : shared[id % 20]!
    entries.add(isV6 ? 'v6' : 'v4', id, words, length, number)
    texts?.push(formatIp(isV6 ? 6 : 4, words))
  }
  return entries
}

/** A random address in which the host bits are zero; IPv6 in one of 4,096 blocks, as allocations are. */
function fillPublic(random: Random, words: Uint32Array, isV6: boolean, length: number): void {
  if (isV6) {
    words[0] = 0x24000000 + random.between(0, 4095) * 0x10000
    words[1] = length > 48 ? random.next() : random.next() & 0xffff0000
    words[2] = 0
    words[3] = 0
    return
  }
  do words[0] = random.between(11 * 2 ** 24, 223 * 2 ** 24)
  while ([127, 169, 172, 192, 198].includes(words[0] >>> 24))
  if (length === 24) words[0] &= 0xffffff00
}

/** With an overlay as large as it gets before it is compacted. */
function patched(index: PatchableIndex, size: number): PatchableIndex {
  const random = new Random(seedOf('patch', size))
  return finish(
    patchIndex(index, { added: makeEntries(random, size / 250, null), closed: createEntryBuilder(), feeds: FEEDS }),
  )
}

async function benchStream(name: string, index: PatchableIndex, texts: readonly string[], bar: number): Promise<void> {
  const exact = new Map<string, number>(texts.map((text, id) => [text, id]))
  const json = JSON.stringify(skewedStream(texts))
  const ratios: number[] = []
  const costs: number[] = []
  let found = 0
  const askMap = (ips: readonly string[], from: number): void => {
    for (let at = from; at < from + TURN; at++) if (exact.get(ips[at]!) !== undefined) found++
  }
  const askIndex = (ips: readonly string[], from: number): void => {
    for (let at = from; at < from + TURN; at++) for (const { id } of index.match(ips[at]!)) found += id & 1
  }
  for (let round = 0; round < ROUNDS; round++) {
    // Parsed anew each time: a text that was looked up before carries its hash, which flatters the Map.
    const [forMap, forIndex] = [JSON.parse(json) as string[], JSON.parse(json) as string[]]
    let [mapMs, indexMs] = [0, 0]
    for (let from = 0; from < LOOK_UPS; from += TURN) {
      mapMs += await timed(() => askMap(forMap, from))
      indexMs += await timed(() => askIndex(forIndex, from))
    }
    if (round < WARM_UP) continue
    ratios.push(indexMs / mapMs)
    costs.push((indexMs * 1e6) / LOOK_UPS)
  }
  if (found === 0) throw new Error('The stream hits nothing: the benchmark is wrong.')
  printBar(`${name}: look-up to Map<string>`, ratios, '', bar)
  printBar(`${name}: look-up`, costs, 'ns', null)
}

/** Addresses as sign-ins bring them: few come often, one in twenty distinct ones is listed. */
function skewedStream(listed: readonly string[]): string[] {
  const random = new Random(seedOf('stream', listed.length))
  const words = new Uint32Array(4)
  const addresses = Array.from({ length: ADDRESSES }, () => {
    if (random.unit() < LISTED_SHARE) return listed[random.between(0, listed.length - 1)]!
    const isV6 = random.unit() < 0.1
    fillPublic(random, words, isV6, 64)
    if (isV6) words[3] = random.next()
    return formatIp(isV6 ? 6 : 4, words)
  })
  const weights = addresses.map((_, rank) => (rank + 1) ** -ZIPF)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  const edges = Float64Array.from(weights, (weight) => (sum += weight / total))
  return Array.from({ length: LOOK_UPS }, () => addresses[findEdge(edges, random.unit())]!)
}

function findEdge(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Every address of an event, against parsing its JSON. Some addresses of the simulated org are listed. */
async function benchEvents(index: PatchableIndex): Promise<void> {
  const timeline = new Timeline(makeCompany(1, 200), { epoch: EPOCH, historyDays: 20, isLive: false })
  const raws: string[] = []
  for (let day = dayOf(EPOCH) - 15; raws.length < EVENTS; day++) {
    for (const plan of timeline.publishedOn(day)) raws.push(JSON.stringify(writeEvent(plan)))
  }
  const listed = withListed(index, raws)
  const events = raws.flatMap((raw) => {
    const outcome = parseEvent(raw, new Date(EPOCH))
    return outcome.status === 'parsed' ? [outcome.parsed.event] : []
  })
  const ratios: number[] = []
  let matches = 0
  for (let round = 0; round < ROUNDS; round++) {
    const parseMs = await timed(() => raws.forEach((raw) => JSON.parse(raw) as unknown))
    const matchMs = await timed(() => events.forEach((event) => (matches += matchEvent(listed, event).length)))
    if (round >= WARM_UP) ratios.push(matchMs / events.length / (parseMs / raws.length))
  }
  if (matches === 0) throw new Error('No event matches: the benchmark is wrong.')
  printBar('every address of an event, 1,000,000 prefixes: to JSON.parse of it', ratios, '', 0.25)
}

/** The index with one in twenty addresses of the events listed besides. */
function withListed(index: PatchableIndex, raws: readonly string[]): PatchableIndex {
  const ips = [...new Set(raws.map((raw) => /"ipAddress":"([^"]+)"/.exec(raw)?.[1] ?? ''))].filter((ip) => ip !== '')
  const added = createEntryBuilder()
  const words = new Uint32Array(4)
  const opinion = added.addOpinion({
    ...{ feedId: 'feed-1', category: 'tor', intent: 'suspicious', confidence: 50, source: null },
    ...{ validFrom: new Date(EPOCH), validTo: null, knownFrom: new Date(EPOCH) },
  })
  ips.forEach((ip, position) => {
    const version = position % 20 === 0 ? readIp(ip, words) : 0
    if (version !== 0)
      added.add(version === 4 ? 'v4' : 'v6', 2_000_000 + position, words, version === 4 ? 32 : 128, opinion)
  })
  return finish(patchIndex(index, { added, closed: createEntryBuilder(), feeds: FEEDS }))
}
