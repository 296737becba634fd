import { describe, expect, it } from 'vitest'
import { readContent, torEntry } from '../testing/read-content'

const relays = [
  {
    nickname: 'exampleExit',
    fingerprint: 'A'.repeat(40),
    or_addresses: ['192.0.2.7:9001', '[2001:DB8::7]:9001'],
    exit_addresses: ['192.0.2.7', '192.0.2.8'],
    flags: ['Exit', 'Fast', 'Running'],
  },
  { nickname: 'quietExit', or_addresses: ['198.51.100.7:443'], flags: ['Exit'] },
  { nickname: 'middle', or_addresses: ['203.0.113.1:9001'], flags: ['Guard', 'Running'] },
  { fingerprint: 'B'.repeat(40), or_addresses: ['203.0.113.2:9001'], exit_addresses: ['203.0.113.3'], flags: [] },
  { nickname: 'bare' },
]

describe('onionoo', () => {
  it('takes exit addresses of all relays and onion-routing addresses of exits only, each once a relay', () => {
    const { entries, summary } = readContent('onionoo', JSON.stringify({ version: '8.0', relays, bridges: [] }))
    expect(entries).toEqual([
      torEntry('192.0.2.7', { source: 'exampleExit' }),
      torEntry('192.0.2.8', { source: 'exampleExit' }),
      torEntry('2001:db8::7', { source: 'exampleExit' }),
      torEntry('198.51.100.7', { source: 'quietExit' }),
      torEntry('203.0.113.3', { source: 'B'.repeat(40) }),
    ])
    expect(summary).toMatchObject({ read: 5, rejected: 0 })
  })

  it('counts what is no relay and no address', () => {
    const document = { relays: [null, { flags: ['Exit'], or_addresses: ['10.0.0.1:9001', 'example.com:9001', 7] }] }
    expect(readContent('onionoo', JSON.stringify(document))).toMatchObject({
      entries: [],
      rejected: ['1 malformed_json', '2 not_public', '3 malformed_address', '4 malformed_address'],
    })
  })

  it.each([['[]'], ['{"relays":{}}'], ['{"relays":['], ['']])('refuses %j as a whole', (content) => {
    expect(readContent('onionoo', content).refusal).toBe(
      'unusable: The content is not a details document of Onionoo: it has no relays.',
    )
  })
})
