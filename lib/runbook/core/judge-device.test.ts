import { describe, expect, test } from 'vitest'
import type { BaselineRows, DeviceUse } from '../model'
import { judgeDevice, type DeviceFacts } from './judge-device'

const AT = new Date('2026-03-20T07:31:00Z')
const HOUR = 3_600_000
const hoursAgo = (hours: number) => new Date(AT.getTime() - hours * HOUR)
const baseline: BaselineRows = {
  ...{ events: 100, countries: [], clients: [], days: [] },
  networks: [{ asNumber: 64496, asOrg: 'Example Corp', events: 100, days: 20 }],
}

function use(device: string, asNumber: number, from: number, to: number, isManaged: boolean | null = null): DeviceUse {
  return { device, asNumber, events: 10, firstAt: hoursAgo(from), lastAt: hoursAgo(to), isManaged }
}
function judge(change: Partial<DeviceFacts>) {
  const named = { deviceId: 'guo1', dtHash: 'd7', isManaged: null }
  return judgeDevice({ ...named, uses: [], firstSeen: AT, baseline, ...change })
}
const OFFICE = 64496

describe('judgeDevice', () => {
  test('the registered device of the office', () => {
    const { device, byDevice } = judge({ uses: [use('id:guo1', OFFICE, 200, 30, true), use('dt:d7', OFFICE, 300, 30)] })
    expect(byDevice).toEqual({
      ...{ namedBy: 'registered', isManaged: true, firstAt: hoursAgo(200), usualNetworks: ['AS64496 Example Corp'] },
    })
    expect(device).toMatchObject({ isNamed: true, isKnown: true, isManaged: true, networks: ['AS64496 Example Corp'] })
    expect(device.lastAt).toBe(hoursAgo(30).toISOString())
  })

  test('a cookie on a registered device of a stranger is no knowledge', () => {
    const { byDevice, device } = judge({ deviceId: 'guo-thief', uses: [use('dt:d7', OFFICE, 300, 30)] })
    expect([byDevice.namedBy, byDevice.firstAt, device.isKnown]).toEqual(['registered', null, false])
  })

  test('a cookie is known as a cookie only', () => {
    const { byDevice, device } = judge({ deviceId: null, isManaged: true, uses: [use('dt:d7', OFFICE, 300, 30)] })
    expect([byDevice.namedBy, byDevice.isManaged, device.isKnown]).toEqual(['cookie', false, true])
  })

  test('what the event says of being managed wins', () => {
    expect(judge({ isManaged: false, uses: [use('id:guo1', OFFICE, 200, 30, true)] }).device.isManaged).toBe(false)
  })

  test('use that began with the signal is no knowledge', () => {
    const { device, byDevice } = judge({ uses: [use('id:guo1', 64511, 0, -5)] })
    expect(device).toMatchObject({ isKnown: false, firstAt: null, lastAt: null, networks: [] })
    expect(byDevice).toMatchObject({ namedBy: 'registered', firstAt: null })
  })

  test('use of the same day, or on an unusual network, makes nothing usual', () => {
    const recent = judge({ uses: [use('id:guo1', OFFICE, 23, 1), use('id:guo1', 64511, 500, 400)] })
    expect(recent.byDevice).toMatchObject({ usualNetworks: [], firstAt: hoursAgo(500) })
    expect(recent.device.networks).toEqual(['AS64496 Example Corp', 'AS64511'])
  })

  test('use that goes on after the signal ends at no known instant before it', () => {
    expect(judge({ uses: [use('id:guo1', OFFICE, 200, -10)] }).device).toMatchObject({ isKnown: true, lastAt: null })
  })

  test('no device is named', () => {
    const { device, byDevice } = judge({ deviceId: null, dtHash: null })
    expect([device.isNamed, byDevice.namedBy]).toEqual([false, null])
  })
})
