// Writes small databases in MaxMind's format, version 2 (https://maxmind.github.io/MaxMind-DB/), so that tests need no real one.
import { parsePrefix } from '@/lib/kernel/ip-address'

type Value = string | number | boolean | { [key: string]: Value }

export interface MmdbInput {
  type: string
  ipVersion?: 4 | 6
  recordSize?: 24 | 28 | 32
  networks: Iterable<{ range: string; record: Value }>
  /** Lets Teredo, 6to4 and mapped addresses point to IPv4, as MaxMind's own writer does. */
  hasAliases?: boolean
}

/** A node, the place of a record in the data section, or nothing. */
type Branch = Node | number | null
interface Node {
  branches: [Branch, Branch]
  /** Position in the tree, set when it is written. */
  index: number
}

/** The bytes of a database. Networks inside others win, in any order; a number is written as uint32. */
export function writeMmdb({ type, ipVersion = 6, recordSize = 24, networks, hasAliases }: MmdbInput): Uint8Array {
  const data = new DataSection()
  const root = node()
  const ordered = [...networks].map(({ range, record }) => ({ path: pathOf(range, ipVersion), at: data.place(record) }))
  ordered.sort((a, b) => a.path.length - b.path.length)
  for (const { path, at } of ordered) insert(root, path, at)
  if (hasAliases) {
    const ipv4 = descend(root, '0'.repeat(96))
    for (const range of ['::ffff:0:0/96', '2001::/32', '2002::/16']) insert(root, aliasPath(range), ipv4)
  }
  const nodes = numberNodes(root)
  const tree = writeTree(nodes, recordSize)
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_795_336_800,
    database_type: type,
    description: { en: 'Invented' },
    ip_version: ipVersion,
    node_count: nodes.length,
    record_size: recordSize,
  })
  return Buffer.concat([
    tree,
    Buffer.alloc(16),
    data.bytes(),
    Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'),
    metadata,
  ])
}

function node(filled: Branch = null): Node {
  return { branches: [filled, filled], index: -1 }
}

function pathOf(range: string, ipVersion: 4 | 6): string {
  const outcome = parsePrefix(range)
  if (outcome.status === 'invalid') throw new Error(`no range: ${range}`)
  const { version, words, length } = outcome.prefix
  const bits = bitsOf(words).slice(0, length)
  return version === 4 && ipVersion === 6 ? '0'.repeat(96) + bits : bits
}

/** Mapped addresses are IPv4 to `parsePrefix`, but not to the tree. */
function aliasPath(range: string): string {
  return range === '::ffff:0:0/96' ? '0'.repeat(80) + '1'.repeat(16) : pathOf(range, 6)
}

function bitsOf(words: readonly number[]): string {
  return words.map((word) => word.toString(2).padStart(32, '0')).join('')
}

function descend(root: Node, path: string): Node {
  let current = root
  for (const bit of path) {
    const side = Number(bit) as 0 | 1
    const next = current.branches[side]
    // A network on the way is spread over both halves below.
    current = next !== null && typeof next === 'object' ? next : (current.branches[side] = node(next))
  }
  return current
}

function insert(root: Node, path: string, branch: Branch): void {
  if (path === '') root.branches = [branch, branch]
  else descend(root, path.slice(0, -1)).branches[Number(path.at(-1)) as 0 | 1] = branch
}

function numberNodes(root: Node): Node[] {
  const nodes = [root]
  root.index = 0
  for (const { branches } of nodes) {
    for (const branch of branches) {
      if (branch === null || typeof branch === 'number' || branch.index >= 0) continue
      branch.index = nodes.length
      nodes.push(branch)
    }
  }
  return nodes
}

function writeTree(nodes: readonly Node[], recordSize: 24 | 28 | 32): Buffer {
  const bytes = Buffer.alloc((nodes.length * recordSize) / 4)
  const value = (branch: Branch): number => {
    if (branch === null) return nodes.length
    return typeof branch === 'number' ? nodes.length + 16 + branch : branch.index
  }
  for (const [index, { branches }] of nodes.entries()) {
    const [left, right] = [value(branches[0]), value(branches[1])]
    const offset = (index * recordSize) / 4
    if (recordSize === 32) {
      bytes.writeUInt32BE(left, offset)
      bytes.writeUInt32BE(right, offset + 4)
      continue
    }
    bytes.writeUIntBE(left & 0xffffff, offset, 3)
    bytes.writeUIntBE(right & 0xffffff, offset + recordSize / 4 - 3, 3)
    if (recordSize === 28) bytes[offset + 3] = ((left >>> 24) << 4) | (right >>> 24)
  }
  return bytes
}

/** Records, equal ones once. */
class DataSection {
  private readonly places = new Map<string, number>()
  private readonly parts: Buffer[] = []
  private length = 0

  place(record: Value): number {
    const key = JSON.stringify(record)
    const known = this.places.get(key)
    if (known !== undefined) return known
    const place = this.length
    const part = encode(record)
    this.places.set(key, place)
    this.parts.push(part)
    this.length += part.length
    return place
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts)
  }
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'boolean') return control(14, value ? 1 : 0)
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([control(6, 4), bytes])
  }
  const pairs = Object.entries(value)
  return Buffer.concat([control(7, pairs.length), ...pairs.flatMap(([key, inner]) => [encode(key), encode(inner)])])
}

/** The byte or bytes that say type and size; sizes up to 284 are enough here. */
function control(type: number, size: number): Buffer {
  const head = [(type < 8 ? type << 5 : 0) | Math.min(size, 29)]
  if (type >= 8) head.push(type - 7)
  if (size >= 29) head.push(size - 29)
  return Buffer.from(head)
}
