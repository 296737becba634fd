// Findings that were hidden: nothing is dropped, so all of them can be found.
import { z } from 'zod'
import { sql } from '@/lib/db/database'
import { decodeCursor, encodeCursor } from '@/lib/http/cursor'
import type { HiddenFindingPage } from '../contract'
import { listHidden } from '../store/suppressed-finding'
import { readAddress } from './list-suppressions'
import { presentHidden } from './present-suppression'

const Key = z.tuple([z.iso.datetime(), z.string().regex(/^[^\0]*$/)])

export interface ListSuppressedInput {
  orgId: string
  suppressionId?: number | undefined
  actorId?: string | undefined
  ip?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** Hidden findings that fit all filters, newest first. @throws AppError invalid_input */
export async function listSuppressed(input: ListSuppressedInput): Promise<HiddenFindingPage> {
  const { orgId, suppressionId, actorId, cursor, limit } = input
  const key = cursor === undefined ? null : decodeCursor(Key, cursor)
  const filters = { suppressionId, actorId, ip: input.ip === undefined ? undefined : readAddress(input.ip) }
  const after = key && { published: new Date(key[0]), uuid: key[1] }
  const rows = await listHidden(sql(), orgId, filters, after, limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    findings: rows.slice(0, limit).map(presentHidden),
    nextCursor: last ? encodeCursor([last.published, last.eventUuid]) : null,
  }
}
