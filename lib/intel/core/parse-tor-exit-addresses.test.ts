import { describe, expect, it } from 'vitest'
import { readContent, torEntry } from '../testing/read-content'

const ONE = '0123456789ABCDEF0123456789ABCDEF01234567'
const TWO = 'FEDCBA9876543210FEDCBA9876543210FEDCBA98'
const CONTENT = `@type tordnsel 1.0
Downloaded 2026-11-22 08:02:03
ExitNode ${ONE}
Published 2026-11-22 04:11:12
LastStatus 2026-11-22 07:00:00
ExitAddress 192.0.2.7 2026-11-22 07:12:13
ExitNode ${TWO}
Published 2026-11-21 23:11:12
LastStatus 2026-11-22 07:00:00
ExitAddress 198.51.100.9 2026-11-22 06:01:02
ExitAddress 198.51.100.10 2026-11-20 06:01:02
`

describe('tor_exit_addresses', () => {
  it.each([
    ['LF', CONTENT],
    ['CRLF and no last newline', CONTENT.trim().replaceAll('\n', '\r\n')],
    ['a byte order mark and trailing blanks', `\ufeff${CONTENT.replaceAll('\n', '  \n')}`],
  ])('takes every address of a relay with the time it was seen, with %s', (_, content) => {
    const { entries, summary } = readContent('tor_exit_addresses', content)
    expect(entries).toEqual([
      torEntry('192.0.2.7', { source: ONE, validFrom: new Date('2026-11-22T07:12:13Z') }),
      torEntry('198.51.100.9', { source: TWO, validFrom: new Date('2026-11-22T06:01:02Z') }),
      torEntry('198.51.100.10', { source: TWO, validFrom: new Date('2026-11-20T06:01:02Z') }),
    ])
    expect(summary).toMatchObject({ read: 3, rejected: 0 })
  })

  it('names no relay whose fingerprint is none', () => {
    const content = `ExitNode ${ONE}\nExitNode what\nExitAddress 2001:db8::1 2026-11-22 07:12:13`
    expect(readContent('tor_exit_addresses', content).entries).toMatchObject([{ range: '2001:db8::1', source: null }])
  })

  it.each([
    ['ExitAddress', 'malformed_address'],
    ['ExitAddress 010.0.2.7 2026-11-22 07:12:13', 'malformed_address'],
    ['ExitAddress 10.0.0.7 2026-11-22 07:12:13', 'not_public'],
    ['ExitAddress 192.0.2.7', 'invalid_time'],
    ['ExitAddress 192.0.2.7 2026-11-31 07:12:13', 'invalid_time'],
    ['192.0.2.7', 'malformed_address'],
  ])('refuses %s: %s', (line, reason) => {
    expect(readContent('tor_exit_addresses', line)).toMatchObject({ entries: [], rejected: [`1 ${reason}`] })
  })
})
