// Copies of events that signals cite. Invariant: what a signal cites outlives the retention of events.
import type { Sql } from '@/lib/db/sql'

/** Copies the text of cited events older than an instant to their findings. Run it before retention drops the events. */
export async function copyCitedEvents(tx: Sql, before: Date): Promise<void> {
  await tx.query(
    `UPDATE signal_event cited SET raw = stored.raw FROM event stored
     WHERE cited.raw IS NULL AND cited.published < $1 AND stored.published < $1
       AND stored.org_id = cited.org_id AND stored.published = cited.published AND stored.uuid = cited.event_uuid`,
    [before],
  )
}
