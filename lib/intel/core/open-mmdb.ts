// Databases of networks in MaxMind's format (https://maxmind.github.io/MaxMind-DB/), read through `mmdb-lib`. Damaged ones never
// throw and never run without end: whatever the reader stumbles over comes back as an outcome.
import { Buffer } from 'node:buffer'
import { Reader, type Response } from 'mmdb-lib'
import { canonicalIp, formatIp, parsePrefix, readIp, type IpVersion } from '@/lib/kernel/ip-address'
import { isModestMmdbValue } from './check-mmdb-value'

export interface MmdbNetwork {
  /** Canonical; may be too wide or private, as the database has it. */
  range: string
  record: unknown
}

export interface Mmdb {
  /** What it calls itself, e.g. `GeoLite2-ASN`. */
  type: string
  /** The network that holds an address, or null if there is none or the database is damaged there. */
  find(ip: string): MmdbNetwork | null
  /**
   * Every network with a record, each once: IPv4, then the global unicast space of IPv6 without the copies of IPv4 that writers hang
   * into it (Teredo, 6to4). A last `null` says that the database is damaged, and that the networks before are not all.
   */
  networks(): Generator<MmdbNetwork | null>
}

export type MmdbOutcome = { status: 'open'; database: Mmdb } | { status: 'unusable'; message: string }

/** Decoded records that are kept, since thousands of networks share one. */
const MAX_CACHED = 50_000
const SEPARATOR_BYTES = 16
/** Stands before the metadata. */
const METADATA_MARK = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex')

const NO_DATABASE = 'The content is no database in MaxMind’s format, or it is cut off.'

/** Opens a database. Nothing but its metadata is checked; what else may be damaged shows while it is read. */
export function openMmdb(content: Uint8Array): MmdbOutcome {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  let reader: Reader<Response>
  try {
    if (!isModestMetadata(bytes)) return unusable(NO_DATABASE)
    reader = new Reader(bytes, { cache: createCache() })
  } catch {
    return unusable(NO_DATABASE)
  }
  const { ipVersion, nodeCount, searchTreeSize, databaseType, binaryFormatMajorVersion } = reader.metadata
  if (binaryFormatMajorVersion !== 2)
    return unusable('The database has a version of MaxMind’s format that is not understood.')
  const isWhole = nodeCount > 0 && searchTreeSize + SEPARATOR_BYTES < content.length
  if (!isWhole || ![4, 6].includes(ipVersion)) return unusable('The database is damaged or cut off.')
  return {
    status: 'open',
    database: {
      type: typeof databaseType === 'string' ? databaseType : 'of no type',
      find: (ip) => find(reader, content, ip),
      networks: () => networks(reader, content),
    },
  }
}

/** Wherever the reader finds them: it looks from the end. */
function isModestMetadata(bytes: Buffer): boolean {
  for (let mark = bytes.indexOf(METADATA_MARK); mark !== -1; mark = bytes.indexOf(METADATA_MARK, mark + 1)) {
    const at = mark + METADATA_MARK.length
    if (!isModestMmdbValue(bytes, at, at)) return false
  }
  return true
}

function find(reader: Reader<Response>, content: Uint8Array, ip: string): MmdbNetwork | null {
  const address = canonicalIp(ip)
  if (address === null || (reader.metadata.ipVersion === 4 && address.includes(':'))) return null
  try {
    const branch = createTree(reader.metadata, content).descend(pathOf(address, reader.metadata.ipVersion))
    if (branch <= reader.metadata.nodeCount || !isModestRecord(reader, content, branch)) return null
    const [record, length] = reader.getWithPrefixLength(address)
    return record === null ? null : { range: rangeOf(address, length), record }
  } catch {
    return null
  }
}

/** Bits from the root to an address. */
function pathOf(address: string, ipVersion: number): string {
  const words = new Uint32Array(4)
  const isIpv4 = readIp(address, words) === 4
  const bits = Array.from(isIpv4 ? words.subarray(0, 1) : words, (word) => word.toString(2).padStart(32, '0')).join('')
  return isIpv4 && ipVersion === 6 ? '0'.repeat(96) + bits : bits
}

function isModestRecord({ metadata }: Reader<Response>, content: Uint8Array, branch: number): boolean {
  const { searchTreeSize, nodeCount } = metadata
  return isModestMmdbValue(content, searchTreeSize + SEPARATOR_BYTES, searchTreeSize + branch - nodeCount)
}

function* networks(reader: Reader<Response>, content: Uint8Array): Generator<MmdbNetwork | null> {
  const tree = createTree(reader.metadata, content)
  const recordAt = createRecordReader(reader, content)
  // A tree has as many branches as nodes, and some writers let branches share nodes. One with a loop has branches without end.
  const budget = { nodes: 1024 + 4 * reader.metadata.nodeCount }
  const isIpv4 = reader.metadata.ipVersion === 4
  try {
    const isWhole =
      (yield* walk(tree, isIpv4 ? IPV4 : IPV4_IN_IPV6, recordAt, budget)) &&
      (isIpv4 || (yield* walk(tree, IPV6, recordAt, budget)))
    if (!isWhole) yield null
  } catch {
    yield null // the reader stumbles over a record
  }
}

