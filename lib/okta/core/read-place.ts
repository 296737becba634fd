// Where on the globe Okta places the client of an event; coordinates stand only in the text of the event.
import { parseText, valueAt, wordAt } from './event-text'

export interface Place {
  /** Degrees. */
  lat: number
  lon: number
  city: string | null
  country: string | null
}

/** Null where the event gives no coordinates, or impossible ones. */
export function readPlace(raw: string | null): Place | null {
  const context = valueAt(parseText(raw), 'client', 'geographicalContext')
  const lat = valueAt(context, 'geolocation', 'lat')
  const lon = valueAt(context, 'geolocation', 'lon')
  if (typeof lat !== 'number' || typeof lon !== 'number' || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null
  // What Okta writes where it knows no place.
  if (lat === 0 && lon === 0) return null
  return { lat, lon, city: wordAt(context, 'city'), country: wordAt(context, 'country') }
}
