// An event that came but could not be used, for whoever looks for it by its id.
import { sql } from '@/lib/db/database'
import type { RejectedEvent } from '../model'
import { findWaiting } from '../store/quarantine'

/** An event in quarantine with when it came, ISO 8601, and how often. */
export interface WaitingEvent extends RejectedEvent {
  firstSeenAt: string
  lastSeenAt: string
  occurrences: number
}

/** Ids are 36 characters; less would find texts that have nothing to do with it. */
const SHORTEST = 16

/** The event in quarantine whose text has this id; null if none has, or what waits is more than can be searched. */
export async function findWaitingEvent(orgId: string, uuid: string): Promise<WaitingEvent | null> {
  const found = uuid.length < SHORTEST ? null : await findWaiting(sql(), orgId, uuid)
  if (!found) return null
  const { reason, detail, raw, occurrences, firstSeenAt, lastSeenAt } = found
  return {
    ...{ reason, detail, raw, occurrences },
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }
}
