// The one reader of IP addresses, for events and feeds alike. Strict, because libraries disagree about what is loose
// (octal, blanks, ports); whatever `net.isIP` refuses is refused here, and zones too.

/** The two kinds of address. */
export type IpVersion = 4 | 6

/** A range of addresses with a common start. Host bits are zero; an address is a /32 or /128. */
export interface Prefix {
  version: IpVersion
  /** Big-endian 32-bit words: one for IPv4, four for IPv6. */
  words: readonly number[]
  length: number
  /** Canonical; a single address carries no `/32` or `/128`, as PostgreSQL writes `inet`. */
  text: string
}

export type PrefixOutcome =
  { status: 'ok'; prefix: Prefix } | { status: 'invalid'; reason: 'malformed_address' | 'malformed_length' }

const DOT = 46
const COLON = 58
/** Stands for the character after the last. */
const END = -1
const scratch = new Uint32Array(4)
const groups = new Uint16Array(8)

/**
 * Reads an address into 32-bit words without allocating: IPv4 fills `words[0]`, IPv6 `words[0..3]`.
 *
 * @returns 4 or 6, or 0 if the text is no address. IPv4-mapped IPv6 (`::ffff:a.b.c.d`) is the IPv4 address.
 */
export function readIp(text: string, words: Uint32Array): IpVersion | 0 {
  const value = readIpv4(text, 0, text.length)
  if (value >= 0) {
    words[0] = value
    return 4
  }
  if (!readIpv6(text, words)) return 0
  if (words[0] !== 0 || words[1] !== 0 || words[2] !== 0xffff) return 6
  words[0] = words[3]!
  return 4
}

/**
 * The one text of an address: dotted IPv4, or RFC 5952 IPv6 (lower case, longest run of zeros shortened). IPv4-mapped IPv6
 * becomes IPv4. Equal to what PostgreSQL writes for `inet`, so texts may be compared across the database.
 *
 * @returns null if the text is no address: leading zeros, blanks, ports, brackets and zones are refused.
 */
export function canonicalIp(text: string): string | null {
  if (readIpv4(text, 0, text.length) >= 0) return text
  const version = readIp(text, scratch)
  return version === 0 ? null : formatIp(version, scratch)
}

/**
 * Whether an address can belong to somebody on the Internet: false for private, loopback, link-local, carrier-NAT, multicast,
 * unspecified and reserved addresses and for text that is no address (IANA special-purpose registries, RFC 6890). 6to4 and NAT64
 * addresses are judged by the IPv4 address inside.
 *
 * The documentation ranges (RFC 5737, RFC 3849, RFC 9637) count as public: demo and tests live in them, so that nobody real is
 * ever called malicious, and no real event comes from them.
 */
export function isPublicIp(ip: string): boolean {
  const version = readIp(ip, scratch)
  return version !== 0 && isPublicWords(version, scratch)
}

/** `isPublicIp` for an address already read by `readIp`. */
export function isPublicWords(version: IpVersion, words: Uint32Array): boolean {
  return version === 4 ? isPublicIpv4(words[0]!) : isPublicIpv6(words)
}

/** Whether some address of the prefix may be public: false only for prefixes that lie wholly inside a special block. */
export function isPublicPrefix(prefix: Prefix): boolean {
  const first = Uint32Array.from(prefix.words)
  if (isPublicWords(prefix.version, first)) return true
  return !specialBlocks(prefix.version).some((block) => block.length <= prefix.length && isInside(first, block))
}

/**
 * The IPv4 address that a 6to4 (`2002::/16`, RFC 3056) or NAT64 (`64:ff9b::/96`, RFC 6052) address carries, else null.
 * Feeds list that form, so both are looked up.
 */
export function embeddedIpv4(ip: string): string | null {
  // Cheap refusal first: this runs for every address of every event.
  if (!(ip.startsWith('2002:') || ip.startsWith('64:ff9b:')) || readIp(ip, scratch) !== 6) return null
  const value = embeddedValue(scratch)
  return value === null ? null : formatIpv4(value)
}

