// Live changes in the browser (one event stream per browser, however many tabs are open), and the notifications of the reader.
//
// HTTP/1.1 allows six connections per origin, so one visible tab (the holder of a Web Lock) reads `/api/live` and repeats what it
// hears on a BroadcastChannel. A hidden tab lets go; a tab that was not listening asks for everything again when it is back.
import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type { NotificationList } from './contract'

const KINDS = ['signals', 'health', 'notifications'] as const
export type ChangeKind = (typeof KINDS)[number]

/** `live`: a stream is open, here or in another tab. `waiting`: none yet, or lost; lists poll meanwhile. */
export type LiveState = 'waiting' | 'live'

/** What the stream or the leading tab says. `state` is said by the leading tab only. */
export type LiveMessage =
  | { type: 'change'; kind: ChangeKind }
  | { type: 'health'; lastEventReceivedAt: string | null }
  | { type: 'state'; state: LiveState }

/** What tabs say to each other; `hello` asks the leader how it is. */
type TabMessage = LiveMessage | { type: 'hello' }

const URL = '/api/live'
const NAME = 'sallyport-live'
/** The server speaks every 15 s; a stream silent for longer than this is dead though the socket may not know. */
const SILENCE_MS = 40_000
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

/**
 * Starts listening and calls `onMessage` until the returned function is called.
 *
 * After every gap (start, reconnect, tab shown again) every kind of change is reported once, because what happened meanwhile
 * was not heard.
 */
export function openLive(onMessage: (message: LiveMessage) => void): () => void {
  let stopTab: (() => void) | undefined
  const followVisibility = () => {
    if (document.visibilityState === 'hidden') {
      stopTab?.()
      stopTab = undefined
    } else {
      stopTab ??= listenInTab(onMessage)
    }
  }
  document.addEventListener('visibilitychange', followVisibility)
  followVisibility()
  return () => {
    document.removeEventListener('visibilitychange', followVisibility)
    stopTab?.()
  }
}

/** One visible tab: follows the leader, and leads as soon as nobody else does. */
function listenInTab(onMessage: (message: LiveMessage) => void): () => void {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME)
  let lead: { stop: () => void; repeat: () => void } | undefined
  if (channel) {
    channel.onmessage = (event: MessageEvent<TabMessage>) => {
      if (event.data.type === 'hello') lead?.repeat()
      else if (!lead) onMessage(event.data)
    }
  }
  const giveUp = new AbortController()
  const leadUntilStopped = () =>
    new Promise<void>((resolve) => {
      // The lock may have been granted while this tab was stopping.
      if (giveUp.signal.aborted) return resolve()
      const say = (message: LiveMessage) => {
        channel?.postMessage(message satisfies TabMessage)
        onMessage(message)
      }
      const stream = readStream(say)
      lead = { ...stream, stop: () => (stream.stop(), resolve()) }
    })
  // Locks exist in secure contexts only; elsewhere every visible tab reads for itself.
  if (channel && navigator.locks) {
    channel.postMessage({ type: 'hello' } satisfies TabMessage)
    reportGap(onMessage)
    navigator.locks.request(NAME, { signal: giveUp.signal }, leadUntilStopped).catch(() => undefined)
  } else {
    void leadUntilStopped()
  }
  return () => {
    giveUp.abort()
    lead?.stop()
    channel?.close()
    onMessage({ type: 'state', state: 'waiting' })
  }
}

/** Keeps one EventSource open, with back-off after failures and after silence. */
function readStream(say: (message: LiveMessage) => void): { stop: () => void; repeat: () => void } {
  let source: EventSource | undefined
  let state: LiveState = 'waiting'
  let health: LiveMessage | undefined
  let failures = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined

  const become = (next: LiveState) => {
    if (next !== state) say({ type: 'state', state: (state = next) })
  }
  const fail = () => {
    source?.close()
    clearTimeout(silence)
    become('waiting')
    clearTimeout(retry)
    retry = setTimeout(connect, Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++) * (0.75 + Math.random() / 2))
  }
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(fail, SILENCE_MS)
  }
  function connect() {
    source = new EventSource(URL)
    source.onopen = () => {
      failures = 0
      heard()
      become('live')
      reportGap(say)
    }
    source.onerror = fail
    source.addEventListener('change', (event) => {
      heard()
      const said = (parse(event.data) as { kind?: unknown } | null)?.kind
      const kind = KINDS.find((one) => one === said)
      if (kind) say({ type: 'change', kind })
    })
    source.addEventListener('health', (event) => {
      heard()
      const data = parse(event.data) as { lastEventReceivedAt?: string | null } | null
      say((health = { type: 'health', lastEventReceivedAt: data?.lastEventReceivedAt ?? null }))
    })
  }
  connect()
  return {
    stop: () => {
      clearTimeout(retry)
      clearTimeout(silence)
      source?.close()
    },
    repeat: () => {
      say({ type: 'state', state })
      if (health) say(health)
    },
  }
}

function reportGap(say: (message: LiveMessage) => void): void {
  for (const kind of KINDS) say({ type: 'change', kind })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const notificationKeys = { all: ['notifications'] as const }

/** What the reader should know, newest first. */
export function notificationsQuery() {
  return queryOptions({
    queryKey: notificationKeys.all,
    queryFn: ({ signal }) => api<NotificationList>('/api/notifications', { signal }),
  })
}

/** Marks notifications as read; they look so at once. */
export function readNotificationsMutation(queries: QueryClient) {
  return mutationOptions({
    mutationFn: (ids: readonly string[]) =>
      api<{ unread: number }>('/api/notifications/read', { method: 'POST', body: { ids } }),
    onMutate: (ids) => {
      const read = new Set(ids)
      const readAt = new Date().toISOString()
      queries.setQueryData(notificationsQuery().queryKey, (list) => {
        if (!list) return list
        const notifications = list.notifications.map((one) =>
          read.has(one.id) ? { ...one, readAt: one.readAt ?? readAt } : one,
        )
        const newlyRead = list.notifications.filter((one) => read.has(one.id) && one.readAt === null).length
        return { notifications, unread: Math.max(0, list.unread - newlyRead) }
      })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: notificationKeys.all }),
  })
}
