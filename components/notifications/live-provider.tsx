'use client'
// Live changes for React: one stream (lib/notifications/client), turned into refetches of what is on screen.
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { feedKeys } from '@/lib/intel/client'
import { healthKeys } from '@/lib/pipeline/client'
import { notificationKeys, openLive, type ChangeKind, type LiveState } from '@/lib/notifications/client'
import { signalKeys } from '@/lib/signals/client'
import { suppressionKeys } from '@/lib/suppressions/client'

interface Live {
  /** `paused` by the reader; else `live`, or `waiting`, in which lists poll. */
  state: LiveState | 'paused'
  /** When the newest event reached us, ISO 8601; null when none ever did. */
  lastEventReceivedAt: string | null
  togglePause: () => void
  /** Interval at which lists on screen poll, or false while the stream tells them. */
  pollMs: number | false
}

/** What each kind of change touches; runs and settings of feeds are reported as `health`. */
const KEYS_OF: Readonly<Record<ChangeKind, ReadonlyArray<readonly string[]>>> = {
  signals: [signalKeys.all, suppressionKeys.all],
  health: [healthKeys.all, feedKeys.all],
  notifications: [notificationKeys.all],
}
/** Changes closer together than this become one refetch; the first is taken at once. */
const THROTTLE_MS = 1_000
const POLL_MS = 15_000

const LiveContext = createContext<Live>({
  state: 'waiting',
  lastEventReceivedAt: null,
  togglePause: () => undefined,
  pollMs: POLL_MS,
})

/** State of live updates and the way to pause them. */
export function useLive(): Live {
  return useContext(LiveContext)
}

/** Listens while anything below is on screen and not paused, and refetches what changed. */
export function LiveProvider({
  lastEventReceivedAt,
  children,
}: {
  lastEventReceivedAt: string | null
  children: ReactNode
}) {
  const queries = useQueryClient()
  const [isPaused, setPaused] = useState(false)
  const [streamState, setStreamState] = useState<LiveState>('waiting')
  const [lastHeard, setLastHeard] = useState<string | null>(null)

  useEffect(() => {
    if (isPaused) return
    const refetch = throttleByKind((kind) => {
      for (const queryKey of KEYS_OF[kind]) void queries.invalidateQueries({ queryKey })
    })
    return openLive((message) => {
      if (message.type === 'change') refetch(message.kind)
      else if (message.type === 'state') setStreamState(message.state)
      else setLastHeard(message.lastEventReceivedAt)
    })
  }, [isPaused, queries])

  const togglePause = useCallback(() => setPaused((was) => !was), [])
  const state = isPaused ? 'paused' : streamState
  const newest = latest(lastEventReceivedAt, lastHeard)
  const live = useMemo<Live>(
    () => ({ state, lastEventReceivedAt: newest, togglePause, pollMs: state === 'waiting' ? POLL_MS : false }),
    [state, newest, togglePause],
  )
  return <LiveContext value={live}>{children}</LiveContext>
}

/** Runs at once for the first change of a kind, and once more after the pause if others came meanwhile. */
function throttleByKind(run: (kind: ChangeKind) => void): (kind: ChangeKind) => void {
  const isDue = new Map<ChangeKind, boolean>()
  return function change(kind) {
    if (isDue.has(kind)) {
      isDue.set(kind, true)
      return
    }
    isDue.set(kind, false)
    run(kind)
    setTimeout(() => {
      const isAgain = isDue.get(kind)
      isDue.delete(kind)
      if (isAgain) change(kind)
    }, THROTTLE_MS)
  }
}

function latest(a: string | null, b: string | null): string | null {
  if (!a || !b) return a ?? b
  return Date.parse(a) >= Date.parse(b) ? a : b
}
