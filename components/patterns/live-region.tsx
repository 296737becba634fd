'use client'
// What assistive technology is told. Polite messages are gathered and said at most every two seconds; errors at once.
import { useSyncExternalStore } from 'react'

const POLITE_PAUSE_MS = 2000

let polite = ''
let urgent = ''
let waiting: string[] = []
let timer: ReturnType<typeof setTimeout> | null = null
const listeners = new Set<() => void>()

function emit() {
  for (const listener of listeners) listener()
}

// The same text twice is no change and would stay unsaid; a trailing blank makes it one.
function changed(previous: string, next: string): string {
  return previous === next ? `${next}\u00a0` : next
}

function flush() {
  timer = null
  if (waiting.length === 0) return
  polite = changed(polite, waiting.join(' '))
  waiting = []
  timer = setTimeout(flush, POLITE_PAUSE_MS)
  emit()
}

/** Says `text` to people who use a screen reader. `isUrgent` interrupts: for failures only. */
export function announce(text: string, { isUrgent = false }: { isUrgent?: boolean } = {}) {
  if (isUrgent) {
    urgent = changed(urgent, text)
    emit()
    return
  }
  waiting.push(text)
  if (timer === null) flush()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function LiveRegion() {
  const politeText = useSyncExternalStore(
    subscribe,
    () => polite,
    () => '',
  )
  const urgentText = useSyncExternalStore(
    subscribe,
    () => urgent,
    () => '',
  )
  return (
    <div className="sr-only" data-print="hide">
      <p role="status" aria-live="polite">
        {politeText}
      </p>
      <p role="alert" aria-live="assertive">
        {urgentText}
      </p>
    </div>
  )
}
