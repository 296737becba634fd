// Any sequence of changes, applied as patches, gives what building anew gives, and what asking every entry in turn gives.
import fc from 'fast-check'
import net from 'node:net'
import { describe, expect, it } from 'vitest'
import { canonicalIp, isPublicIp, parsePrefix } from '@/lib/kernel/ip-address'
import type { Indicator } from '../model'
import { addRange, createEntryBuilder, type EntryBuilder } from './index-part'
import { buildIndexInSteps, compactIndex, finish, patchIndex, type FeedStates, type IntelIndex } from './intel-index'

const FEEDS = ['one', 'two', 'three'] as const
const AT = Date.UTC(2026, 10, 1)

type Stored = Omit<Indicator, 'feedName'>

/** What the database would hold. */
interface World {
  live: Map<number, Stored>
  feeds: Map<string, { name: string; isEnabled: boolean }>
}

type Change =
  | { kind: 'add'; ranges: string[]; feed: number }
  | { kind: 'close'; picks: number[] }
  | { kind: 'replace'; picks: number[] }
  | { kind: 'switch'; feed: number }
  | { kind: 'rename'; feed: number }
  | { kind: 'compact' }

// Few distinct bits, so that prefixes nest, touch and repeat.
const v4 = fc.tuple(
  fc.constantFrom(192, 193, 10),
  fc.constantFrom(0, 255),
  fc.constantFrom(2, 3),
  fc.constantFrom(0, 1, 7, 128, 255),
)
const v6 = fc.array(fc.constantFrom('0', '1', '8000', 'ffff'), { minLength: 6, maxLength: 6 })
const address = fc.oneof(
  v4.map((octets) => octets.join('.')),
  v4.map((octets) => `::ffff:${octets.join('.')}`),
  v6.map((groups) => ['2001', 'db8', ...groups].join(':')),
)
/** Host bits may be set; the entry is the prefix without them. */
const range = fc.oneof(
  fc.tuple(address, fc.nat(128)).map(([ip, bits]) => `${ip}/${ip.includes(':') ? bits : bits % 33}`),
  address,
  fc.constantFrom('AS64500', 'AS64501', 'AS4294967295'),
)
const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 6 })
const feed = fc.nat(FEEDS.length - 1)
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('add' as const), ranges: fc.array(range, { maxLength: 8 }), feed }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('close' as const), picks }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replace' as const), picks }) },
  fc.record({ kind: fc.constant('switch' as const), feed }),
  fc.record({ kind: fc.constant('rename' as const), feed }),
  fc.record({ kind: fc.constant('compact' as const) }),
)

function canonical(text: string): string {
  if (text.startsWith('AS')) return text
  const outcome = parsePrefix(text)
  if (outcome.status === 'invalid') throw new Error(text)
  return outcome.prefix.text
}

/** The ids a feed never named before rise, as those of the database do. */
function createEntries(first: number, ranges: readonly string[], feedId: string): Stored[] {
  return ranges.map((text, position) => ({
    id: first + position,
    feedId,
    range: canonical(text),
    category: 'malicious',
    intent: position % 2 === 0 ? 'malicious' : 'suspicious',
    confidence: (first + position) % 101,
    source: position % 3 === 0 ? null : `source ${position}`,
    validFrom: new Date(AT + first),
    validTo: position % 4 === 0 ? new Date(AT + 1_000_000) : null,
    knownFrom: new Date(AT + first + 1),
  }))
}

function fill(entries: Iterable<Stored>): EntryBuilder {
  const builder = createEntryBuilder()
  for (const { id, range: text, ...opinion } of entries) {
    expect(addRange(builder, id, text, builder.addOpinion(opinion))).toBe(true)
  }
  return builder
}

/** Changes the world and says what became different. */
function applyChange(world: World, step: Change, nextId: number): { added: Stored[]; closed: Stored[] } {
  const ids = [...world.live.keys()]
  const state = 'feed' in step ? world.feeds.get(FEEDS[step.feed]!)! : null
  if (step.kind === 'switch') world.feeds.set(FEEDS[step.feed]!, { ...state!, isEnabled: !state!.isEnabled })
  if (step.kind === 'rename') world.feeds.set(FEEDS[step.feed]!, { ...state!, name: `${state!.name}'` })
  const closed =
    'picks' in step && ids.length > 0
      ? [...new Set(step.picks.map((pick) => ids[pick % ids.length]!))].map((id) => world.live.get(id)!)
      : []
  for (const { id } of closed) world.live.delete(id)
  const added =
    step.kind === 'add'
      ? createEntries(nextId, step.ranges, FEEDS[step.feed]!)
      : step.kind === 'replace'
        ? closed.map((entry, position) => ({ ...entry, id: nextId + position, confidence: 100 }))
        : []
  for (const entry of added) world.live.set(entry.id, entry)
  return { added, closed }
}

/** The reference: asks every entry in turn. */
function scan({ live, feeds }: World, covers: (range: string) => boolean): Indicator[] {
  return [...live.values()]
    .filter(({ feedId, range: text }) => feeds.get(feedId)!.isEnabled && covers(text))
    .map((entry) => ({ ...entry, feedName: feeds.get(entry.feedId)!.name }))
    .sort((a, b) => a.id - b.id)
}

function coversAddress(text: string, ip: string): boolean {
  const version = net.isIPv4(ip) ? 'ipv4' : 'ipv6'
  const [start, length] = text.split('/')
  if (text.startsWith('AS') || (net.isIPv4(start!) ? 'ipv4' : 'ipv6') !== version) return false
  const block = new net.BlockList()
  block.addSubnet(start!, Number(length ?? (version === 'ipv4' ? 32 : 128)), version)
  return block.check(ip, version)
}

