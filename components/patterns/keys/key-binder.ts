// Finds the command for a key press among the scopes on screen. One listener for the page; the last one bound wins.
import { combinationOf, progress } from './combination'
import type { KeyScope } from './define-keys'
import { activeKeys, keyPreferences } from './key-preferences'

/** A scope on screen, with the names it has handlers for. */
export interface Binding {
  scope: KeyScope
  names: readonly string[]
  run: (name: string, event: KeyboardEvent) => void
}

export interface KeyBinder {
  bind(binding: Binding): () => void
  bindings(): readonly Binding[]
  subscribe(listener: () => void): () => void
  /** Handles a key press at the document. */
  press(event: KeyboardEvent): void
}

/** The next key of a sequence must come within this time. */
const SEQUENCE_MS = 1200

const TYPING =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"], [role="combobox"]'
const NOT_TYPING = 'input[type="checkbox"], input[type="radio"], input[type="button"], input[type="submit"]'
const PRESSABLE =
  'a[href], button, summary, input, select, [role="button"], [role="option"], [role="tab"], [role="switch"]'
const OPEN_WINDOW = '[role="dialog"], [role="alertdialog"]'

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null && !target.matches(NOT_TYPING)
}

/** Enter and Space belong to a focused control. */
function belongsToControl(combination: string, target: EventTarget | null): boolean {
  return (
    (combination === 'Enter' || combination === 'Space') &&
    target instanceof Element &&
    target.closest(PRESSABLE) !== null
  )
}

export function createKeyBinder(): KeyBinder {
  let bound: readonly Binding[] = []
  let pressed: string[] = []
  let pressedAt = 0
  const listeners = new Set<() => void>()

  function change(next: readonly Binding[]) {
    bound = next
    for (const listener of listeners) listener()
  }

  function candidates(event: KeyboardEvent): { binding: Binding; name: string; keys: string }[] {
    const isWindowOpen = document.querySelector(OPEN_WINDOW) !== null
    const isMenuOpen = document.querySelector('[role="menu"], [role="listbox"][data-state="open"]') !== null
    if (isMenuOpen) return []
    const preferences = keyPreferences()
    return bound
      .filter(({ scope }) => (isWindowOpen ? scope.place === 'dialog' : true))
      .toReversed()
      .flatMap((binding) =>
        binding.names.flatMap((name) =>
          activeKeys(binding.scope, name, preferences)
            .filter((keys) => !isTyping(event.target) || keys.includes('Mod+'))
            .map((keys) => ({ binding, name, keys })),
        ),
      )
  }

  function press(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing) return
    const combination = combinationOf(event)
    if (combination === null || belongsToControl(combination, event.target)) return
    const sequence = event.timeStamp - pressedAt <= SEQUENCE_MS ? [...pressed, combination] : [combination]
    const all = candidates(event)
    for (const attempt of sequence.length > 1 ? [sequence, [combination]] : [sequence]) {
      const started = all.find(({ keys }) => progress(keys, attempt) === 'started')
      const complete = all.find(({ keys }) => progress(keys, attempt) === 'complete')
      if (!started && !complete) continue
      // A sequence under way beats a single key that begins like it.
      pressed = started ? attempt : []
      pressedAt = event.timeStamp
      event.preventDefault()
      if (!started && complete) runOnce(complete, event)
      return
    }
    pressed = []
  }

  function runOnce({ binding, name }: { binding: Binding; name: string }, event: KeyboardEvent) {
    if (event.repeat && !binding.scope.commands[name]?.isRepeatable) return
    binding.run(name, event)
  }

  return {
    bind(binding) {
      change([...bound, binding])
      return () => change(bound.filter((other) => other !== binding))
    },
    bindings: () => bound,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    press,
  }
}
