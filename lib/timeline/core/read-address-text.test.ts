import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defang } from '@/lib/kernel/defang'
import { canonicalIp } from '@/lib/kernel/ip-address'
import { readAddressText } from './read-address-text'

describe('readAddressText', () => {
  test.each([
    ['198.51.100.7', '198.51.100.7'],
    ['  198.51.100.7\n', '198.51.100.7'],
    ['198.51.100[.]7', '198.51.100.7'],
    ['198[.]51(dot)100{.}7', '198.51.100.7'],
    ['198.51.100.7/32', '198.51.100.7'],
    ['198.51.100.7:8443', '198.51.100.7'],
    ['hxxps://198.51.100[.]7:8443/login?x=1', '198.51.100.7'],
    ['https://ana@198.51.100.7/', '198.51.100.7'],
    ['::FFFF:198.51.100.7', '198.51.100.7'],
    ['::ffff:c633:6407', '198.51.100.7'],
    ['2001:DB8:0:0:0:0:0:7', '2001:db8::7'],
    ['2001:db8[:]:7', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['[2001:db8::7]:443', '2001:db8::7'],
    ['https://[2001:db8::7]:443/x', '2001:db8::7'],
    ['2001:db8::7/128', '2001:db8::7'],
  ])('%s', (text, ip) => {
    expect(readAddressText(text)).toEqual({ status: 'ok', ip })
  })

  test.each([
    ['', /^Type one/],
    ['example.com', /^"example\.com" is no IP address\. Type one/],
    ['198.51.100', /is no IP address/],
    ['198.51.100.0/24', /but a range/],
    ['198.51.100.07', /leading zero/],
    ['fe80::1%eth0', /zones/],
    ['1'.repeat(5000), /…" is no IP address/],
  ])('refuses %j and says what to type', (text, message) => {
    const read = readAddressText(text)
    expect(read).toMatchObject({ status: 'invalid' })
    expect(read.status === 'invalid' && read.message).toMatch(message)
  })

  test('takes every address back that was defanged', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
        const canonical = canonicalIp(ip)
        if (canonical !== null) expect(readAddressText(defang(canonical))).toEqual({ status: 'ok', ip: canonical })
      }),
    )
  })

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => ['ok', 'invalid'].includes(readAddressText(text).status)))
  })
})
