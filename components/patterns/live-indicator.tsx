'use client'
// Whether the page follows what happens, when the last event came, and the control that pauses it (WCAG 2.2.2).
// Silence may be an outage, so the age of the last event is always told.
import { Pause, Play } from 'lucide-react'
import { ariaKeyshortcuts } from '../ui/aria-keyshortcuts'
import { Button } from '../ui/button'
import { formatRelative } from './format-time'
import { useFromNow } from './time-zone'

const STATES = {
  live: {
    word: 'Live',
    dot: 'border-benign bg-benign outline-3 outline-[color-mix(in_srgb,var(--benign)_22%,transparent)]',
  },
  waiting: { word: 'Polling', dot: 'border-dashed border-ink-muted' },
  paused: { word: 'Paused', dot: 'border-ink-muted' },
} as const

export interface LiveIndicatorProps {
  state: keyof typeof STATES
  /** When the newest event reached us; null when none ever did. */
  lastEventAt: string | null
  onTogglePause: () => void
  shortcut?: string | null
}

export function LiveIndicator({ state, lastEventAt, onTogglePause, shortcut }: LiveIndicatorProps) {
  const { word, dot } = STATES[state]
  const isPaused = state === 'paused'
  const age = useFromNow((now) => (lastEventAt === null ? 'none yet' : formatRelative(new Date(lastEventAt), now)))
  return (
    <span className="flex items-center whitespace-nowrap text-ink-muted" data-slot="live" data-state={state}>
      <span aria-hidden className={`mr-2.5 size-2 flex-none rounded-full border ${dot}`} />
      {word}
      <span className="max-column:sr-only">&nbsp;· last event {age}</span>
      <span className="ml-1">
        <Button
          tone="quiet"
          size="small"
          aria-label={isPaused ? 'Resume live updates' : 'Pause live updates'}
          aria-keyshortcuts={ariaKeyshortcuts(shortcut)}
          icon={
            isPaused ? (
              <Play aria-hidden size={10} className="fill-current" />
            ) : (
              <Pause aria-hidden size={10} className="fill-current" />
            )
          }
          onClick={onTogglePause}
        >
          <span className="max-facets:hidden">{isPaused ? 'Resume' : 'Pause'}</span>
        </Button>
      </span>
    </span>
  )
}
