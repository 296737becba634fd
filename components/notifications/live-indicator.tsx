'use client'
// Whether what is on screen is live, how old the newest event is, and the pause button. Stands in the header of every page.
import { Pause, Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { When } from '@/components/patterns/when'
import { IconButton } from '@/components/ui/icon-button'
import { triageKeys } from '@/components/signals/triage-keys'
import { useLive } from './live-provider'

const WORDS = { live: 'Live', waiting: 'Polling', paused: 'Paused' } as const

const DOTS = {
  live: 'bg-benign',
  waiting: 'border border-control-border',
  paused: 'bg-control-border',
} as const

export function LiveIndicator() {
  const { state, lastEventReceivedAt, togglePause } = useLive()
  const router = useRouter()
  useKeys(triageKeys, {
    live: togglePause,
    queue: () => router.push('/'),
    ips: () => router.push('/ips'),
    sources: () => router.push('/sources'),
    suppressions: () => router.push('/suppressions'),
    health: () => router.push('/health'),
  })
  const shortcut = useShortcut(triageKeys, 'live')
  const isPaused = state === 'paused'
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap text-ink-muted" data-slot="live" data-state={state}>
      <span aria-hidden className={`size-2 flex-none rounded-full ${DOTS[state]}`} />
      <span>
        {WORDS[state]}
        <span className="max-column:sr-only">
          {lastEventReceivedAt ? (
            <>
              {' · last event '}
              <When at={lastEventReceivedAt} mode="relative" />
            </>
          ) : (
            ' · no event yet'
          )}
        </span>
      </span>
      <IconButton
        label={isPaused ? 'Resume live updates' : 'Pause live updates'}
        icon={isPaused ? <Play aria-hidden size={12} /> : <Pause aria-hidden size={12} />}
        shortcut={shortcut}
        aria-pressed={isPaused}
        onClick={togglePause}
      />
    </span>
  )
}
