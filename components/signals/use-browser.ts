'use client'
// A personal choice kept in this browser, and what the window is like. Both are the same on the server for everybody.
import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

function subscribeToStorage(listener: () => void) {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key)
  } catch {
    return null
  }
}

/** A choice that is on or off; off until chosen, and where storage is blocked. */
export function useStoredFlag(key: string): [isOn: boolean, setOn: (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(
    subscribeToStorage,
    () => read(key) === 'yes',
    () => false,
  )
  const setOn = useCallback(
    (next: boolean) => {
      try {
        window.localStorage.setItem(key, next ? 'yes' : 'no')
      } catch {
        // Blocked storage: the choice is not kept.
      }
      for (const listener of listeners) listener()
    },
    [key],
  )
  return [isOn, setOn]
}

/** Whether a media query holds; on the server it is what `onServer` says. */
export function useMedia(query: string, onServer = false): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => onServer,
  )
}
