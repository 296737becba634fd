// Stored events of an address, newest first, page by page.
import { z } from 'zod'
import { sql } from '@/lib/db/database'
import { decodeCursor, encodeCursor } from '@/lib/http/cursor'
import type { Actor } from '@/lib/kernel/actor'
import { classifyEvent } from '@/lib/okta/core/classify-event'
import type { AddressEventPage } from '../contract/address'
import { listEventsOf } from '../store/address'
import { requireAddress } from './open-address'

const Key = z.tuple([z.iso.datetime(), z.string()])

export interface ListAddressEventsInput {
  actor: Actor
  /** As typed. */
  ip: string
  cursor?: string
  limit: number
}

/** @throws AppError invalid_input (no address, or a cursor that is not ours) */
export async function listAddressEvents({
  actor,
  ip: text,
  cursor,
  limit,
}: ListAddressEventsInput): Promise<AddressEventPage> {
  const ip = requireAddress(text)
  const key = cursor === undefined ? null : decodeCursor(Key, cursor)
  const after = key && { published: new Date(key[0]), uuid: key[1] }
  const rows = await listEventsOf(sql(), actor.orgId, ip, after, limit + 1)
  const events = rows.slice(0, limit).map(({ published, signalId, severity, ...event }) => ({
    ...event,
    at: published.toISOString(),
    eventClass: classifyEvent(event.eventType),
    signal: signalId === null || severity === null ? null : { id: signalId, severity },
  }))
  const last = rows.length > limit ? events.at(-1) : undefined
  return { events, nextCursor: last ? encodeCursor([last.at, last.uuid]) : null }
}
