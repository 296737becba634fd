// Proves that an org's audit log is as it was written.
import { sql } from '@/lib/db/database'
import { followChain } from '../core/chain-entries'
import { GENESIS, type AuditHead, type ChainVerdict } from '../model'
import { findHead, listEntries } from '../store'

const PAGE = 5000

/** Recomputes every hash of an org's chain, in pages, and compares the end with the stored head. */
export async function verifyChain(orgId: string): Promise<ChainVerdict> {
  // Entries appended after this instant are left for the next run: the head read first is the end we verify.
  const end = (await findHead(sql(), orgId)) ?? GENESIS
  let head: AuditHead = GENESIS
  while (head.seq < end.seq) {
    const page = await listEntries(sql(), orgId, head.seq, Math.min(PAGE, Number(end.seq - head.seq)))
    if (page.length === 0) return { status: 'broken', seq: head.seq + 1n, reason: 'gap' }
    const next = followChain(head, page)
    if ('status' in next) return next
    head = next
  }
  if (head.hash !== end.hash) return { status: 'broken', seq: end.seq, reason: 'head' }
  return { status: 'intact', entries: Number(end.seq) }
}
