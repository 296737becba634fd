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

function capsOf(keys: string, hasCommandKey: boolean): string {
  const cap = (key: string) => (key === 'Mod' ? (hasCommandKey ? '⌘' : 'Ctrl') : (NAMES[key] ?? key))
  return keys
    .split(' ')
    .map((combination) =>
      combination
        .split(/\+(?=.)/)
        .map(cap)
        .join(' '),
    )
    .join(' ')
}

/** Draws `keys`, e.g. `j`, `g q`, `Mod+k`. Hidden from assistive technology unless `isSpoken`: controls carry aria-keyshortcuts. */
export function Kbd({ keys, isSpoken = false }: { keys: string; isSpoken?: boolean }) {
  const hasCommandKey = useSyncExternalStore(noSubscription, isApple, () => false)
  return (
    <kbd
      aria-hidden={isSpoken ? undefined : true}
      className="inline-block min-w-4.5 rounded-md border border-hairline border-b-control-border bg-bg px-1 text-center text-11 whitespace-nowrap text-ink-muted"
    >
      {capsOf(keys, hasCommandKey)}
    </kbd>
  )
}
