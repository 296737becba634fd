'use client'
// A person's own keys: single characters off, or other keys for a command (WCAG 2.1.4). Kept in this browser.
import { useSyncExternalStore } from 'react'
import { isCharacterKeys } from './combination'
import { commandId, type KeyScope } from './define-keys'

export interface KeyPreferences {
  areCharacterKeysOn: boolean
  /** Command id → keys. */
  remapped: Readonly<Record<string, string>>
}

const STORAGE_KEY = 'sallyport.keys'
const DEFAULTS: KeyPreferences = { areCharacterKeysOn: true, remapped: {} }

let cachedText: string | null = null
let cached: KeyPreferences = DEFAULTS
const listeners = new Set<() => void>()

function parse(text: string | null): KeyPreferences {
  if (text === null) return DEFAULTS
  try {
    const stored = JSON.parse(text) as Partial<KeyPreferences>
    const entries = Object.entries(stored.remapped ?? {}).filter(([, keys]) => typeof keys === 'string' && keys !== '')
    return { areCharacterKeysOn: stored.areCharacterKeysOn !== false, remapped: Object.fromEntries(entries) }
  } catch {
    return DEFAULTS
  }
}

/** The preferences now. Storage may be blocked; then they last as long as the page. */
export function keyPreferences(): KeyPreferences {
  try {
    const text = window.localStorage.getItem(STORAGE_KEY)
    if (text !== cachedText) {
      cachedText = text
      cached = parse(text)
    }
  } catch {
    // Blocked storage: keep what this page was told.
  }
  return cached
}

function save(preferences: KeyPreferences) {
  cached = preferences
  try {
    cachedText = JSON.stringify(preferences)
    window.localStorage.setItem(STORAGE_KEY, cachedText)
  } catch {
    // See keyPreferences.
  }
  for (const listener of listeners) listener()
}

export function setCharacterKeys(areCharacterKeysOn: boolean) {
  save({ ...keyPreferences(), areCharacterKeysOn })
}

/** Gives a command other keys; null gives it its own back. */
export function remapCommand(id: string, keys: string | null) {
  const remapped = Object.fromEntries(Object.entries(keyPreferences().remapped).filter(([other]) => other !== id))
  save({ ...keyPreferences(), remapped: keys === null ? remapped : { ...remapped, [id]: keys } })
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

export function useKeyPreferences(): KeyPreferences {
  return useSyncExternalStore(subscribe, keyPreferences, () => DEFAULTS)
}

/** The keys that work for a command now; empty when they are off. */
export function activeKeys(scope: KeyScope, name: string, preferences: KeyPreferences): string[] {
  const command = scope.commands[name]
  if (!command) return []
  const own = preferences.remapped[commandId(scope, name)]
  const keys = own !== undefined ? [own] : typeof command.keys === 'string' ? [command.keys] : [...command.keys]
  return preferences.areCharacterKeysOn ? keys : keys.filter((combination) => !isCharacterKeys(combination))
}

/** The key to draw beside a control; null when it is off. */
export function useShortcut<Name extends string>(scope: KeyScope<Name>, name: Name): string | null {
  return activeKeys(scope, name, useKeyPreferences())[0] ?? null
}
