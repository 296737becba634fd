import { describe, expect, test } from 'vitest'
import type { Coverage, Gap } from '@/lib/okta/model'
import type { BaselineRows, SearchWindow } from '../model'
import {
  buildDimensions,
  buildHours,
  chooseWindow,
  daysOf,
  nameClient,
  nameNetwork,
  usualNetworks,
} from './build-baseline'

const UNTIL = new Date('2026-03-20T07:31:00Z')
const DAY = 86_400_000
const daysAgo = (days: number) => new Date(UNTIL.getTime() - days * DAY)
const ROWS: BaselineRows = {
  events: 100,
  networks: [
    { asNumber: 64496, asOrg: 'Example Corp', events: 90, days: 20 },
    { asNumber: 64500, asOrg: '', events: 6, days: 1 },
    { asNumber: 64501, asOrg: 'Hotel', events: 4, days: 2 },
    { asNumber: 0, asOrg: '', events: 0, days: 0 },
  ],
  countries: [
    { country: 'Netherlands', events: 60 },
    { country: '', events: 40 },
  ],
  clients: [
    { os: 'Mac OS 15', browser: 'CHROME', events: 70 },
    { os: 'Mac OS 14.5 (Sonoma)', browser: 'CHROME', events: 20 },
    { os: '', browser: '', events: 10 },
  ],
  days: [
    { day: '2026-03-16', hours: (1 << 7) | (1 << 23) },
    { day: '2026-03-09', hours: 1 << 7 },
  ],
}
const EMPTY: BaselineRows = { events: 0, networks: [], countries: [], clients: [], days: [] }
const NO_USE = { asNumber: null, asOrg: null, country: null, os: null, browser: null, networkType: null }

describe('chooseWindow', () => {
  /** Stored whole since then, except for instants that were lost. */
  const since = (from: Date, lost: readonly Date[] = []) => {
    return (window: SearchWindow): Coverage => {
      const gaps: Gap[] = lost.filter((at) => at >= window.from).map((at) => ({ from: at, to: at, reason: 'lost' }))
      if (from > window.from) gaps.push({ from: window.from, to: from, reason: 'before' })
      return { isComplete: gaps.length === 0, gaps }
    }
  }

  test.each([
    ['all of it', since(daysAgo(400)), 90, true],
    ['its end', since(daysAgo(61)), 61, true],
    ['just enough', since(daysAgo(28)), 28, true],
    ['too little', since(daysAgo(27)), 90, false],
    ['all but one event long ago', since(daysAgo(400), [daysAgo(50)]), 90, false],
  ])('stored: %s', (_, coverageOf, days, isComplete) => {
    const { window, coverage } = chooseWindow(UNTIL, coverageOf)
    expect([daysOf(window), coverage.isComplete]).toEqual([days, isComplete])
    expect(window.to).toEqual(UNTIL)
  })
})

describe('buildDimensions', () => {
  test('shares are of what gave a value, clients without versions', () => {
    const current = {
      ...NO_USE,
      asNumber: 64510,
      asOrg: 'New',
      country: 'Netherlands',
      os: 'Mac OS 16',
      browser: 'CHROME',
    }
    const types = [
      { type: 'corporate_egress' as const, events: 3 },
      { type: 'unlisted' as const, events: 1 },
    ]
    const dimensions = buildDimensions(ROWS, types, { ...current, networkType: 'tor' })
    expect(dimensions).toMatchObject([
      {
        name: 'network',
        isFirstTime: true,
        current: { label: 'AS64510 New', events: 0, share: 0 },
        top: [{ label: 'AS64496 Example Corp', share: 0.9 }, { label: 'AS64500' }, { label: 'AS64501 Hotel' }],
      },
      { name: 'country', isFirstTime: false, current: { share: 1 }, top: [{ value: 'Netherlands', events: 60 }] },
      { name: 'client', isFirstTime: false, current: { value: 'Mac OS, Chrome', events: 90, share: 1 } },
      {
        name: 'network_type',
        isFirstTime: true,
        current: { label: 'Tor' },
        top: [{ label: 'office', share: 0.75 }, {}],
      },
    ])
  })

  test('no history and no value are neither first nor known', () => {
    const current = { ...NO_USE, country: 'Nepal' }
    const of = (rows: BaselineRows) => buildDimensions(rows, [], current).map(({ isFirstTime }) => isFirstTime)
    expect(of(EMPTY)).toEqual([null, null, null, null])
    expect(of(ROWS)).toEqual([null, true, null, null])
  })

  test('at most ten values, equal ones in one order', () => {
    const networks = Array.from({ length: 30 }, (_, n) => ({
      asNumber: 100 + ((n * 7) % 30),
      asOrg: '',
      events: 1,
      days: 1,
    }))
    const [network] = buildDimensions({ ...ROWS, networks }, [], NO_USE)
    expect(network!.top.map(({ value }) => value)).toEqual(Array.from({ length: 10 }, (_, n) => String(100 + n)))
  })
})

test.each([
  ['Windows 10', 'CHROME', 'Windows, Chrome'],
  ['iOS 17.2 (iPhone)', 'SAFARI_MOBILE', 'iOS, Safari mobile'],
  ['7', null, '7'],
  [null, 'FIREFOX', 'Firefox'],
  [null, null, null],
  ['\u202eevil\u0000', '<script>', 'evil, <script>'],
])('client %j %j', (os, browser, expected) => {
  expect(nameClient(os, browser)).toBe(expected)
})

test('names of networks are one short line', () => {
  const name = nameNetwork(64500, `\u202e${'x'.repeat(10_000)}\n`)
  expect(name).toHaveLength('AS64500 '.length + 80)
  expect(name).not.toMatch(/[\u202e\n]/)
})

test('usual is what is used on three days, or for a twentieth', () => {
  expect([...usualNetworks(ROWS)]).toEqual([64496, 64500])
})

test('weeks of activity by hour of the week, Monday first', () => {
  const { weeks, of, hour } = buildHours(ROWS, { from: daysAgo(90), to: UNTIL })
  expect([weeks[7], weeks[23], weeks.reduce((sum, count) => sum + count)]).toEqual([2, 1, 3])
  // 20 March 2026 is a Friday.
  expect([of, hour]).toEqual([13, 4 * 24 + 7])
})
