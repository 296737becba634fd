import { describe, expect, test } from 'vitest'
import { oktaServicesOf, readOktaServices } from './read-okta-services'
import { readFactor } from './read-factor'
import { readPlace } from './read-place'

const text = (event: unknown) => JSON.stringify(event)
const debug = (debugData: object, eventType = 'user.authentication.auth_via_mfa') =>
  text({ eventType, debugContext: { debugData } })
const NOTHING = [null, '', '{', 'null', '7', '[]', '{"securityContext":{"ipDetails":7},"client":[],"target":{}}']

describe('services', () => {
  const newer = text({
    securityContext: { ipDetails: { ipServiceCategories: [{ type: 'VPN', operator: 'ExampleVPN' }] } },
  })

  test('come from either place, once each', () => {
    const older = debug({ tunnels: '[{"type":"TOR","operator":null},{"type":"Tor","operator":"TOR"}]' })
    expect(readOktaServices([newer, older, newer])).toEqual(['VPN ExampleVPN', 'TOR', 'Tor'])
    expect(oktaServicesOf(newer)).toEqual([{ type: 'VPN', operator: 'ExampleVPN' }])
  })

  test.each(NOTHING)('%s names none', (raw) => expect(oktaServicesOf(raw)).toEqual([]))
})

describe('factor', () => {
  test.each([
    ['SIGNED_NONCE', true],
    ['FIDO_WEBAUTHN', true],
    ['OKTA_VERIFY_PUSH', false],
    ['OKTA_SOFT_TOKEN', false],
  ])('%s resists phishing: %s', (factor, isPhishingResistant) => {
    expect(readFactor(debug({ factor }))).toEqual({ word: factor, isPhishingResistant })
  })

  test('what was verified wins over what the kind is known for', () => {
    const event = (properties: string) =>
      text({
        eventType: 'user.session.start',
        authenticationContext: { credentialType: 'SIGNED_NONCE' },
        target: [null, { detailEntry: null }, { detailEntry: { methodUsedVerifiedProperties: properties } }],
      })
    expect(readFactor(event('[USER_PRESENCE, DEVICE_BOUND]'))).toMatchObject({ isPhishingResistant: false })
    expect(readFactor(event('[USER_PRESENCE, PHISHING_RESISTANT]'))).toMatchObject({ isPhishingResistant: true })
  })

  test('a factor that is enrolled was not signed in with', () => {
    expect(readFactor(debug({ factor: 'SIGNED_NONCE' }, 'user.mfa.factor.activate'))).toBeNull()
  })

  test.each(NOTHING)('%s names none', (raw) => expect(readFactor(raw)).toBeNull())
})

describe('place', () => {
  const at = (geolocation: unknown, city: unknown = 'Zurich') =>
    text({ client: { geographicalContext: { city, country: 'Switzerland', geolocation } } })

  test('needs coordinates', () => {
    expect(readPlace(at({ lat: 47.4, lon: 8.5 }))).toEqual({
      lat: 47.4,
      lon: 8.5,
      city: 'Zurich',
      country: 'Switzerland',
    })
    expect(readPlace(at({ lat: 47.4, lon: 8.5 }, 'null'))).toMatchObject({ city: null })
  })

  test.each([null, { lat: 0, lon: 0 }, { lat: 91, lon: 0 }, { lat: 1, lon: -181 }, { lat: '1', lon: 1 }, { lat: 1 }])(
    '%j are none',
    (geolocation) => expect(readPlace(at(geolocation))).toBeNull(),
  )

  test.each(NOTHING)('%s is nowhere', (raw) => expect(readPlace(raw)).toBeNull())
})
