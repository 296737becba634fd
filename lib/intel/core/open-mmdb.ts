// Databases of networks in MaxMind's format (https://maxmind.github.io/MaxMind-DB/), read through `mmdb-lib`. Damaged ones never
// throw and never run without end: whatever the reader stumbles over comes back as an outcome.
import { Buffer } from 'node:buffer'
import { Reader, type Response } from 'mmdb-lib'
import { canonicalIp, formatIp, parsePrefix, type IpVersion } from '@/lib/kernel/ip-address'

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

/** Opens a database. Nothing but its metadata is checked; what else may be damaged shows while it is read. */
export function openMmdb(content: Uint8Array): MmdbOutcome {
  let reader: Reader<Response>
  try {
    reader = new Reader(Buffer.from(content.buffer, content.byteOffset, content.byteLength), { cache: createCache() })
  } catch {
    return unusable('The content is no database in MaxMind’s format, or it is cut off.')
  }
  const { ipVersion, nodeCount, searchTreeSize, databaseType, binaryFormatMajorVersion } = reader.metadata
  if (binaryFormatMajorVersion !== 2)
    return unusable('The database has a version of MaxMind’s format that is not understood.')
  const isWhole = nodeCount > 0 && searchTreeSize + SEPARATOR_BYTES < content.length
  if (!isWhole || ![4, 6].includes(ipVersion)) return unusable('The database is damaged or cut off.')
  return {
    status: 'open',
    database: {
      type: String(databaseType),
      find: (ip) => find(reader, ip),
      networks: () => networks(reader),
    },
  }
}

function find(reader: Reader<Response>, ip: string): MmdbNetwork | null {
  const address = canonicalIp(ip)
  if (address === null || (reader.metadata.ipVersion === 4 && address.includes(':'))) return null
  try {
    const [record, length] = reader.getWithPrefixLength(address)
    return record === null ? null : { range: rangeOf(address, length), record }
  } catch {
    return null
  }
}

function* networks(reader: Reader<Response>): Generator<MmdbNetwork | null> {
  // A tree of n nodes has n + 1 leaves, and some writers let branches share nodes. One with a loop has leaves without end.
  const budget = { hops: 1024 + 4 * reader.metadata.nodeCount }
  try {
    const isWhole =
      (yield* walk(reader, 4, budget)) && (reader.metadata.ipVersion === 4 || (yield* walk(reader, 6, budget)))
    if (!isWhole) yield null
  } catch {
    yield null
  }
}

/**
 * Looks one address up, then the first behind the network that it is in, and so on. Returns false where the budget does not suffice;
 * the reader throws where a record is damaged.
 */
function* walk(
  reader: Reader<Response>,
  version: IpVersion,
  budget: { hops: number },
): Generator<MmdbNetwork, boolean> {
  const words = new Uint32Array(4)
  if (version === 6) words[0] = 0x20000000
  for (let isMore = true; isMore && (version === 4 || words[0]! >>> 29 === 1);) {
    const alias = version === 6 ? aliasLength(words) : 0
    if (alias > 0) {
      isMore = advance(words, alias)
      continue
    }
    if (budget.hops-- === 0) return false
    const address = formatIp(version, words)
    const [record, length] = reader.getWithPrefixLength(address)
    if (record !== null) yield { range: rangeOf(address, length), record }
    isMore = advance(words, length)
  }
  return true
}

/** Length of the block in which IPv6 repeats IPv4, 0 outside: Teredo 2001::/32, 6to4 2002::/16. */
function aliasLength(words: Uint32Array): number {
  if (words[0] === 0x20010000) return 32
  return words[0]! >>> 16 === 0x2002 ? 16 : 0
}

/** Moves to the first address behind a network of this length; false at the end of the space. */
function advance(words: Uint32Array, length: number): boolean {
  if (length === 0) return false
  let word = (length - 1) >>> 5
  const bit = 31 - ((length - 1) & 31)
  words.fill(0, word + 1)
  words[word] = (words[word]! & (0xffffffff << bit)) >>> 0
  for (let carry = 2 ** bit; word >= 0; word--, carry = 1) {
    const sum = words[word]! + carry
    words[word] = sum
    if (sum <= 0xffffffff) return true
  }
  return false
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