function expectLike(index: IntelIndex, world: World, addresses: readonly string[]): void {
  const anew = finish(buildIndexInSteps(fill(world.live.values()), copyFeeds(world)))
  expect(index.size).toBe(world.live.size)
  for (const ip of addresses) {
    const expected = scan(world, (text) => isPublicIp(ip) && coversAddress(text, canonicalIp(ip)!))
    expect(index.match(ip)).toEqual(expected)
    expect(anew.match(ip)).toEqual(expected)
  }
  for (const asNumber of [64500, 64501, 64502, 4294967295]) {
    const expected = scan(world, (text) => text === `AS${asNumber}`)
    expect(index.matchAs(asNumber)).toEqual(expected)
    expect(anew.matchAs(asNumber)).toEqual(expected)
  }
}

const copyFeeds = ({ feeds }: World): FeedStates => new Map(feeds)

function startWorld(): World {
  return { live: new Map(), feeds: new Map(FEEDS.map((name) => [name, { name, isEnabled: true }])) }
}

describe('patchIndex', () => {
  it('gives what building anew and a scan give, after any changes', () => {
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 30 }),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.array(address, { minLength: 4, maxLength: 8 }),
        (ranges, steps, addresses) => {
          const world = startWorld()
          for (const entry of createEntries(1, ranges, 'one')) world.live.set(entry.id, entry)
          let nextId = ranges.length + 1
          let index = finish(buildIndexInSteps(fill(world.live.values()), copyFeeds(world)))
          for (const step of steps) {
            const { added, closed } = applyChange(world, step, nextId)
            nextId += added.length
            const feeds = copyFeeds(world)
            index = finish(
              step.kind === 'compact'
                ? compactIndex(index, feeds)
                : patchIndex(index, { added: fill(added), closed: fill(closed), feeds }),
            )
            expectLike(index, world, addresses)
          }
        },
      ),
      { numRuns: 250 },
    )
  })

  it('sorts many entries as it sorts few', () => {
    const bits = Array.from({ length: 3_000 }, (_, n) => (n * 2_654_435_761) >>> 0)
    const ranges = bits.flatMap((value, n) => [
      `192.0.${value & 3}.${(value >>> 8) & 255}/${24 + (n % 9)}`,
      `2001:db8:${(value & 0xff).toString(16)}::/${33 + (n % 96)}`,
    ])
    const world = startWorld()
    for (const entry of createEntries(1, ranges, 'one')) world.live.set(entry.id, entry)
    const index = finish(buildIndexInSteps(fill(world.live.values()), copyFeeds(world)))
    expectLike(index, world, ['192.0.2.7', '192.0.3.255', '2001:db8:80::', '2001:db8:ff::1'])
  })

  it('leaves the index it was given as it is, also while the work is half done', () => {
    const world = startWorld()
    for (const entry of createEntries(1, ['192.0.2.0/24', '192.0.2.1'], 'one')) world.live.set(entry.id, entry)
    const before = finish(buildIndexInSteps(fill(world.live.values()), copyFeeds(world)))
    const answer = before.match('192.0.2.1')
    const [added] = [createEntries(3, ['192.0.2.0/31'], 'two')]
    const steps = patchIndex(before, { added: fill(added), closed: fill(world.live.values()), feeds: copyFeeds(world) })
    for (let step = steps.next(); ; step = steps.next()) {
      expect(before.match('192.0.2.1')).toBe(answer)
      if (!step.done) continue
      expect(step.value.match('192.0.2.1').map(({ id }) => id)).toEqual([3])
      expect(before.match('192.0.2.1').map(({ id }) => id)).toEqual([1, 2])
      break
    }
  })

  it('changes nothing when a patch is applied twice', () => {
    const [kept, gone] = createEntries(1, ['192.0.2.0/24', '192.0.2.1'], 'one')
    const feeds = copyFeeds(startWorld())
    const index = finish(buildIndexInSteps(fill([kept!, gone!]), feeds))
    const patch = { added: fill([]), closed: fill([gone!]), feeds }
    const twice = finish(patchIndex(finish(patchIndex(index, patch)), patch))
    expect(twice.size).toBe(1)
    expect(twice.match('192.0.2.1').map(({ id }) => id)).toEqual([1])
  })

  it('is due for compaction once a share has changed, and not after it', () => {
    const ranges = Array.from({ length: 10_001 }, (_, n) => `2001:db8:${n.toString(16)}::/48`)
    const feeds = copyFeeds(startWorld())
    const empty = finish(buildIndexInSteps(fill([]), feeds))
    const grown = finish(patchIndex(empty, { added: fill(createEntries(1, ranges, 'one')), closed: fill([]), feeds }))
    expect([empty, grown].map(({ isCompactionDue }) => isCompactionDue)).toEqual([false, true])
    const compact = finish(compactIndex(grown, feeds))
    expect([compact.isCompactionDue, compact.size]).toEqual([false, 10_001])
    expect(compact.match('2001:db8:2710::1')).toEqual(grown.match('2001:db8:2710::1'))
    expect(compact.match('2001:db8:2710::1')).toHaveLength(1)
  })

  it.each(['192.0.02.1', '192.0.2.1/024', '192.0.2.1/33', 'AS', 'AS64500/32', '::/129', ''])('refuses %j', (text) => {
    expect(addRange(createEntryBuilder(), 1, text, 0)).toBe(false)
  })
})
