'use client'
// Which signal the page shows. Going to a neighbour changes the address without asking the server for a page: what it shows is in
// the browser's cache already, so it is painted at once. Back and forward work as ever.
import { usePathname } from 'next/navigation'
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { parseReference } from './signal-words'

const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

/** The signal an address names; null for other pages. */
export function signalIdOf(pathname: string): number | null {
  const reference = /^\/signals\/([^/]+)\/?$/.exec(pathname)?.[1]
  return reference === undefined ? null : parseReference(decodeURIComponent(reference))
}

/** `initialId`: the signal that the server was asked for. `go` takes the address of another one. */
export function useSignalRoute(initialId: number): { signalId: number; go: (href: string) => void } {
  // Links and the router change the address too; this draws again when they did.
  usePathname()
  const last = useRef(initialId)
  const signalId = useSyncExternalStore(
    subscribe,
    () => {
      // While the page is left for another one, what it showed last stays.
      last.current = signalIdOf(window.location.pathname) ?? last.current
      return last.current
    },
    () => initialId,
  )
  const go = useCallback((href: string) => {
    window.history.pushState(null, '', href)
    for (const listener of listeners) listener()
  }, [])
  return { signalId, go }
}

/** Starts another signal at its top, with focus on its heading, and names it in the window. */
export function useArrival(signalId: number, title: string | null): void {
  const shown = useRef(signalId)
  useEffect(() => {
    if (title !== null) document.title = title
  }, [title])
  useEffect(() => {
    if (shown.current === signalId) return
    shown.current = signalId
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('[data-slot="signal-title"]')?.focus({ preventScroll: true })
  }, [signalId])
}
