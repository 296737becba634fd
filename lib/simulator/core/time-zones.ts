// Local time of the company's sites, from rules of our own: the same on every machine, whatever its time-zone data.

export const HOUR = 3_600_000
export const MINUTE = 60_000
export const DAY = 86_400_000

export interface Zone {
  name: string
  standardMinutes: number
  summerTime: 'eu' | 'us' | 'none'
}

export const ZONES = {
  amsterdam: { name: 'Europe/Amsterdam', standardMinutes: 60, summerTime: 'eu' },
  chicago: { name: 'America/Chicago', standardMinutes: -360, summerTime: 'us' },
  denver: { name: 'America/Denver', standardMinutes: -420, summerTime: 'us' },
  singapore: { name: 'Asia/Singapore', standardMinutes: 480, summerTime: 'none' },
  lisbon: { name: 'Europe/Lisbon', standardMinutes: 0, summerTime: 'eu' },
  tokyo: { name: 'Asia/Tokyo', standardMinutes: 540, summerTime: 'none' },
} as const satisfies Record<string, Zone>

/** Whole days since 1970 that contain the instant, in UTC. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY)
}

/** 0 is Sunday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** Minutes to add to UTC on the given day; summer time changes at midnight, which is near enough for a diary. */
export function offsetMinutes(zone: Zone, day: number): number {
  if (zone.summerTime === 'none') return zone.standardMinutes
  const year = new Date(day * DAY).getUTCFullYear()
  const begins = zone.summerTime === 'eu' ? lastSunday(year, 2) : nthSunday(year, 2, 2)
  const ends = zone.summerTime === 'eu' ? lastSunday(year, 9) : nthSunday(year, 10, 1)
  return zone.standardMinutes + (day >= begins && day < ends ? 60 : 0)
}

/** The instant (ms since 1970) at which clocks in the zone show the given minutes after midnight of that day. */
export function localInstant(zone: Zone, day: number, minutes: number): number {
  return day * DAY + Math.round((minutes - offsetMinutes(zone, day)) * MINUTE)
}

function nthSunday(year: number, month: number, nth: number): number {
  const first = dayOf(Date.UTC(year, month, 1))
  return first + ((7 - weekday(first)) % 7) + (nth - 1) * 7
}

function lastSunday(year: number, month: number): number {
  const last = dayOf(Date.UTC(year, month + 1, 0))
  return last - weekday(last)
}
