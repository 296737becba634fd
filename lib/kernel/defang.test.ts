import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defang, defangText, refang } from './defang'

describe('defang', () => {
  it.each([
    ['198.51.100.7', '198.51.100[.]7'],
    ['198.51.100.0/24', '198.51.100[.]0/24'],
    ['198.51.100.7:8080', '198.51.100[.]7:8080'],
    ['2001:db8:1::5', '2001:db8[:]1::5'],
    ['2001:db8::1', '2001:db8[:]:1'],
    ['2001:db8::/32', '2001:db8[:]:/32'],
    ['::1', ':[:]1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2[.]1'],
    ['example.com', 'example[.]com'],
    ['a.b.example.com:443', 'a.b.example[.]com:443'],
    ['https://example.com/a.b?c=d.e', 'hxxps://example[.]com/a.b?c=d.e'],
    ['http://198.51.100.7/x', 'hxxp://198.51.100[.]7/x'],
  ])('makes %s harmless', (plain, harmless) => {
    expect(defang(plain)).toBe(harmless)
  })

  it.each(['dana@example.com', '00T4kExample9xQ', 'AS64500', 'Example Relay Ltd.', '', '12:30', '1.5', 'v1.2.3'])(
    'leaves %j as it is',
    (text) => {
      expect(defang(text)).toBe(text)
    },
  )
})

describe('refang', () => {
  it.each([
    ['198.51.100[.]7', '198.51.100.7'],
    ['1[.]2[.]3[.]4', '1.2.3.4'],
    ['1(.)2{.}3[dot]4', '1.2.3.4'],
    ['198.51.100[ . ]7', '198.51.100.7'],
    ['2001:db8[:]1', '2001:db8:1'],
    ['hxxp://example[.]com', 'http://example.com'],
    ['HXXPS[://]example(DOT)com/a', 'https://example.com/a'],
    ['dana[at]example[.]com', 'dana@example.com'],
    ['198\\.51\\.100\\.7', '198.51.100.7'],
    ['  198.51.100.7\u200b ', '198.51.100.7'],
  ])('reads %j', (harmless, plain) => {
    expect(refang(harmless)).toBe(plain)
  })

  it('takes back what defang did, for every address', () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => refang(defang(address)) === address))
  })

  it('never leaves an address as it was', () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => defang(address) !== address))
  })
})

describe('defangText', () => {
  it.each([
    ['Token used from 198.51.100.7 (Tor exit), 4 calls', 'Token used from 198.51.100[.]7 (Tor exit), 4 calls'],
    ['Both 198.51.100.7, and 203.0.113.9.', 'Both 198.51.100[.]7, and 203.0.113[.]9.'],
    ['inside 198.51.100.0/24:', 'inside 198.51.100[.]0/24:'],
    ['from 2001:db8:1::5, AS64500', 'from 2001:db8[:]1::5, AS64500'],
    ['at [2001:db8::1]:443', 'at [2001:db8[:]:1]:443'],
    ['mapped ::ffff:192.0.2.1', 'mapped ::ffff:192.0.2[.]1'],
    ['see https://example.com/a, please', 'see hxxps://example[.]com/a, please'],
    ['Chrome 121.0.0.0', 'Chrome 121.0.0[.]0'],
  ])('makes what is an address in %j harmless', (plain, harmless) => {
    expect(defangText(plain)).toBe(harmless)
  })

  it.each([
    '22 Nov 2026 08:14:07 UTC',
    'user.session.start by dana@example.com',
    'E1: Known',
    '1.2.3.4.5',
    '999.1.1.1',
    'a::b::c',
    '198.51.100[.]7',
  ])('leaves %j as it is', (text) => {
    expect(defangText(text)).toBe(text)
  })

  it('leaves no address behind in any text, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.constantFrom(' ', '(', ', ', '"'), (ip, around) => {
        const once = defangText(`from${around}${ip}${around}on`)
        expect(once).not.toContain(`${around}${ip}${around}`)
        expect(defangText(once)).toBe(once)
      }),
    )
  })
})
