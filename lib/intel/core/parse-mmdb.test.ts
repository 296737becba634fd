import { describe, expect, it } from 'vitest'
import { writeMmdb, type MmdbInput } from '../testing/write-mmdb'
import type { ParserSettings } from './feed-parser'
import { createMmdbParser } from './parse-mmdb'

const SETTINGS: ParserSettings = { category: 'vpn', intent: 'benign', confidence: 50, options: {} }

function parse(content: Uint8Array) {
  return createMmdbParser(SETTINGS).parse(content)
}

function read(networks: Record<string, MmdbInput['networks'] extends Iterable<{ record: infer R }> ? R : never>) {
  const content = writeMmdb({
    type: 'GeoIP2-Anonymous-IP',
    hasAliases: true,
    networks: Object.entries(networks).map(([range, record]) => ({ range, record })),
  })
  const outcome = parse(content)
  return outcome.status === 'read' ? [...outcome.items] : outcome
}

describe('createMmdbParser', () => {
  it('gives one entry a flag', () => {
    const items = read({
      '192.0.2.0/24': { is_anonymous: true, is_anonymous_vpn: true, is_tor_exit_node: true },
      '2001:db8::/32': { is_anonymous: true, is_residential_proxy: true },
      '198.51.100.1': { is_public_proxy: true },
      '198.51.100.2': { is_hosting_provider: true },
    })
    expect(items).toMatchObject([
      {
        outcome: {
          entries: [
            { range: '192.0.2.0/24', category: 'tor', intent: 'suspicious', confidence: 50, source: null },
            // The category of the feed has the intent of the feed.
            { range: '192.0.2.0/24', category: 'vpn', intent: 'benign' },
          ],
        },
      },
      { outcome: { entries: [{ range: '198.51.100.1', category: 'proxy' }] } },
      { outcome: { entries: [{ range: '198.51.100.2', category: 'hosting' }] } },
      { outcome: { entries: [{ range: '2001:db8::/32', category: 'residential_proxy' }] } },
    ])
  })

  it('takes a network that is anonymous in another way as a proxy', () => {
    expect(read({ '192.0.2.1': { is_anonymous: true } })).toMatchObject([
      { outcome: { entries: [{ category: 'proxy' }] } },
    ])
  })

  it('takes confidence and provider of the Plus database', () => {
    const record = { is_anonymous_vpn: true, anonymizer_confidence: 99, provider_name: 'Example VPN' }
    expect(read({ '192.0.2.1': record })).toMatchObject([
      { outcome: { entries: [{ category: 'vpn', confidence: 99, source: 'Example VPN' }] } },
    ])
  })

  it('leaves out what may not be listed', () => {
    expect(
      read({
        '10.0.0.0/8': { is_public_proxy: true },
        '64.0.0.0/7': { is_public_proxy: true },
        '192.0.2.1': { is_anonymous: false },
      }),
    ).toEqual([
      { outcome: { status: 'rejected', reason: 'not_public' }, text: '10.0.0.0/8' },
      { outcome: { status: 'rejected', reason: 'too_wide' }, text: '64.0.0.0/7' },
    ])
  })

  it('refuses other databases, by name', () => {
    const networks = [{ range: '192.0.2.0/24', record: { autonomous_system_number: 64500 } }]
    expect(parse(writeMmdb({ type: 'GeoLite2-ASN', networks }))).toMatchObject({
      status: 'unusable',
      message: expect.stringContaining('GeoLite2-ASN'),
    })
  })

  it('refuses a damaged one whole', () => {
    const content = writeMmdb({
      type: 'GeoIP2-Anonymous-IP',
      ipVersion: 4,
      networks: [
        { range: '192.0.2.0/25', record: { is_anonymous_vpn: true } },
        { range: '192.0.2.128/25', record: { is_tor_exit_node: true } },
      ],
    })
    const at = Buffer.from(content).indexOf('is_tor_exit_node')
    content[at - 1] = 0xff
    expect(parse(content)).toEqual({ status: 'unusable', message: 'The database is damaged.' })
    expect(parse(new Uint8Array(10))).toMatchObject({ status: 'unusable' })
  })
})
