import { describe, expect, it } from 'vitest'
import { readContent, torEntry } from '../testing/read-content'

const COMMENTS = '################\n# Example Tracker Botnet C2 IP Blocklist #\n################\n#\n'
const HEADER = '"first_seen_utc","dst_ip","dst_port","c2_status","last_online","malware"\n'
const ROW = '"2025-12-30 13:56:31","192.0.2.7","443","online","2026-03-12","QakBot"\n'
const entry = torEntry('192.0.2.7', { source: 'QakBot', validFrom: new Date('2025-12-30T13:56:31Z') })

describe('feodo', () => {
  it.each([
    ['a header', COMMENTS + HEADER + ROW],
    ['a header in a comment', `${COMMENTS}# ${HEADER}${ROW}`],
    ['no header', COMMENTS + ROW],
    ['CRLF and a comment at the end', `${COMMENTS}${HEADER}${ROW}# END 1 entries`.replaceAll('\n', '\r\n')],
  ])('reads %s', (_, content) => {
    expect(readContent('feodo', content)).toMatchObject({ entries: [entry], summary: { read: 1, rejected: 0 } })
  })

  it('is nearly empty without complaint', () => {
    expect(readContent('feodo', COMMENTS + HEADER)).toMatchObject({ entries: [], refusal: null, summary: { read: 0 } })
  })

  it('takes only what the options ask for', () => {
    const content = HEADER + ROW + ROW.replace('online', 'offline').replace('192.0.2.7', '192.0.2.8')
    const { entries } = readContent('feodo', content, { options: { only: { c2_status: ['offline'] } } })
    expect(entries.map(({ range }) => range)).toEqual(['192.0.2.8'])
  })

  it.each([
    ['"2025-12-30 13:56:31","example.com","443","online","2026-03-12","QakBot"', 'malformed_address'],
    ['"yesterday","192.0.2.7","443","online","2026-03-12","QakBot"', 'invalid_time'],
    ['"2025-12-30 13:56:31","","443","online","2026-03-12","QakBot"', 'missing_address'],
    ['"2025-12-30 13:56:31","192.0.2.7', 'malformed_quotes'],
  ])('refuses %s: %s', (line, reason) => {
    expect(readContent('feodo', HEADER + line)).toMatchObject({ entries: [], rejected: [`2 ${reason}`] })
  })
})
