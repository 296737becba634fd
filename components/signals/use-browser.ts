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

/** A text kept in this browser; empty until set, and where storage is blocked. An empty text is not kept. */
export function useStoredText(key: string): [text: string, setText: (text: string) => void] {
  const text = useSyncExternalStore(
    subscribeToStorage,
    () => read(key) ?? '',
    () => '',
  )
  const setText = useCallback(
    (next: string) => {
      try {
        if (next === '') window.localStorage.removeItem(key)
        else window.localStorage.setItem(key, next)
      } catch {
        // Blocked or full storage: the text is not kept.
      }
      for (const listener of listeners) listener()
    },
    [key],
  )
  return [text, setText]
}

/** A choice that is on or off; off until chosen, and where storage is blocked. */
export function useStoredFlag(key: string): [isOn: boolean, setOn: (isOn: boolean) => void] {
  const [text, setText] = useStoredText(key)
  const setOn = useCallback((isOn: boolean) => setText(isOn ? 'yes' : ''), [setText])
  return [text === 'yes', setOn]
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
