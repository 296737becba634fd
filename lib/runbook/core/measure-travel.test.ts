import { expect, test } from 'vitest'
import { measureTravel, type PlacedUse } from './measure-travel'

const NOON = Date.parse('2026-03-20T12:00:00Z')
const AMSTERDAM = { lat: 52.374, lon: 4.89, city: 'Amsterdam', country: 'Netherlands' }
const DENVER = { lat: 39.739, lon: -104.99, city: 'Denver', country: 'United States' }
const UTRECHT = { lat: 52.091, lon: 5.121, city: 'Utrecht', country: 'Netherlands' }

function use(minutes: number, place: PlacedUse['place'], country: string | null = null): PlacedUse {
  return { uuid: `at-${minutes}`, at: new Date(NOON + minutes * 60_000), place, country }
}
const here = use(0, AMSTERDAM, 'Netherlands')

test.each<[string, PlacedUse[], object | null]>([
  ['nobody was elsewhere', [], null],
  ['too near to tell', [use(-1, UTRECHT)], null],
  ['flown in a day', [use(-1380, DENVER)], null],
  ['an ocean in an hour', [use(-60, DENVER)], { where: 'Denver', km: 7752, minutes: 60, isBefore: true }],
  ['in the same second', [use(0, DENVER)], { minutes: 0, km: 7752 }],
  ['elsewhere soon after', [use(30, DENVER)], { minutes: 30, isBefore: false }],
  ['the faster of two', [use(-400, DENVER), use(90, DENVER)], { uuid: 'at-90' }],
  ['no coordinates, another country', [use(-59, null, 'Nepal')], { where: 'Nepal', km: null, minutes: 59 }],
  ['no coordinates, another country an hour ago', [use(-60, null, 'Nepal')], null],
  ['no coordinates, same country', [use(-1, null, 'Netherlands')], null],
  ['nothing known', [use(-1, null)], null],
])('%s', (_, others, expected) => {
  const travel = measureTravel(here, others)
  if (expected === null) expect(travel).toBeNull()
  else expect(travel).toMatchObject(expected)
})

test('places without a name are some place', () => {
  const nameless = { ...DENVER, city: null, country: null }
  expect(measureTravel(here, [use(-5, nameless)])).toMatchObject({ where: 'another place' })
})
