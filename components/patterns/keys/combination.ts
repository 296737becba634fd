// How keys are written (`j`, `G`, `g q`, `Mod+k`, `Shift+Enter`) and how a key press is compared with that. Pure.

/** What a key press tells us; a DOM KeyboardEvent fits. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  getModifierState?: (key: 'AltGraph') => boolean
}

const MODIFIER_KEYS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process'])

/**
 * One key press as written: characters as produced (`G`, `?`), named keys as the DOM names them, `Space` for a blank,
 * `Mod` for Ctrl or Command. Null for a press of a modifier alone.
 */
export function combinationOf(press: KeyPress): string | null {
  if (MODIFIER_KEYS.has(press.key)) return null
  const name = press.key === ' ' ? 'Space' : press.key
  const isCharacter = [...name].length === 1
  // AltGr makes characters on many layouts and shows up as Ctrl+Alt.
  const isAltGraph = isCharacter && (press.getModifierState?.('AltGraph') ?? false)
  const parts: string[] = []
  if ((press.ctrlKey || press.metaKey) && !isAltGraph) parts.push('Mod')
  if (press.altKey && !isAltGraph) parts.push('Alt')
  const key = parts.length > 0 && isCharacter ? name.toLowerCase() : name
  // Shift is part of which character came out, so it is written only where it cannot be seen in it.
  if (press.shiftKey && (!isCharacter || parts.length > 0)) parts.push('Shift')
  return [...parts, key].join('+')
}

/** The presses of a sequence: `g q` is two. */
export function pressesOf(keys: string): string[] {
  return keys.split(' ').filter((part) => part !== '')
}

/** Whether WCAG 2.1.4 speaks of it: any press is a character typed without Ctrl, Command or Alt. */
export function isCharacterKeys(keys: string): boolean {
  return pressesOf(keys).some((press) => [...press].length === 1)
}

/** How far the presses so far get with `keys`. */
export function progress(keys: string, pressed: readonly string[]): 'none' | 'started' | 'complete' {
  const wanted = pressesOf(keys)
  if (pressed.length > wanted.length || pressed.length === 0) return 'none'
  if (pressed.some((press, index) => press !== wanted[index])) return 'none'
  return pressed.length === wanted.length ? 'complete' : 'started'
}
