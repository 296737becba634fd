import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStixPattern } from './stix-pattern'

const A = `ipv4-addr:value = '192.0.2.1'`
const B = `ipv4-addr:value = '192.0.2.2'`
const PORT = `network-traffic:dst_port = 443`

const ranges = (pattern: string) => readStixPattern(pattern).ranges
const reasons = (pattern: string) => readStixPattern(pattern).lost.map(({ reason }) => reason)

describe('readStixPattern takes what is sufficient', () => {
  it.each<[string, string[]]>([
    [`[${A}]`, ['192.0.2.1']],
    [`[ipv6-addr:value = '2001:DB8:0::1']`, ['2001:db8::1']],
    [`[ipv4-addr:value == '198.51.100.7/24']`, ['198.51.100.0/24']],
    [`[ipv4-addr:'value'='192.0.2.1']`, ['192.0.2.1']],
    [`[ipv4-addr:value ISSUBSET '198.51.100.0/24']`, ['198.51.100.0/24']],
    [`[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2','192.0.2.1')]`, ['192.0.2.1', '192.0.2.2']],
    [`[${A} OR ${B}]`, ['192.0.2.1', '192.0.2.2']],
    [`[${A}] OR [${B}]`, ['192.0.2.1', '192.0.2.2']],
    [`([${A}] OR ([${B}]))`, ['192.0.2.1', '192.0.2.2']],
    [`[(${A} OR ${B})]`, ['192.0.2.1', '192.0.2.2']],
    [`[ipv4-addr:value = '192\\.0\\.2\\.1']`, ['192.0.2.1']],
    [` /* one */ [ ${A} ] // two`, ['192.0.2.1']],
    [`[${A}] WITHIN 300 SECONDS`, ['192.0.2.1']],
    [`([${A}] OR [${B}]) WITHIN 0.5 SECONDS REPEATS 1 TIMES`, ['192.0.2.1', '192.0.2.2']],
    [`[${A} OR domain-name:value = 'it\\'s [odd] AND example.com']`, ['192.0.2.1']],
    [`[file:hashes.'SHA-256' = 'ab' OR ${A}]`, ['192.0.2.1']],
    [`[process:extensions.'x'.list[*].a[0] != h'00' OR ${A}]`, ['192.0.2.1']],
    [`[EXISTS domain-name:value] OR [${A}]`, ['192.0.2.1']],
    [`[ipv4-addr:value ISSUBSET '198.51.100.0/24' AND ipv4-addr:value = '198.51.100.9']`, ['198.51.100.9']],
    [`[ipv4-addr:value IN ('192.0.2.1','192.0.2.2') AND ipv4-addr:value IN ('192.0.2.2','192.0.2.3')]`, ['192.0.2.2']],
  ])('%s', (pattern, expected) => expect(readStixPattern(pattern)).toEqual({ ranges: expected, lost: [] }))
})

describe('readStixPattern keeps other branches', () => {
  it.each<[string, string[]]>([
    [`[${A} AND ${PORT}] OR [${B}]`, ['192.0.2.2']],
    // AND binds more tightly than OR.
    [`[${A} AND ${PORT} OR ${B}]`, ['192.0.2.2']],
    [`[${A}] AND [${B}] OR [ipv4-addr:value = '192.0.2.3']`, ['192.0.2.3']],
    [`[${A} OR ipv4-addr:value LIKE '192.0.%']`, ['192.0.2.1']],
  ])('%s', (pattern, expected) => {
    expect(ranges(pattern)).toEqual(expected)
    expect(reasons(pattern)).toEqual(['unsupported_pattern'])
  })

  it('names each address that cannot be used', () => {
    expect(readStixPattern(`[ipv4-addr:value IN ('192.0.2.1','10.0.0.1','0.0.0.0/0','x')]`)).toEqual({
      ranges: ['192.0.2.1'],
      lost: [
        { reason: 'not_public', text: '10.0.0.1' },
        { reason: 'too_wide', text: '0.0.0.0/0' },
        { reason: 'malformed_address', text: 'x' },
      ],
    })
  })
})

describe('readStixPattern refuses what demands more than an address', () => {
  it.each([
    `[${A} AND ${PORT}]`,
    `[${PORT} AND ${A}]`,
    `[(${A} OR ${B}) AND ${PORT}]`,
    `[${A} AND ${B}]`,
    `[${A}] AND [${B}]`,
    `[${A}] AND [${A}]`,
    `[${A}] FOLLOWEDBY [${B}]`,
    `([${A}] OR [${B}]) FOLLOWEDBY [${PORT}]`,
    `[${A}] REPEATS 5 TIMES`,
    `[${A}] START t'2026-11-22T00:00:00Z' STOP t'2026-11-23T00:00:00Z'`,
    `([${A}] OR [${B}]) REPEATS 2 TIMES WITHIN 60 SECONDS`,
    `[ipv4-addr:value != '192.0.2.1']`,
    `[ipv4-addr:value NOT = '192.0.2.1']`,
    `[ipv4-addr:value NOT IN ('192.0.2.1')]`,
    `[ipv4-addr:value NOT ISSUBSET '192.0.2.0/24']`,
    `[ipv4-addr:value ISSUPERSET '192.0.2.0/24']`,
    `[ipv4-addr:value LIKE '192.0.2.%']`,
    `[ipv4-addr:value MATCHES '^192']`,
    `[network-traffic:dst_ref.value = '192.0.2.1']`,
    `[network-traffic:src_ref.type = 'ipv4-addr' AND network-traffic:src_ref.value = '192.0.2.1']`,
    `[domain-name:resolves_to_refs[*].value IN ('192.0.2.1', '2001:db8::1')]`,
  ])('%s', (pattern) => {
    expect(ranges(pattern)).toEqual([])
    expect(new Set(reasons(pattern))).toEqual(new Set(['unsupported_pattern']))
  })

  it('is silent about what is not about addresses', () => {
    const other = `network-traffic:dst_ref.value = 'example.com'`
    const pattern = `[file:hashes.MD5 = 'ab' AND domain-name:value IN ('example.com')] FOLLOWEDBY [url:value = 'x' OR ${other}]`
    expect(readStixPattern(pattern)).toEqual({ ranges: [], lost: [] })
  })
})

