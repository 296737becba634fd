// Every entry of the catalogue: its settings are those of a feed, and content as its publisher writes it is read.
import { describe, expect, test } from 'vitest'
import { readSettings } from '../service/read-settings'
import { CATALOGUE, findCatalogueEntry } from './catalogue'
import { createFeedReader } from './read-feed'

/** Content by the shape of each publisher, with documentation addresses, and what it lists. */
const SAMPLES: Record<string, [content: string, ranges: string[]]> = {
  'spamhaus-drop': [
    '{"cidr":"192.0.2.0/24","sblid":"SBL1","rir":"arin"}\n{"type":"metadata","timestamp":1795334400,"records":1}\n',
    ['192.0.2.0/24'],
  ],
  'spamhaus-drop-v6': ['{"cidr":"2001:db8::/32","sblid":"SBL2","rir":"ripencc"}\n', ['2001:db8::/32']],
  'spamhaus-asn-drop': [
    '{"asn":64500,"rir":"arin","domain":"example.org","cc":"US","asname":"EXAMPLE"}\n',
    ['AS64500'],
  ],
  'firehol-level1': ['# Entries : 2 subnets\n192.0.2.0/24\n198.51.100.7\n', ['192.0.2.0/24', '198.51.100.7']],
  'firehol-level2': ['#\n# firehol_level2 \n198.51.100.7\n', ['198.51.100.7']],
  'firehol-level3': ['198.51.100.7\n', ['198.51.100.7']],
  'feodo-tracker': [
    '# Feodo Tracker\r\n"first_seen_utc","dst_ip","dst_port","c2_status","last_online","malware"\r\n' +
      '"2026-10-30 13:56:31","198.51.100.16","443","online","2026-11-12","Example"\r\n# END 1 entries\r\n',
    ['198.51.100.16'],
  ],
  threatfox: [
    '# "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","fk_malware","malware_alias","malware_printable",' +
      '"last_seen_utc","confidence_level","is_compromised","reference","tags","anonymous","reporter"\n' +
      '"2026-11-19 01:05:06", "1", "203.0.113.7:4369", "ip:port", "botnet_cc", "win.example", "", "Example", "", "75", ' +
      '"False", "", "", "0", "abuse_ch"\n',
    ['203.0.113.7'],
  ],
  ipsum: ['# IPsum\n203.0.113.20\t10\n203.0.113.21\t2\n', ['203.0.113.20']],
  'blocklist-de': ['203.0.113.5\n2001:db8::5\n', ['203.0.113.5', '2001:db8::5']],
  'cins-army': ['203.0.113.6\n', ['203.0.113.6']],
  greensnow: ['203.0.113.8\n', ['203.0.113.8']],
  'et-compromised': ['203.0.113.9\n', ['203.0.113.9']],
  'dshield-block': [
    '# DShield.org Recommended Block List\nStart\tEnd\tNetmask\tAttacks\tName\tCountry\temail\n' +
      '198.51.100.0\t198.51.100.255\t24\t1234\tEXAMPLE\tNL\tabuse@example.com\n',
    ['198.51.100.0/24'],
  ],
  'abuseipdb-blacklist': ['203.0.113.177\n2001:db8::177\n', ['203.0.113.177', '2001:db8::177']],
  'tor-bulk-exit-list': ['198.51.100.5\n2001:db8::5\n', ['198.51.100.5', '2001:db8::5']],
  'tor-exit-addresses': [
    'ExitNode 0123456789ABCDEF0123456789ABCDEF01234567\nPublished 2026-11-22 10:00:00\nLastStatus 2026-11-22 11:00:00\n' +
      'ExitAddress 198.51.100.5 2026-11-22 10:30:00\nExitAddress 198.51.100.6 2026-11-22 10:31:00\n',
    ['198.51.100.5', '198.51.100.6'],
  ],
  'tor-onionoo': [
    JSON.stringify({
      relays: [
        {
          nickname: 'example',
          fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567',
          flags: ['Exit', 'Running'],
          or_addresses: ['198.51.100.8:9001', '[2001:db8::8]:9001'],
          exit_addresses: ['198.51.100.9'],
        },
      ],
    }),
    ['198.51.100.8', '198.51.100.9', '2001:db8::8'],
  ],
  'x4bnet-vpn-v4': ['192.0.2.0/24\n', ['192.0.2.0/24']],
  'x4bnet-vpn-v6': ['2001:db8:1::/48\n', ['2001:db8:1::/48']],
  'x4bnet-datacenter-v4': ['192.0.2.0/25\n', ['192.0.2.0/25']],
  'x4bnet-datacenter-v6': ['2001:db8:2::/48\n', ['2001:db8:2::/48']],
  'mullvad-relays': [
    JSON.stringify([
      { hostname: 'xx-wg-001', active: true, ipv4_addr_in: '198.51.100.68', ipv6_addr_in: '2001:db8::a01f' },
      { hostname: 'xx-wg-002', active: false, ipv4_addr_in: '198.51.100.69', ipv6_addr_in: null },
    ]),
    ['198.51.100.68', '2001:db8::a01f'],
  ],
  'aws-ranges': [
    JSON.stringify({
      syncToken: '1795334400',
      createDate: '2026-11-22-08-00-00',
      prefixes: [{ ip_prefix: '192.0.2.0/24', region: 'xx-east-1', service: 'EC2' }],
      ipv6_prefixes: [{ ipv6_prefix: '2001:db8::/40', region: 'xx-east-1', service: 'EC2' }],
    }),
    ['192.0.2.0/24', '2001:db8::/40'],
  ],
  'gcp-ranges': [
    JSON.stringify({
      syncToken: '1795334400',
      prefixes: [
        { ipv4Prefix: '192.0.2.0/24', service: 'Google Cloud', scope: 'xx-east1' },
        { ipv6Prefix: '2001:db8::/44', service: 'Google Cloud', scope: 'xx-east1' },
      ],
    }),
    ['192.0.2.0/24', '2001:db8::/44'],
  ],
  'oracle-ranges': [
    JSON.stringify({
      last_updated_timestamp: '2026-11-22T08:00:00',
      regions: [{ region: 'xx-1', cidrs: [{ cidr: '192.0.2.0/24', tags: ['OCI'] }] }],
    }),
    ['192.0.2.0/24'],
  ],
  'cloudflare-ranges': [
    JSON.stringify({
      result: { ipv4_cidrs: ['192.0.2.0/24'], ipv6_cidrs: ['2001:db8::/32'], etag: 'x' },
      success: true,
      errors: [],
    }),
    ['192.0.2.0/24', '2001:db8::/32'],
  ],
  'misp-private-relay': [
    JSON.stringify({ name: 'Relay', type: 'cidr', version: 1, list: ['198.51.100.10/31', '2001:db8::/45'] }),
    ['198.51.100.10/31', '2001:db8::/45'],
  ],
  'apple-private-relay': [
    '198.51.100.10/31,GB,GB-ENG,London,\n2001:db8:0:1::/64,US,US-CA,San Jose,\n',
    ['198.51.100.10/31', '2001:db8:0:1::/64'],
  ],
  'misp-zscaler': [JSON.stringify({ name: 'Gateway', type: 'cidr', list: ['192.0.2.0/23'] }), ['192.0.2.0/23']],
  'okta-ranges': [
    JSON.stringify({
      us_cell_1: { ip_ranges: ['192.0.2.0/25', '198.51.100.0/26'] },
      eu_cell_1: { ip_ranges: ['203.0.113.0/26'] },
    }),
    ['192.0.2.0/25', '198.51.100.0/26', '203.0.113.0/26'],
  ],
}

