// What is read of one object of a collection: a STIX indicator or a MISP event.
import type { LineOutcome } from '../model'

export interface ObjectReading {
  objectId: string
  /** Of two readings of one object the greater text is newer. */
  revision: string
  /** No entries for an object that is withdrawn. */
  outcome: LineOutcome
  /** Shown to the operator when it is left out. */
  text: string
}

/** Ids of objects are kept and compared, so they must be texts that a database keeps. */
export const MAX_OBJECT_ID_LENGTH = 200

/** The newest reading of each object; of equally new ones the last. */
export function newestReadings(readings: Iterable<ObjectReading>): Map<string, ObjectReading> {
  const newest = new Map<string, ObjectReading>()
  for (const reading of readings) {
    const known = newest.get(reading.objectId)
    if (known === undefined || known.revision <= reading.revision) newest.set(reading.objectId, reading)
  }
  return newest
}
