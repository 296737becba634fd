import { describe, expect, it } from 'vitest'
import { readContent } from '../testing/read-content'

const HEADER = 'uuid,event_id,category,type,value,comment,to_ids,date\n'

function row(type: string, value: string, { comment = '', toIds = '1', date = '20261122' } = {}): string {
  return `"5f0e2c1e-0000-4000-8000-000000000001",12,"Network activity","${type}","${value}","${comment}",${toIds},${date}\n`
}

describe('misp_csv', () => {
  it.each([
    ['ip-src', '192.0.2.7', '192.0.2.7'],
    ['ip-dst', '192.0.2.0/24', '192.0.2.0/24'],
    ['ip-dst', '2001:db8::7', '2001:db8::7'],
    ['ip-src|port', '192.0.2.7|443', '192.0.2.7'],
    ['ip-dst|port', '2001:db8::7|443', '2001:db8::7'],
    ['domain|ip', 'example.com|192.0.2.7', '192.0.2.7'],
  ])('takes %s %s', (type, value, range) => {
    expect(readContent('misp_csv', HEADER + row(type, value)).entries).toEqual([
      {
        range,
        category: 'tor',
        intent: 'suspicious',
        confidence: 60,
        source: 'MISP event 12',
        validFrom: new Date('2026-11-22T00:00:00Z'),
        validTo: null,
      },
    ])
  })

  it('reads epoch seconds, comments as source, further columns, and content without a header', () => {
    const further = `${HEADER.trim()},object_relation,attribute_tag\n`
    const extended = `${row('ip-dst', '192.0.2.7', { comment: 'Seen ""twice""', date: '1795334400' }).trim()},"ip","tlp:white"\n`
    const entry = { range: '192.0.2.7', source: 'Seen "twice"', validFrom: new Date('2026-11-22T08:00:00Z') }
    expect(readContent('misp_csv', further + extended).entries).toMatchObject([entry])
    expect(readContent('misp_csv', extended).entries).toMatchObject([entry])
  })

  it('reads comments of several lines', () => {
    const content = HEADER + row('ip-dst', '192.0.2.7', { comment: 'Seen\n192.0.2.9' }) + row('ip-dst', '192.0.2.8')
    expect(readContent('misp_csv', content)).toMatchObject({
      entries: [{ range: '192.0.2.7', source: 'Seen 192.0.2.9' }, { range: '192.0.2.8' }],
      rejected: [],
    })
  })

  it('skips attributes of other kinds, those not for detection, and repeated headers', () => {
    const content = [
      row('domain', 'example.com'),
      row('ip-src', '192.0.2.7', { toIds: '0' }),
      row('ip-src', '192.0.2.7', { toIds: 'False' }),
      HEADER,
    ]
    expect(readContent('misp_csv', HEADER + content.join(''))).toMatchObject({ entries: [], summary: { read: 0 } })
  })

  it.each([
    [row('domain|ip', 'example.com'), 'missing_address'],
    [row('domain|ip', 'example.com|nowhere'), 'malformed_address'],
    [row('ip-dst', '192.168.0.1'), 'not_public'],
    [row('ip-dst', '192.0.2.7', { date: 'then' }), 'invalid_time'],
  ])('refuses %j: %s', (line, reason) => {
    expect(readContent('misp_csv', HEADER + line)).toMatchObject({ entries: [], rejected: [`2 ${reason}`] })
  })
})
