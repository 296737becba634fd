// The queue, page by page, with counts for its filters.
import { z } from 'zod'
import { sql } from '@/lib/db/database'
import type { Severity } from '@/lib/detections/model'
import { decodeCursor, encodeCursor } from '@/lib/http/cursor'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import type { SignalPage } from '../contract/signal'
import { countFacets } from '../core/count-facets'
import { presentSignal } from '../core/present-signal'
import type { SignalStatus } from '../model'
import { countQueue, listQueue } from '../store/queue'

const SEVERITIES: readonly Severity[] = ['high', 'medium']
/** What still waits for somebody. */
const LIVE: readonly SignalStatus[] = ['open', 'in_review']

const Key = z.tuple([z.enum(['medium', 'high']), z.iso.datetime(), z.int().positive().max(2_147_483_647)])

export interface ListSignalsInput {
  actor: Actor
  /** None or empty: every severity. */
  severity?: readonly Severity[]
  /** None or empty: open and in review. */
  status?: readonly SignalStatus[]
  q?: string
  cursor?: string
  limit: number
}

/** @throws AppError invalid_input (a cursor that is not ours) */
export async function listSignals(input: ListSignalsInput): Promise<SignalPage> {
  const { actor, severity, status, q, cursor, limit } = input
  const filters = {
    severities: severity?.length ? [...new Set(severity)] : SEVERITIES,
    statuses: status?.length ? [...new Set(status)] : LIVE,
    search: q?.trim() || null,
  }
  const key = cursor === undefined ? null : decodeCursor(Key, cursor)
  const after = key && { severity: key[0], lastSeen: new Date(key[1]), id: key[2] }
  const now = clock()
  const [rows, counts] = await Promise.all([
    listQueue(sql(), actor.orgId, filters, after, limit + 1),
    countQueue(sql(), actor.orgId, filters.search),
  ])
  const signals = rows.slice(0, limit).map((signal) => presentSignal(signal, now))
  const last = rows.length > limit ? signals.at(-1) : undefined
  return {
    signals,
    nextCursor: last ? encodeCursor([last.severity, last.lastSeen, last.id]) : null,
    ...countFacets(counts, filters),
  }
}
