// The hash chain: each entry's hash covers its own columns and the hash before it, so that no row can be changed, added or taken
// out of the middle without every later hash being wrong.
import { createHash } from 'node:crypto'
import type { Actor } from '@/lib/kernel/actor'
import type { AuditEntry, AuditHead, AuditRecord, ChainVerdict } from '../model'
import { canonicalJson, storableJson, storableText } from './canonical-json'

/** SHA-256, as hex, over the previous hash and the canonical columns of an entry. */
export function hashEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const columns = [
    entry.orgId,
    entry.seq.toString(),
    entry.at.toISOString(),
    entry.actorKind,
    entry.actorId,
    entry.actorName,
    entry.action,
    entry.subjectType,
    entry.subjectId,
    entry.detail,
  ]
  return createHash('sha256')
    .update(`${entry.previousHash}\n${canonicalJson(columns)}`)
    .digest('hex')
}

/** The entries that follow `head`, in the order of `records`. */
export function chainEntries(head: AuditHead, actor: Actor, records: readonly AuditRecord[], at: Date): AuditEntry[] {
  let previous = head
  return records.map((record) => {
    const unhashed = {
      orgId: actor.orgId,
      seq: previous.seq + 1n,
      at,
      actorKind: actor.kind,
      actorId: storableText(actor.id),
      actorName: storableText(actor.name),
      action: storableText(record.action),
      subjectType: storableText(record.subjectType),
      subjectId: storableText(record.subjectId),
      detail: storableJson(record.detail) as Record<string, unknown>,
      previousHash: previous.hash,
    }
    const entry = { ...unhashed, hash: hashEntry(unhashed) }
    previous = entry
    return entry
  })
}

/** Follows a chain from `head` over the next stored entries and tells the first that does not fit, or the new head. */
export function followChain(
  head: AuditHead,
  entries: readonly AuditEntry[],
): AuditHead | Extract<ChainVerdict, { status: 'broken' }> {
  let previous = head
  for (const entry of entries) {
    const seq = previous.seq + 1n
    if (entry.seq !== seq) return { status: 'broken', seq, reason: 'gap' }
    if (entry.previousHash !== previous.hash) return { status: 'broken', seq, reason: 'previous_hash' }
    if (hashEntry(entry) !== entry.hash) return { status: 'broken', seq, reason: 'hash' }
    previous = { seq, hash: entry.hash }
  }
  return previous
}
