'use client'
// Binding of handlers to the keys of a scope, for a part of the page or for one focused element.
import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  type KeyboardEvent as ReactKeyboardEvent,
} from 'react'
import { combinationOf, progress } from './combination'
import { defineKeys, type KeyScope } from './define-keys'
import { createKeyBinder, isTyping, type KeyBinder } from './key-binder'
import { activeKeys, keyPreferences } from './key-preferences'

export type KeyHandlers<Name extends string> = Partial<Record<Name, ((event: KeyboardEvent) => void) | undefined>>

export const KeyBinderContext = createContext<KeyBinder | null>(null)

/** The binder of the page; outside a KeysProvider one that hears nothing. */
export function useKeyBinder(): KeyBinder {
  const binder = useContext(KeyBinderContext)
  return useMemo(() => binder ?? createKeyBinder(), [binder])
}

/**
 * Binds handlers while the calling component is on screen. Leave a name out, or give undefined, when it cannot be done
 * now: the key sheet then leaves it out too. Keys rest in inputs and while a dialog is open, except for scopes whose
 * place is `dialog`.
 */
export function useKeys<Name extends string>(scope: KeyScope<Name>, handlers: KeyHandlers<Name>) {
  const binder = useKeyBinder()
  const run = useEffectEvent((name: string, event: KeyboardEvent) => handlers[name as Name]?.(event))
  const names = Object.keys(handlers)
    .filter((name) => handlers[name as Name] !== undefined)
    .join(' ')
  useEffect(
    () =>
      binder.bind({
        scope: scope as KeyScope,
        names: names.split(' ').filter(Boolean),
        run: (name, event) => run(name, event),
      }),
    [binder, scope, names],
  )
}

/** Answers an onKeyDown handler for one element: its keys work while it, or something in it, has focus. */
export function onElementKeys<Name extends string>(scope: KeyScope<Name>, handlers: KeyHandlers<Name>) {
  return (event: ReactKeyboardEvent) => {
    const combination = combinationOf(event)
    if (combination === null || event.defaultPrevented || isTyping(event.target)) return
    const preferences = keyPreferences()
    for (const name of Object.keys(handlers) as Name[]) {
      const keys = activeKeys(scope as KeyScope, name, preferences)
      if (!handlers[name] || !keys.some((candidate) => progress(candidate, [combination]) === 'complete')) continue
      event.preventDefault()
      event.stopPropagation()
      handlers[name](event.nativeEvent)
      return
    }
  }
}

/** Keys that work on every page and belong to no single part of it. */
export const appKeys = defineKeys({
  id: 'app',
  label: 'Anywhere',
  place: 'anywhere',
  commands: {
    help: { keys: '?', label: 'Show keys' },
    timeZone: { keys: 't', label: 'Switch times between UTC and my zone' },
    undo: { keys: 'z', label: 'Undo the last change' },
  },
})
