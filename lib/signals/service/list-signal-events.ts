// Events of a signal, page by page, oldest first.
import { z } from 'zod'
import { sql } from '@/lib/db/database'
import { decodeCursor, encodeCursor } from '@/lib/http/cursor'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SignalEventPage } from '../contract/signal'
import { presentEvent } from '../core/present-signal'
import { signalReference } from '../model'
import { listFindings, type FindingKey } from '../store/finding'
import { findSignal } from '../store/signal'

const Key = z.tuple([z.iso.datetime(), z.string().regex(/^[^\0]*$/)])

/** @throws AppError not_found, invalid_input (a cursor that is not ours) */
export async function listSignalEvents(input: {
  actor: Actor
  signalId: number
  cursor?: string
  limit: number
}): Promise<SignalEventPage> {
  const { actor, signalId, cursor, limit } = input
  const key = cursor === undefined ? null : decodeCursor(Key, cursor)
  if (!(await findSignal(sql(), actor.orgId, signalId))) {
    throw new AppError('not_found', `There is no signal ${signalReference(signalId)}.`)
  }
  return pageOfEvents(actor.orgId, signalId, key && { published: new Date(key[0]), uuid: key[1] }, limit)
}

/** The events behind a key, for the signal's page and for this list. */
export async function pageOfEvents(
  orgId: string,
  signalId: number,
  after: FindingKey | null,
  limit: number,
): Promise<SignalEventPage> {
  const findings = await listFindings(sql(), orgId, signalId, after, limit + 1)
  const events = findings.slice(0, limit).map(presentEvent)
  const last = findings.length > limit ? events.at(-1) : undefined
  return { events, nextCursor: last ? encodeCursor([last.published, last.uuid]) : null }
}
