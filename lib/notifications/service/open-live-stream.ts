// The event stream of one open screen (server-sent events): `change` when it should ask again, `health` every 15 seconds.
import { LiveHub, type Subscriber } from './live-hub'

/** Chunks a reader may leave unread before it counts as gone. */
const MAX_BACKLOG = 64

const store = globalThis as typeof globalThis & { sallyportLiveHub?: LiveHub }

/** The hub of this process; it hangs off globalThis because Next loads modules once per bundle. */
function hub(): LiveHub {
  if (!store.sallyportLiveHub) {
    store.sallyportLiveHub = new LiveHub()
    // Open streams would keep a stopping server waiting for ever.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, closeLiveStreams)
  }
  return store.sallyportLiveHub
}

/** Ends every event stream of this process. */
export function closeLiveStreams(): void {
  store.sallyportLiveHub?.closeAll()
}

/**
 * Opens a stream of what changes in an org. It hears every change committed after this resolves.
 *
 * @param signal aborts when the browser goes away
 * @param isStillAllowed asked at each heartbeat; false ends the stream
 */
export async function openLiveStream(input: {
  orgId: string
  signal: AbortSignal
  isStillAllowed: () => Promise<boolean>
}): Promise<Response> {
  const encoder = new TextEncoder()
  let isOpen = true
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const close = () => {
    if (isOpen) controller.close()
    isOpen = false
  }
  const leave = () => {
    isOpen = false
    hub().remove(subscriber)
  }
  const subscriber: Subscriber = {
    orgId: input.orgId,
    isStillAllowed: input.isStillAllowed,
    send: (event, data) => {
      if (!isOpen) return
      controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      if ((controller.desiredSize ?? 0) > -MAX_BACKLOG) return
      close()
      leave()
    },
    close,
  }
  const stream = new ReadableStream<Uint8Array>({ start: (made) => void (controller = made), cancel: leave })
  controller.enqueue(encoder.encode('retry: 3000\n\n'))
  input.signal.addEventListener('abort', () => {
    close()
    leave()
  })
  await hub().add(subscriber)
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // Reverse proxies such as nginx would otherwise hold events back.
    'x-accel-buffering': 'no',
  }
  return new Response(stream, { headers })
}
