'use client'
// A key or key combination as drawn on a cap: `Mod+k` is Ctrl K, or ⌘ K on Apple machines.
import { useSyncExternalStore } from 'react'

const noSubscription = () => () => {}
const isApple = () => /mac|iphone|ipad/i.test(navigator.platform)

const NAMES: Record<string, string> = {
  Enter: '↵',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

const TONES = {
  cap: 'border-hairline border-b-control-border bg-bg text-ink-muted',
  muted: 'border-hairline text-ink-muted',
  inherit: 'border-current/45 text-current',
} as const

function capsOf(keys: string, hasCommandKey: boolean): string {
  const cap = (key: string) => (key === 'Mod' ? (hasCommandKey ? '⌘' : 'Ctrl') : (NAMES[key] ?? key))
  return keys
    .split(' ')
    .map((combination) => {
      const parts = combination.split(/\+(?=.)/)
      // Case says which character a bare key makes; beside a modifier it says nothing, and keyboards print capitals.
      return parts.map((part) => cap(parts.length > 1 && part.length === 1 ? part.toUpperCase() : part)).join(' ')
    })
    .join(' ')
}

/** Draws `keys`, e.g. `j`, `g q`, `Mod+k`. Hidden from assistive technology unless `isSpoken`: controls carry aria-keyshortcuts. */
export function Kbd({
  keys,
  isSpoken = false,
  tone = 'cap',
}: {
  keys: string
  isSpoken?: boolean
  /** `inherit` takes the colour of the control around it. */
  tone?: keyof typeof TONES
}) {
  const hasCommandKey = useSyncExternalStore(noSubscription, isApple, () => false)
  return (
    <kbd
      aria-hidden={isSpoken ? undefined : true}
      className={`inline-block min-w-4.5 rounded-md border px-1 text-center text-11 whitespace-nowrap ${TONES[tone]}`}
    >
      {capsOf(keys, hasCommandKey)}
    </kbd>
  )
}