/** A part of the tree: where it hangs, and which addresses it holds. */
interface Space {
  version: IpVersion
  /** Bits from the root to the node where it begins. */
  path: string
  /** Length of its own first prefix. */
  length: number
  firstWord: number
  isAlias(words: Uint32Array, length: number): boolean
}

const IPV4: Space = { version: 4, path: '', length: 0, firstWord: 0, isAlias: () => false }
const IPV4_IN_IPV6: Space = { ...IPV4, path: '0'.repeat(96) }
const IPV6: Space = { version: 6, path: '001', length: 3, firstWord: 0x20000000, isAlias: isIpv4Alias }

/** Whether IPv6 repeats IPv4 here: Teredo 2001::/32, 6to4 2002::/16. */
function isIpv4Alias(words: Uint32Array, length: number): boolean {
  return (length === 16 && words[0] === 0x20020000) || (length === 32 && words[0] === 0x20010000)
}

/**
 * Goes through a part of the tree, depth first. On its own, because the reader answers for single addresses only, and most of a
 * million networks lie apart: asking for one after the other takes thirty times as long. False where the tree is damaged.
 */
function* walk(
  tree: Tree,
  space: Space,
  recordAt: (pointer: number, address: string) => unknown,
  budget: { nodes: number },
): Generator<MmdbNetwork, boolean> {
  const { version, isAlias } = space
  const longest = version === 4 ? 32 : 128
  const words = Uint32Array.of(space.firstWord, 0, 0, 0)
  const branches = [tree.descend(space.path)]
  const lengths = [space.length]
  const sides = [-1]
  while (branches.length > 0) {
    const branch = branches.pop()!
    const length = lengths.pop()!
    const side = sides.pop()!
    if (side >= 0) setLastBit(words, length, side)
    if (branch === tree.nodeCount || isAlias(words, length)) continue
    if (branch > tree.nodeCount) {
      const address = formatIp(version, words)
      const record = recordAt(branch, address)
      if (record === undefined) return false
      yield { range: length === longest ? address : `${address}/${length}`, record }
      continue
    }
    if (length === longest || budget.nodes-- === 0) return false
    branches.push(tree.right(branch), tree.left(branch))
    lengths.push(length + 1, length + 1)
    sides.push(1, 0)
  }
  return true
}

/** Sets the last bit of a prefix of this length, and clears what is behind it. */
function setLastBit(words: Uint32Array, length: number, side: number): void {
  const word = (length - 1) >>> 5
  const bit = 31 - ((length - 1) & 31)
  const before = bit === 31 ? 0 : (words[word]! >>> (bit + 1)) << (bit + 1)
  words[word] = before | (side << bit)
  words.fill(0, word + 1)
}

/** Branches are numbers: of a node, `nodeCount` for none, or beyond that the place of a record. */
interface Tree {
  nodeCount: number
  left(node: number): number
  right(node: number): number
  /** The branch at the end of some bits; one that ends before stands for all behind it. */
  descend(path: string): number
}

function createTree({ nodeCount, recordSize }: { nodeCount: number; recordSize: number }, bytes: Uint8Array): Tree {
  const size = recordSize / 4
  const three = (at: number) => (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!
  const four = (at: number) => ((bytes[at]! << 24) | three(at + 1)) >>> 0
  const sides = {
    24: [(at: number) => three(at), (at: number) => three(at + 3)],
    28: [
      (at: number) => ((bytes[at + 3]! & 0xf0) << 20) | three(at),
      (at: number) => ((bytes[at + 3]! & 0x0f) << 24) | three(at + 4),
    ],
    32: [(at: number) => four(at), (at: number) => four(at + 4)],
  }[recordSize as 24 | 28 | 32] // the reader has refused other sizes
  const [left, right] = sides as [(at: number) => number, (at: number) => number]
  return {
    nodeCount,
    left: (node) => left(node * size),
    right: (node) => right(node * size),
    descend(path) {
      let branch = 0
      for (const bit of path) {
        if (branch >= nodeCount) break
        branch = bit === '0' ? left(branch * size) : right(branch * size)
      }
      return branch
    },
  }
}

/** Reads the record behind a branch by the address that leads there, each only once; undefined if it is damaged. */
function createRecordReader(reader: Reader<Response>, content: Uint8Array) {
  const records = createCache()
  return (pointer: number, address: string): unknown => {
    const known = records.get(pointer)
    if (known !== undefined) return known
    if (!isModestRecord(reader, content, pointer)) return undefined
    const record: unknown = reader.get(address)
    records.set(pointer, record)
    return record
  }
}

function rangeOf(address: string, length: number): string {
  const outcome = parsePrefix(`${address}/${length}`)
  return outcome.status === 'ok' ? outcome.prefix.text : address
}

function createCache() {
  const values = new Map<string | number, unknown>()
  return {
    get: (key: string | number) => values.get(key),
    set(key: string | number, value: unknown) {
      if (values.size >= MAX_CACHED) values.clear()
      values.set(key, value)
    },
  }
}

function unusable(message: string): MmdbOutcome {
  return { status: 'unusable', message }
}