describe('readStixPattern refuses what is no pattern', () => {
  it.each([
    '',
    'ipv4-addr:value',
    `[${A}`,
    `${A}]`,
    `[${A}]]`,
    `[${A}] [${B}]`,
    `[${A}] OR`,
    `[${A} OR]`,
    `[ipv4-addr:value = '192.0.2.1]`,
    `[ipv4-addr:value = ]`,
    `[ipv4-addr:value IN ('192.0.2.1',)]`,
    `[ipv4-addr:value IN '192.0.2.1']`,
    `[${A}] WITHIN 5 MINUTES`,
    `([${A}]`,
    `rule x { strings: $a = "192.0.2.1" }`,
  ])('%s', (pattern) => {
    expect(ranges(pattern)).toEqual([])
    expect(reasons(pattern)).toEqual(['unsupported_pattern'])
  })
})

describe('readStixPattern is bounded', () => {
  const list = (count: number, third: number) =>
    Array.from({ length: count }, (_, index) => `'198.${51 + third}.${index >> 8}.${index & 255}'`).join(',')

  it('reads a million characters', () => {
    expect(ranges(`[ipv4-addr:value IN (${list(50_000, 0)})]`)).toHaveLength(50_000)
  })

  it.each([
    ['parentheses', '('.repeat(500_000)],
    ['brackets', '['.repeat(500_000)],
    ['parentheses in brackets', `[${'('.repeat(100_000)}${A}${')'.repeat(100_000)}]`],
    ['blanks', ' '.repeat(1_000_000)],
    ['a quote that does not close', `[ipv4-addr:value = '${'a'.repeat(1_000_000)}`],
    ['quotes of a path', `[ipv4-addr:${"'a'".repeat(300_000)}`],
    ['a comment that does not close', `/*${'*'.repeat(1_000_000)}`],
    ['escapes', `[a:b = '${'\\'.repeat(900_001)}`],
  ])('by %s', (_, pattern) => {
    expect(ranges(pattern)).toEqual([])
    expect(reasons(pattern)).toEqual(['unsupported_pattern'])
  })

  it('by the size of what it would have to compare', () => {
    const large = `ipv4-addr:value IN (${list(1_000, 0)})`
    expect(ranges(`[${large} AND ${large}]`)).toEqual([])
    expect(reasons(`[${large} AND ${large}]`)).toEqual(['unsupported_pattern'])
  })

  it('by length', () => {
    expect(reasons(`[${A}]${' '.repeat(1_048_576)}`)).toEqual(['too_long'])
  })

  it('never fails, and never takes more than is written', () => {
    const piece = fc.constantFrom(
      A,
      B,
      PORT,
      '[',
      ']',
      '(',
      ')',
      ' AND ',
      ' OR ',
      ' FOLLOWEDBY ',
      'NOT',
      "'",
      '\\',
      ',',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const outcome = readStixPattern(pieces.join(''))
        expect(['192.0.2.1', '192.0.2.2']).toEqual(expect.arrayContaining(outcome.ranges))
      }),
    )
  })
})

describe('readStixPattern against the meaning of patterns', () => {
  // One observation holds one address and maybe a port; the oracle evaluates the pattern on it and on nothing else.
  type Node = { text: string; holds(ip: string): boolean }
  const leaf: fc.Arbitrary<Node> = fc.constantFrom<Node>(
    ...['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((ip) => ({
      text: `ipv4-addr:value = '${ip}'`,
      holds: (seen: string) => seen === ip,
    })),
    { text: `ipv4-addr:value ISSUBSET '192.0.2.2/31'`, holds: (seen) => seen === '192.0.2.2' || seen === '192.0.2.3' },
    { text: PORT, holds: () => false },
  )
  const join = (inner: fc.Arbitrary<Node>): fc.Arbitrary<Node> =>
    fc.tuple(inner, inner, fc.boolean()).map(([a, b, isOr]) => ({
      text: `(${a.text} ${isOr ? 'OR' : 'AND'} ${b.text})`,
      holds: (ip) => (isOr ? a.holds(ip) || b.holds(ip) : a.holds(ip) && b.holds(ip)),
    }))
  const { tree } = fc.letrec<{ tree: Node }>((tie) => ({
    tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, join(tie('tree'))),
  }))

  it('takes exactly the addresses that suffice', () => {
    fc.assert(
      fc.property(tree, ({ text, holds }) => {
        const taken = ranges(`[${text}]`).flatMap((range) =>
          range === '192.0.2.2/31' ? ['192.0.2.2', '192.0.2.3'] : [range],
        )
        const expected = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].filter(holds)
        expect([...new Set(taken)].sort()).toEqual(expected)
      }),
    )
  })
})
