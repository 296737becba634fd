import { describe, expect, it } from 'vitest'
import { readContent, torEntry } from '../testing/read-content'

const list = { name: 'Example gateways', description: 'x', version: 20261122, matching_attributes: ['ip-src'] }

describe('misp_warning_list', () => {
  it('reads networks and hosts of both kinds, with the name of the list', () => {
    const values = ['192.0.2.0/24', '198.51.100.7/32', '2001:db8:1::/48', '198.51.100.8']
    const document = JSON.stringify({ ...list, type: 'cidr', list: values }, null, 2)
    const source = 'Example gateways'
    expect(readContent('misp_warning_list', `\ufeff${document}\n`, { category: 'corporate_egress' }).entries).toEqual(
      ['192.0.2.0/24', '198.51.100.7', '2001:db8:1::/48', '198.51.100.8'].map((range) =>
        torEntry(range, { category: 'corporate_egress', intent: 'benign', source }),
      ),
    )
  })

  it('counts what is no public address', () => {
    const values = ['10.0.0.0/8', 7, 'example.com', '::/0', { a: 1 }]
    const reading = readContent('misp_warning_list', JSON.stringify({ ...list, type: 'cidr', list: values }))
    expect(reading.rejected).toEqual([
      '1 not_public',
      '2 malformed_address',
      '3 malformed_address',
      '4 too_wide',
      '5 malformed_address',
    ])
    expect(reading.summary.leftOut).toEqual({
      bogon: { count: 1, samples: ['10.0.0.0/8'] },
      tooWide: { count: 1, samples: ['::/0'] },
    })
  })

  it.each([
    [
      JSON.stringify({ ...list, type: 'hostname', list: ['example.com'] }),
      'This warning list is of the type hostname; only lists of the type cidr hold addresses.',
    ],
    [
      JSON.stringify({ ...list, list: [] }),
      'This warning list is of the type unknown; only lists of the type cidr hold addresses.',
    ],
    ['{"type":"cidr"}', 'The content is not a warning list of MISP: it has no list.'],
    ['[]', 'The content is not a warning list of MISP: it has no list.'],
    ['{', 'The content is not a warning list of MISP: it has no list.'],
  ])('refuses %s as a whole', (content, message) => {
    expect(readContent('misp_warning_list', content).refusal).toBe(`unusable: ${message}`)
  })
})
