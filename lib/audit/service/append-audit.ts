// The one way anything is recorded: inside the transaction that does it, as its last lock.
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { chainEntries } from '../core/chain-entries'
import type { AuditRecord } from '../model'
import { insertEntries, lockHead } from '../store'

/**
 * Appends entries to the chain of the actor's org. Call it inside a transaction, after every other lock was taken: appends of one
 * org wait for each other here until commit.
 */
export async function appendAudit(sql: Sql, actor: Actor, entries: readonly AuditRecord[], at: Date): Promise<void> {
  if (entries.length === 0) return
  const head = await lockHead(sql, actor.orgId)
  await insertEntries(sql, head, chainEntries(head, actor, entries, at))
}
