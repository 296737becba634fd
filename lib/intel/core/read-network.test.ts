import { expect, it } from 'vitest'
import { readNetwork } from './read-network'

it.each([
  [
    { autonomous_system_number: 64500, autonomous_system_organization: 'Example' },
    { asNumber: 64500, asOrg: 'Example' },
  ],
  [{ autonomous_system_number: 64500 }, { asNumber: 64500, asOrg: null }],
  [
    { asn: 'AS64501', as_name: 'Example', as_domain: 'example.com' },
    { asNumber: 64501, asOrg: 'Example' },
  ],
  [{ autonomous_system_number: 4294967295 }, { asNumber: 4294967295, asOrg: null }],
])('readNetwork reads %j', (record, expected) => expect(readNetwork(record)).toEqual(expected))

it.each([
  [null],
  [7],
  ['AS64500'],
  [{}],
  [{ asn: 'AS' }],
  [{ asn: { toString: 1, valueOf: 1 } }],
  [{ autonomous_system_number: 0 }],
  [{ asn: 'AS9999999999' }],
])('readNetwork takes nothing from %j', (record) => expect(readNetwork(record)).toBeNull())
