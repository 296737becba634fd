// Month partitions of the event table: made when an event of that month arrives, dropped by retention.
import type { Sql } from '@/lib/db/sql'
import { cutSpans } from './coverage'

/** Lets one transaction at a time make partitions; held to its end. Not taken to drop them: that waits for every append anyway. */
const PARTITION_LOCK = 7_270_190_501n
const DROP_LOCK_TIMEOUT = '2s'

/**
 * Makes the partitions that these instants need. Must run in the transaction that inserts the events.
 *
 * A new one is attached rather than created in place: that does not block readers and writers of the other months.
 */
export async function ensurePartitions(tx: Sql, instants: Iterable<Date>): Promise<void> {
  const months = new Map<string, Date>()
  let last: Date | undefined
  for (const instant of instants) {
    // Neighbours nearly always share their month.
    if (last?.getUTCMonth() === instant.getUTCMonth() && last.getUTCFullYear() === instant.getUTCFullYear()) continue
    last = firstOfMonth(instant)
    months.set(partitionName(last), last)
  }
  const missing = await missingPartitions(tx, [...months.keys()])
  if (missing.length === 0) return
  await tx.query('SELECT pg_advisory_xact_lock($1)', [PARTITION_LOCK])
  // Another process may have made them while we waited.
  for (const name of await missingPartitions(tx, missing)) {
    const from = months.get(name)!
    const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1))
    await tx.query(
      `CREATE TABLE ${name} (LIKE event INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMPRESSION)`,
    )
    await tx.query(
      `ALTER TABLE event ATTACH PARTITION ${name} FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`,
    )
  }
}

/**
 * Drops the partitions that end at or before an instant; the month that contains it stays. Rollups stay; what was known to be whole ends there.
 *
 * Gives up after two seconds when the table is busy, by throwing: run it in a transaction of its own and again later.
 *
 * @returns names of the dropped tables.
 */
export async function dropPartitionsBefore(tx: Sql, before: Date): Promise<string[]> {
  const bound = partitionName(before)
  const rows = await tx.query<{ name: string }>(
    `SELECT child.relname AS name FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
     WHERE inhparent = 'event'::regclass AND child.relname COLLATE "C" < $1 ORDER BY 1`,
    [bound],
  )
  if (rows.length === 0) return []
  await tx.query(`SELECT set_config('lock_timeout', $1, true)`, [DROP_LOCK_TIMEOUT])
  for (const { name } of rows) await tx.query(`DROP TABLE IF EXISTS ${name}`)
  await tx.query('DELETE FROM event_key WHERE published < $1', [firstOfMonth(before)])
  await cutSpans(tx, firstOfMonth(before))
  return rows.map(({ name }) => name)
}

function firstOfMonth(instant: Date): Date {
  return new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), 1))
}

/** `event_2026_08`: names sort as months do. */
function partitionName(instant: Date): string {
  return `event_${instant.toISOString().slice(0, 7).replace('-', '_')}`
}

async function missingPartitions(tx: Sql, names: string[]): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) AS name
     WHERE NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'event'::regclass AND inhrelid = to_regclass(name))`,
    [names],
  )
  return rows.map(({ name }) => name)
}
