// Suppressions as the list shows them: what is in force before what is over.
import { z } from 'zod'
import { sql } from '@/lib/db/database'
import { decodeCursor, encodeCursor } from '@/lib/http/cursor'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { canonicalIp } from '@/lib/kernel/ip-address'
import type { SuppressionList } from '../contract'
import { SUPPRESSION_STATES, type Suppression, type SuppressionState } from '../model'
import {
  countStates,
  listHalf,
  type ListedSuppression,
  type SuppressionFilters,
  type SuppressionKey,
} from '../store/suppression'
import { presentSuppression } from './present-suppression'

const Key = z.tuple([z.boolean(), z.iso.datetime(), z.int().positive().max(2_147_483_647)])

export interface ListSuppressionsInput {
  actor: Actor
  /** None or empty: every state. */
  state?: readonly SuppressionState[] | undefined
  q?: string | undefined
  actorId?: string | undefined
  ip?: string | undefined
  asNumber?: number | undefined
  cursor?: string | undefined
  limit: number
  now: Date
}

/**
 * Those in force by their end, the first to end first; then those that are over, the last to end first. Counts are of every state.
 *
 * @throws AppError invalid_input (a cursor that is not ours, an address that is none)
 */
export async function listSuppressions(input: ListSuppressionsInput): Promise<SuppressionList> {
  const { actor, state, cursor, limit, now } = input
  const filters: SuppressionFilters = {
    states: state?.length ? [...new Set(state)] : SUPPRESSION_STATES,
    search: input.q?.trim() || null,
    actorId: input.actorId ?? null,
    ip: input.ip === undefined ? null : readAddress(input.ip),
    asNumber: input.asNumber ?? null,
  }
  const key = cursor === undefined ? null : decodeCursor(Key, cursor)
  const after = key && { isOver: key[0], end: new Date(key[1]), id: key[2] }
  const [rows, counts] = await Promise.all([
    listRows(actor.orgId, filters, after, limit + 1, now),
    countStates(sql(), actor.orgId, filters, now),
  ])
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    suppressions: shown.map((row) => presentSuppression(row, row.hiddenToday, now)),
    nextCursor: last ? encodeCursor([endOf(last) <= now, endOf(last), last.id]) : null,
    counts: { active: 0, expiring: 0, expired: 0, ended: 0, ...counts },
  }
}

async function listRows(
  orgId: string,
  filters: SuppressionFilters,
  after: SuppressionKey | null,
  limit: number,
  now: Date,
): Promise<ListedSuppression[]> {
  const live = after?.isOver ? [] : await listHalf(sql(), orgId, filters, { isOver: false, after, limit, now })
  if (live.length >= limit) return live
  const over = { isOver: true, after: after?.isOver ? after : null, limit: limit - live.length, now }
  return [...live, ...(await listHalf(sql(), orgId, filters, over))]
}

function endOf({ endedAt, endsAt }: Suppression): Date {
  return endedAt ?? endsAt
}

/** @throws AppError invalid_input */
export function readAddress(text: string): string {
  const ip = canonicalIp(text)
  if (ip !== null) return ip
  throw new AppError('invalid_input', `${text} is no address.`, {
    issues: [{ path: 'ip', message: 'must be an IPv4 or IPv6 address' }],
  })
}