/**
 * Reads an address or CIDR as feeds write it. Host bits below the mask are cleared; IPv4-mapped prefixes of /96 and longer
 * become IPv4. Leading zeros, in the address and in the length, and lengths beyond /32 or /128 are refused.
 */
export function parsePrefix(text: string): PrefixOutcome {
  const slash = text.indexOf('/')
  const address = slash === -1 ? text : text.slice(0, slash)
  const words = new Uint32Array(4)
  let version = readIp(address, words)
  if (version === 0) return { status: 'invalid', reason: 'malformed_address' }
  const isMapped = version === 4 && address.includes(':')
  const widest = version === 4 && !isMapped ? 32 : 128
  let length = slash === -1 ? widest : readLength(text, slash + 1, widest)
  if (length < 0) return { status: 'invalid', reason: 'malformed_length' }
  if (isMapped) {
    if (length >= 96) length -= 96
    else {
      version = 6
      words.set([0, 0, 0xffff, words[3]!])
    }
  }
  clearHostBits(words, length)
  return { status: 'ok', prefix: toPrefix(version, words, length) }
}

function toPrefix(version: IpVersion, words: Uint32Array, length: number): Prefix {
  const isAddress = length === (version === 4 ? 32 : 128)
  const text = isAddress ? formatIp(version, words) : `${formatIp(version, words)}/${length}`
  return { version, words: Array.from(words.subarray(0, version === 4 ? 1 : 4)), length, text }
}

/** Canonical text of words as `readIp` leaves them. */
export function formatIp(version: IpVersion, words: Uint32Array): string {
  return version === 4 ? formatIpv4(words[0]!) : formatIpv6(words)
}

/** The address as a number, or -1. Written out digit by digit: this runs for every address of every event. */
function readIpv4(text: string, start: number, end: number): number {
  if (end - start < 7 || end - start > 15) return -1
  let value = 0
  let at = start
  for (let dots = 0; ; dots++) {
    let octet = at < end ? text.charCodeAt(at++) - 48 : -1
    if (octet < 0 || octet > 9) return -1
    let next = at < end ? text.charCodeAt(at++) : END
    let digit = next - 48
    if (digit >= 0 && digit <= 9) {
      if (octet === 0) return -1
      octet = octet * 10 + digit
      next = at < end ? text.charCodeAt(at++) : END
      digit = next - 48
      if (digit >= 0 && digit <= 9) {
        octet = octet * 10 + digit
        if (octet > 255) return -1
        next = at < end ? text.charCodeAt(at++) : END
      }
    }
    value = value * 256 + octet
    if (dots === 3) return next === END ? value : -1
    if (next !== DOT) return -1
  }
}

function readIpv6(text: string, words: Uint32Array): boolean {
  const end = text.length
  if (end < 2 || end > 45) return false
  let count = 0
  let gap = -1
  let index = 0
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false
    gap = 0
    index = 2
  }
  while (index < end) {
    const start = index
    let group = 0
    for (; index < end; index++) {
      const digit = hexDigit(text.charCodeAt(index))
      if (digit < 0) break
      if (index - start === 4) return false
      group = group * 16 + digit
    }
    if (index < end && text.charCodeAt(index) === DOT) {
      const tail = readIpv4(text, start, end)
      if (tail < 0 || count > 6) return false
      groups[count++] = tail >>> 16
      groups[count++] = tail & 0xffff
      break
    }
    if (index === start || count === 8) return false
    groups[count++] = group
    if (index === end) break
    if (text.charCodeAt(index) !== COLON || ++index === end) return false
    if (text.charCodeAt(index) === COLON) {
      if (gap >= 0) return false
      gap = count
      index++
    }
  }
  return spreadGroups(words, count, gap)
}

