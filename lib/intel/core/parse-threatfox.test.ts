import { describe, expect, it } from 'vitest'
import { readContent, torEntry } from '../testing/read-content'

const HEADER =
  '# "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","fk_malware","malware_alias","malware_printable",' +
  '"last_seen_utc","confidence_level","is_compromised","reference","tags","anonymous","reporter"\n'

function row(own: { seen?: string; value?: string; type?: string; threat?: string; confidence?: string }): string {
  const { seen = '2026-07-19 01:05:06', value = '192.0.2.7:4369', type = 'ip:port' } = own
  const { threat = 'botnet_cc', confidence = '75' } = own
  const cells = [
    seen,
    '1',
    value,
    type,
    threat,
    'win.example',
    'Ex, Amp',
    'Example',
    '',
    confidence,
    'False',
    'None',
    'x,y',
    '0',
    'me',
  ]
  return `${cells.map((cell) => `"${cell}"`).join(', ')}\r\n`
}

const common = { confidence: 75, source: 'Example', validFrom: new Date('2026-07-19T01:05:06Z') }

describe('threatfox', () => {
  it.each([
    ['a header in a comment', `# Example IOCs #\r\n#\r\n${HEADER}${row({})}# Number of entries: 1`],
    ['no header', row({})],
    ['the columns of former years', `${HEADER.replace('"is_compromised",', '')}${row({}).replace('"False", ', '')}`],
  ])('reads rows with %s', (_, content) => {
    const entry = torEntry('192.0.2.7', { ...common, category: 'command_and_control', intent: 'malicious' })
    expect(readContent('threatfox', content)).toMatchObject({ entries: [entry], summary: { read: 1, rejected: 0 } })
  })

  it('maps their kinds of threat and gives unknown ones the category of the feed', () => {
    const threats = ['botnet_cc', 'payload_delivery', 'payload', 'cc_skimming', 'something_new', 'constructor']
    const { entries } = readContent('threatfox', HEADER + threats.map((threat) => row({ threat })).join(''))
    expect(entries.map(({ category }) => category)).toEqual([
      'command_and_control',
      'malware',
      'malware',
      'malware',
      'tor',
      'tor',
    ])
  })

  it('lets the options say what their words mean', () => {
    const options = { categories: { botnet_cc: 'botnet' } as const }
    expect(readContent('threatfox', HEADER + row({}), { options }).entries).toMatchObject([{ category: 'botnet' }])
  })

  it('skips what is no address and takes IPv6', () => {
    const content = [
      row({ value: 'example.com', type: 'domain' }),
      row({ value: 'https://example.com/x', type: 'url' }),
      row({ value: '[2001:db8::7]:443' }),
    ]
    expect(readContent('threatfox', HEADER + content.join(''))).toMatchObject({
      entries: [{ range: '2001:db8::7' }],
      summary: { read: 1, rejected: 0 },
    })
  })

  it('gives a row without a confidence that of the feed', () => {
    expect(readContent('threatfox', HEADER + row({ confidence: '' })).entries).toMatchObject([{ confidence: 60 }])
  })

  it.each([
    [{ value: '100.64.0.1:443' }, 'not_public'],
    [{ value: 'example.com:443' }, 'malformed_address'],
    [{ confidence: '101' }, 'invalid_confidence'],
    [{ confidence: 'high' }, 'invalid_confidence'],
    [{ seen: 'soon' }, 'invalid_time'],
  ])('refuses %j: %s', (own, reason) => {
    expect(readContent('threatfox', HEADER + row(own))).toMatchObject({ entries: [], rejected: [`2 ${reason}`] })
  })
})
