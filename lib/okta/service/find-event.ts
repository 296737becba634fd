// One stored event, for whoever shows or explains it.
import { sql } from '@/lib/db/database'
import { findEvent as findStoredEvent, type StoredEvent } from '../store/event'

/** The event with its exact text; null when it never came, or retention has dropped it. The uuid may be in any letter case. */
export function findEvent(orgId: string, uuid: string): Promise<StoredEvent | null> {
  return findStoredEvent(sql(), orgId, uuid)
}
