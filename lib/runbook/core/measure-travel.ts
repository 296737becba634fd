// Whether the same account was somewhere else too soon before or after to have travelled.
import type { Place } from '@/lib/okta/core/read-place'

const EARTH_KM = 6371
/** Faster than any airliner, over more than the error of placing an address. */
const IMPOSSIBLE_KM_PER_HOUR = 900
const LEAST_KM = 500
/** Without coordinates, another country within so long. */
const COUNTRY_MINUTES = 60

/** A use of the account, and where Okta places it. */
export interface PlacedUse {
  uuid: string
  at: Date
  place: Place | null
  country: string | null
}

export interface Travel {
  /** The other use. */
  uuid: string
  at: Date
  /** City or country of the other use. */
  where: string
  /** Null where one of the two has no coordinates. */
  km: number | null
  minutes: number
  isBefore: boolean
}

/** The least possible of the changes of place between this use and others; null where all could have been travelled, or nothing tells. */
export function measureTravel(current: PlacedUse, others: readonly PlacedUse[]): Travel | null {
  const impossible = others.flatMap((other) => {
    const travel = between(current, other)
    return travel === null ? [] : [travel]
  })
  return impossible.reduce<Travel | null>((worst, travel) => (isWorse(travel, worst) ? travel : worst), null)
}

function between(current: PlacedUse, other: PlacedUse): Travel | null {
  const ms = current.at.getTime() - other.at.getTime()
  const minutes = Math.round(Math.abs(ms) / 60_000)
  const rest = { uuid: other.uuid, at: other.at, minutes, isBefore: ms >= 0 }
  if (current.place !== null && other.place !== null) {
    const km = distanceKm(current.place, other.place)
    // Clocks of two log lines differ by less than a minute.
    const speed = km / (Math.max(minutes, 1) / 60)
    if (km < LEAST_KM || speed <= IMPOSSIBLE_KM_PER_HOUR) return null
    return { ...rest, km: Math.round(km), where: other.place.city ?? other.place.country ?? 'another place' }
  }
  const isElsewhere = current.country !== null && other.country !== null && current.country !== other.country
  return isElsewhere && minutes < COUNTRY_MINUTES ? { ...rest, km: null, where: other.country! } : null
}

function isWorse(travel: Travel, than: Travel | null): boolean {
  if (than === null) return true
  const speed = ({ km, minutes }: Travel) => (km ?? 0) / Math.max(minutes, 1)
  return speed(travel) > speed(than)
}

/** Great circle. */
function distanceKm(a: Place, b: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const dLat = radians(b.lat - a.lat)
  const dLon = radians(b.lon - a.lon)
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}
