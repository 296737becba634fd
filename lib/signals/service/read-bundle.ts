// The evidence bundle of a case, for its report and as a file.
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { BUNDLE_EVENTS } from '../contract/bundle'
import { sealBundle, type SealedBundle } from '../core/seal-bundle'
import type { SignalDetail, SignalEventItem } from '../contract/signal'
import { listEvidenceCopies } from '../store/evidence'
import { readEvent } from './get-event'
import { getSignal } from './get-signal'
import { pageOfEvents } from './list-signal-events'

/** Pins of one case; the API takes at most 50 at a time. */
const EVIDENCE = 1_000

/** A case with all that its bundle covers. */
export interface BundledCase {
  signal: SignalDetail
  /** Oldest first, at most `BUNDLE_EVENTS`. */
  events: SignalEventItem[]
  bundle: SealedBundle
}

/** @throws AppError not_found; conflict, if the case is no longer what a report of hash `expected` says */
export async function readBundle(input: { actor: Actor; signalId: number; expected?: string }): Promise<BundledCase> {
  const { actor, signalId, expected } = input
  const { orgId } = actor
  const signal = await getSignal({ actor, signalId })
  const [{ events }, evidence, decidingEvent] = await Promise.all([
    pageOfEvents(orgId, signalId, null, BUNDLE_EVENTS),
    listEvidenceCopies(sql(), orgId, signalId, EVIDENCE),
    signal.decidingEventUuid === null ? null : readText(orgId, signal.decidingEventUuid),
  ])
  const bundle = sealBundle({ signal, events, evidence, decidingEvent })
  if (expected !== undefined && expected !== bundle.sha256) {
    throw new AppError(
      'conflict',
      `${signal.reference} has changed since that report was made. Open the report again for the present evidence and its hash.`,
    )
  }
  return { signal, events, bundle }
}

/** The event as received, or null where retention left no copy of it. */
async function readText(orgId: string, uuid: string): Promise<string | null> {
  try {
    return (await readEvent(orgId, uuid)).raw
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  }
}
