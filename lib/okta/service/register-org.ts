// Makes an org known, at start and before an import.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import { systemActor } from '@/lib/kernel/actor'
import { now } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { makeOrgId } from '../core/make-org-id'
import { readCursor, saveCursor, SYSTEM_LOG_STREAM } from '../store/cursor'
import { insertOrg, lockOrg, updateOrg, type OrgKind, type OrgRow } from '../store/org'

export interface RegisterOrgInput {
  /** Default: a slug of the host of `url`, or of `name`. */
  orgId?: string
  name: string
  /** Origin; null for an org that is only imported into. */
  url: string | null
  kind: OrgKind
}

/**
 * Adds an org, or brings name and address of the known one up to date; changes nothing when nothing differs.
 *
 * An import takes an org as it is, of whatever kind. An imported org may become a polled one. When the address changes, the saved
 * `next` link belongs to the old one: it is set aside, and polling restarts by time.
 *
 * @throws AppError invalid_input when no id can be made of the name; conflict when a demo and a real org would become one.
 */
export async function registerOrg(input: RegisterOrgInput): Promise<OrgRow> {
  const orgId = input.orgId ?? makeOrgId(input.url ?? input.name)
  if (orgId === null)
    throw new AppError('invalid_input', `No id can be made of the name "${input.name}": use letters or digits.`)
  const { name, url, kind } = input
  return withTransaction(async (tx) => {
    const at = now()
    if (await insertOrg(tx, { orgId, name, url, kind }, at)) {
      await audit(tx, orgId, 'org.registered', { name, url, kind }, at)
      return lockOrg(tx, orgId)
    }
    const known = await lockOrg(tx, orgId)
    if (kind === 'imported' || (known.name === name && known.url === url && known.kind === kind)) return known
    if (known.kind !== 'imported' && known.kind !== kind) {
      throw new AppError(
        'conflict',
        `The org ${orgId} is already known as ${known.kind}: use another data folder or database for ${kind}.`,
      )
    }
    await updateOrg(tx, { orgId, name, url, kind })
    if (known.url !== url) await setCursorAside(tx, orgId, at)
    const before = { name: known.name, url: known.url, kind: known.kind }
    await audit(tx, orgId, 'org.changed', { from: before, to: { name, url, kind } }, at)
    return lockOrg(tx, orgId)
  })
}

async function setCursorAside(tx: Sql, orgId: string, at: Date): Promise<void> {
  const cursor = await readCursor(tx, orgId, SYSTEM_LOG_STREAM)
  if (cursor?.nextUrl)
    await saveCursor(tx, orgId, SYSTEM_LOG_STREAM, { nextUrl: null, rejectedUrl: cursor.nextUrl }, at)
}

function audit(tx: Sql, orgId: string, action: string, detail: Record<string, unknown>, at: Date): Promise<void> {
  return appendAudit(tx, systemActor(orgId), [{ action, subjectType: 'org', subjectId: orgId, detail }], at)
}
