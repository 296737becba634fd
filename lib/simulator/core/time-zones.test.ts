import { expect, it } from 'vitest'
import { DAY, dayOf, localInstant, weekday, ZONES } from './time-zones'

it.each(Object.values(ZONES))('noon in $name is noon by its clocks, all year', (zone) => {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone.name,
    hour: '2-digit',
    minute: '2-digit',
    day: 'numeric',
  })
  const expected = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    hour: '2-digit',
    minute: '2-digit',
    day: 'numeric',
  })
  for (let day = dayOf(Date.UTC(2026, 0, 1)); day < dayOf(Date.UTC(2027, 0, 1)); day++) {
    expect(clock.format(localInstant(zone, day, 720))).toBe(expected.format(day * DAY + DAY / 2))
  }
})

it('counts weekdays from Sunday', () => {
  expect(weekday(dayOf(Date.UTC(2026, 7, 2)))).toBe(0)
  expect(weekday(dayOf(Date.UTC(2026, 7, 5)))).toBe(3)
})