/** Formats of several files or of a database: what they read is tested where they are read. */
const WITHOUT_SAMPLE = ['taxii', 'misp_feed', 'mmdb_anonymous', 'mmdb_asn']

describe('CATALOGUE', () => {
  test('every id once, the recommended first, and these work without a key', () => {
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length)
    const recommended = CATALOGUE.filter(({ isRecommended }) => isRecommended)
    expect(recommended).toHaveLength(5)
    expect(CATALOGUE.slice(0, 5)).toEqual(recommended)
    expect(recommended.every(({ needsKey, url }) => needsKey === null && url !== null)).toBe(true)
    expect(findCatalogueEntry('ipsum')?.options).toEqual({ minScore: 3 })
    expect(findCatalogueEntry('nothing')).toBeUndefined()
  })

  test.each(CATALOGUE.map((entry) => [entry.id, entry] as const))('%s has the settings of a feed', (id, entry) => {
    const settings = readSettings({ ...entry, feedId: id, catalogueId: id })
    expect(settings).toMatchObject({ feedId: id, catalogueId: id, format: entry.format, options: entry.options })
    expect(entry.url?.includes('{key}') ?? false).toBe(entry.needsKey?.kind === 'url')
    expect(entry.needsKey?.header != null).toBe(entry.needsKey?.kind === 'header')
    for (const text of [entry.description, entry.terms, ...(entry.pitfall === null ? [] : [entry.pitfall])]) {
      expect(text).toMatch(/^\S.{2,150}\.$/)
    }
  })

  test('every one whose content comes in one piece has a sample', () => {
    const whole = CATALOGUE.filter(({ format }) => !WITHOUT_SAMPLE.includes(format)).map(({ id }) => id)
    expect(whole.sort()).toEqual(Object.keys(SAMPLES).sort())
  })

  test.each(Object.entries(SAMPLES))('%s is read', (id, [content, ranges]) => {
    const entry = findCatalogueEntry(id)!
    const reader = createFeedReader({ ...entry, intent: null })
    const outcomes = [reader.push(new TextEncoder().encode(content)), reader.end()]
    const entries = outcomes.flatMap((outcome) => (outcome.status === 'entries' ? outcome.entries : []))
    expect(outcomes.filter(({ status }) => status === 'refused')).toEqual([])
    expect(entries.map(({ range }) => range).sort()).toEqual([...ranges].sort())
    expect(reader.summary()).toMatchObject({ rejected: 0 })
  })
})
