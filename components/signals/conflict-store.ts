'use client'
// The verdict that somebody else's change ran into, until the reader chose between the two. One at a time, for the whole app.
import { useSyncExternalStore } from 'react'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import type { DecidableSignal, VerdictDraft } from './verdict-draft'

export interface VerdictConflict {
  signal: DecidableSignal
  /** What was to be saved here. */
  wanted: VerdictDraft
  /** How the signal stands; null where that could not be read. */
  current: SignalDetail | null
}

let conflict: VerdictConflict | null = null
const listeners = new Set<() => void>()

/** Puts both versions before the reader, wherever they are; null when they have chosen. */
export function showConflict(next: VerdictConflict | null): void {
  conflict = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useConflict(): VerdictConflict | null {
  return useSyncExternalStore(
    subscribe,
    () => conflict,
    () => null,
  )
}
