import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeMmdb, type MmdbInput } from '../testing/write-mmdb'
import { openMmdb, type Mmdb } from './open-mmdb'

const RECORD = { autonomous_system_number: 64500, autonomous_system_organization: 'Example' }
const NETWORKS = [
  '192.0.2.0/24',
  '198.51.100.128/25',
  '198.51.100.7',
  '203.0.113.0/24',
  '2001:db8::/32',
  '2001:db8:1::1',
]

const write = (more: Partial<MmdbInput> = {}) =>
  writeMmdb({ type: 'Invented', networks: NETWORKS.map((range) => ({ range, record: { range } })), ...more })

function open(content: Uint8Array): Mmdb {
  const outcome = openMmdb(content)
  if (outcome.status === 'unusable') throw new Error(outcome.message)
  return outcome.database
}

const ranges = (content: Uint8Array) => [...open(content).networks()].map((network) => network?.range ?? null)

describe('openMmdb', () => {
  it.each([24, 28, 32] as const)('reads every network of a database with records of %i bits', (recordSize) => {
    const found = [...open(write({ recordSize })).networks()]
    // What a network inside another leaves over comes in pieces.
    expect(found.map((network) => (network!.record as { range: string }).range)).toEqual(
      expect.arrayContaining(NETWORKS),
    )
    for (const network of found.filter((one) => one!.range.startsWith('192.') || one!.range.startsWith('203.'))) {
      expect(network!.range).toBe((network!.record as { range: string }).range)
    }
  })

  it('gives every network once, whatever aliases of IPv4 hang in the tree', () => {
    const networks = ['192.0.2.0/24', '2001:db8::/32', '2003::/24'].map((range) => ({ range, record: RECORD }))
    const expected = ['192.0.2.0/24', '2001:db8::/32', '2003::/24']
    expect(ranges(writeMmdb({ type: 'Invented', networks }))).toEqual(expected)
    expect(ranges(writeMmdb({ type: 'Invented', networks, hasAliases: true }))).toEqual(expected)
  })

  it('reads both ends of each space', () => {
    const ends = ['0.0.0.0/8', '255.255.255.255', '2000::/16', '3fff:ffff::/32']
    const content = writeMmdb({ type: 'Invented', networks: ends.map((range) => ({ range, record: RECORD })) })
    expect(ranges(content)).toEqual(ends)
  })

  it('reads a database of IPv4 alone', () => {
    const content = writeMmdb({ type: 'Invented', ipVersion: 4, networks: [{ range: '192.0.2.0/24', record: RECORD }] })
    expect(ranges(content)).toEqual(['192.0.2.0/24'])
    expect(open(content).find('2001:db8::1')).toBeNull()
    expect(open(content).find('::ffff:192.0.2.9')).toEqual({ range: '192.0.2.0/24', record: RECORD })
  })

  it('gives a record for the whole space as it is', () => {
    const content = writeMmdb({ type: 'Invented', ipVersion: 4, networks: [{ range: '0.0.0.0/0', record: RECORD }] })
    expect(ranges(content)).toEqual(['0.0.0.0/1', '128.0.0.0/1'])
  })

  it('finds the network of an address', () => {
    const database = open(write({ hasAliases: true }))
    expect(database.find('192.0.2.77')).toEqual({ range: '192.0.2.0/24', record: { range: '192.0.2.0/24' } })
    expect(database.find('::ffff:192.0.2.77')!.range).toBe('192.0.2.0/24')
    expect(database.find('2001:db8:ffff::1')!.record).toEqual({ range: '2001:db8::/32' })
    expect(database.find('192.0.3.1')).toBeNull()
    expect(database.find('no address')).toBeNull()
  })

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('192.0.2.1\n')],
    ['zeros', new Uint8Array(100_000)],
    ['a mark without metadata', Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')],
    ['a file that is cut off', write().slice(0, -40)],
    ['a file whose begin is missing', write().slice(2000)],
  ])('cannot use %s', (_, content) => {
    expect(openMmdb(content)).toMatchObject({ status: 'unusable' })
  })

  it('ends on a tree that leads back into itself', () => {
    const content = writeMmdb({ type: 'Invented', ipVersion: 4, networks: [{ range: '192.0.2.0/24', record: RECORD }] })
    content.fill(0, 0, 24 * 6) // every branch leads to the first node
    expect(ranges(content)).toEqual([null])
  })

  it('ends on a record that points to itself', () => {
    const content = writeMmdb({ type: 'Invented', ipVersion: 4, networks: [{ range: '192.0.2.0/24', record: RECORD }] })
    const data = 24 * 6 + 16
    content.set([0b001_00_000, 0], data)
    expect(ranges(content)).toEqual([null])
    expect(open(content).find('192.0.2.1')).toBeNull()
  })

  it.each<[string, number[]]>([
    ['of arrays that claim sixteen million elements', [0b000_11111, 4, 0xff, 0xff, 0xff]],
    ['of maps that claim sixteen million pairs', [0b111_11111, 0xff, 0xff, 0xff]],
    ['of arrays of arrays', [0b000_00001, 4]],
    ['of pointers beyond the end', [0b001_11_000, 0xff, 0xff, 0xff, 0xff]],
  ])('ends on a record %s', (_, value) => {
    const record = { text: 'x'.repeat(280) }
    const content = writeMmdb({ type: 'Invented', ipVersion: 4, networks: [{ range: '192.0.2.0/24', record }] })
    for (let at = 0; at < 250; at += value.length) content.set(value, 24 * 6 + 16 + at)
    expect(ranges(content)).toEqual([null])
    expect(open(content).find('192.0.2.1')).toBeNull()
  })

  it('ends on metadata that claim too much', () => {
    const content = Buffer.concat([
      write(),
      Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'),
      Buffer.alloc(400, '\0\0'),
    ])
    const at = content.length - 400
    for (let offset = 0; offset < 400; offset += 5) content.set([0b000_11111, 4, 0xff, 0xff, 0xff], at + offset)
    expect(openMmdb(content)).toMatchObject({ status: 'unusable' })
  })

  it.each<[string, (place: number) => number[]]>([
    ['two bytes', (place) => [0b001_00_000 | (place >> 8), place & 255]],
    ['three bytes', (place) => [0b001_01_000, 0, place - 2048]],
    ['five bytes', (place) => [0b001_11_000, 0, 0, place >> 8, place & 255]],
  ])('reads a record through a pointer of %s', (bytesOf, pointer) => {
    const far = bytesOf === 'three bytes'
    const filler = Object.fromEntries(Array.from({ length: far ? 9 : 2 }, (_, index) => [`k${index}`, 'x'.repeat(225)]))
    const records = { '192.0.2.1': filler, '192.0.2.2': { text: 'found' }, '192.0.2.3': { text: 'replaced' } }
    const networks = Object.entries(records).map(([range, record]) => ({ range, record }))
    const content = Buffer.from(writeMmdb({ type: 'Invented', ipVersion: 4, networks }))
    const [found, replaced] = ['found', 'replaced'].map((text) => content.indexOf(text) - '.text.'.length - 1)
    const section = content.indexOf(Buffer.alloc(16)) + 16
    content.set(pointer(found! - section), replaced)
    expect(open(content).find('192.0.2.3')!.record).toEqual({ text: 'found' })
    expect(ranges(content)).toHaveLength(3)
  })

  it('ends whatever bytes are wrong', () => {
    const good = write()
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(damage, (changes) => {
        const content = good.slice()
        for (const [at, byte] of changes) content[at] = byte
        const outcome = openMmdb(content)
        if (outcome.status === 'unusable') return
        let count = 0
        for (const network of outcome.database.networks()) if (network !== null) count++
        expect(count).toBeLessThan(10_000)
      }),
    )
  })
})