/** Fills the words from `groups`, zeros standing where `::` was. */
function spreadGroups(words: Uint32Array, count: number, gap: number): boolean {
  if (gap < 0 ? count !== 8 : count > 7) return false
  const zeros = 8 - count
  for (let word = 0; word < 4; word++) {
    const high = groupAt(word * 2, gap, zeros)
    const low = groupAt(word * 2 + 1, gap, zeros)
    words[word] = ((high << 16) | low) >>> 0
  }
  return true
}

function groupAt(position: number, gap: number, zeros: number): number {
  if (gap < 0 || position < gap) return groups[position]!
  return position < gap + zeros ? 0 : groups[position - zeros]!
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

function readLength(text: string, start: number, widest: number): number {
  const digits = text.slice(start)
  if (!/^(?:0|[1-9]\d{0,2})$/.test(digits)) return -1
  const length = Number(digits)
  return length <= widest ? length : -1
}

function clearHostBits(words: Uint32Array, length: number): void {
  for (let word = 0; word < 4; word++) {
    const kept = Math.min(32, Math.max(0, length - word * 32))
    words[word] = kept === 0 ? 0 : (words[word]! & (0xffffffff << (32 - kept))) >>> 0
  }
}

function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

function formatIpv6(words: Uint32Array): string {
  // IPv4-compatible `::a.b.c.d` (RFC 4291) keeps its dots, which RFC 5952 section 5 allows and PostgreSQL does.
  if (words[0] === 0 && words[1] === 0 && words[2] === 0 && words[3]! > 0xffff) return `::${formatIpv4(words[3]!)}`
  const parts: number[] = []
  for (const word of words) parts.push(word >>> 16, word & 0xffff)
  let best = -1
  let bestLength = 1
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (start + length < 8 && parts[start + length] === 0) length++
    if (length > bestLength) [best, bestLength] = [start, length]
  }
  const hex = parts.map((part) => part.toString(16))
  if (best < 0) return hex.join(':')
  return `${hex.slice(0, best).join(':')}::${hex.slice(best + bestLength).join(':')}`
}

function isPublicIpv4(value: number): boolean {
  for (const block of SPECIAL_IPV4) if ((value & block.mask) >>> 0 === block.words[0]) return false
  return true
}

function isPublicIpv6(words: Uint32Array): boolean {
  const embedded = embeddedValue(words)
  if (embedded !== null) return isPublicIpv4(embedded)
  // Global unicast is 2000::/3 (RFC 4291); inside it 2001::/23 is set aside for protocols (RFC 2928).
  if (words[0]! >>> 29 !== 1) return false
  return words[0]! >>> 9 !== 0x20010000 >>> 9
}

function embeddedValue(words: Uint32Array): number | null {
  if (words[0]! >>> 16 === 0x2002) return ((words[0]! << 16) | (words[1]! >>> 16)) >>> 0
  if (words[0] === 0x0064ff9b && words[1] === 0 && words[2] === 0) return words[3]!
  return null
}

interface Block {
  words: readonly number[]
  length: number
}

function isInside(words: Uint32Array, block: Block): boolean {
  const cleared = Uint32Array.from(words)
  clearHostBits(cleared, block.length)
  return block.words.every((word, position) => word === cleared[position])
}

function specialBlocks(version: IpVersion): readonly Block[] {
  return version === 4 ? SPECIAL_IPV4 : SPECIAL_IPV6
}

function blocks(texts: readonly string[]): Array<Block & { mask: number }> {
  return texts.map((text) => {
    const outcome = parsePrefix(text)
    const { words, length } = outcome.status === 'ok' ? outcome.prefix : { words: [], length: 0 }
    return { words, length, mask: length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0 }
  })
}

/** IANA IPv4 special-purpose registry, without the documentation ranges. 192.88.99.0/24 is the withdrawn 6to4 relay. */
const SPECIAL_IPV4 = blocks([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
])

/** Everything outside global unicast, and the protocol block inside it. NAT64 lies in the first and is public by its content. */
const SPECIAL_IPV6: readonly Block[] = blocks(['::/3', '4000::/2', '8000::/1', '2001::/23'])
