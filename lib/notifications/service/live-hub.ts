// Hands changes to every open screen of this process over one LISTEN connection, shared by all streams and open only while there are any.
// Invariant: a stream hears every change committed after it was opened; after a lost connection it is told to look at everything.
import { now } from '@/lib/kernel/clock'
import { logger } from '@/lib/kernel/logger'
import { Change } from '../model'
import { listen, readLastEventReceivedAt, type Listener } from '../store/live'

const HEARTBEAT_MS = 15_000
const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 15_000

/** One open screen. */
export interface Subscriber {
  orgId: string
  /** Gets one event and its JSON. */
  send: (event: 'change' | 'health', data: object) => void
  /** Asked at each heartbeat; a screen whose session ended is closed. */
  isStillAllowed: () => Promise<boolean>
  close: () => void
}

export class LiveHub {
  readonly #subscribers = new Set<Subscriber>()
  #listener: Promise<Listener> | null = null
  #heartbeat: ReturnType<typeof setInterval> | null = null
  #retry: ReturnType<typeof setTimeout> | null = null
  #retryMs = FIRST_RETRY_MS

  /** Adds a screen once changes are being listened to, and tells it how fresh its data are. */
  async add(subscriber: Subscriber): Promise<void> {
    this.#subscribers.add(subscriber)
    this.#heartbeat ??= setInterval(() => void this.beat(), HEARTBEAT_MS).unref()
    try {
      await this.#ensureListening()
      subscriber.send('health', { lastEventReceivedAt: await readLastEventReceivedAt(subscriber.orgId) })
    } catch (error) {
      this.remove(subscriber)
      throw error
    }
  }

  /** Forgets a screen; with the last one the connection is closed too. */
  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber)
    if (this.#subscribers.size === 0) this.#stop()
  }

  /** Ends every stream, so that the server can drain. */
  closeAll(): void {
    for (const subscriber of [...this.#subscribers]) {
      subscriber.close()
      this.remove(subscriber)
    }
  }

  /** Tells every screen how fresh its data are, closes those that may no longer listen, and proves the connection. */
  async beat(): Promise<void> {
    const freshness = new Map<string, Promise<Date | null>>()
    const tell = async (subscriber: Subscriber) => {
      if (!(await subscriber.isStillAllowed())) {
        subscriber.close()
        return this.remove(subscriber)
      }
      const { orgId } = subscriber
      if (!freshness.has(orgId)) freshness.set(orgId, readLastEventReceivedAt(orgId))
      subscriber.send('health', { lastEventReceivedAt: await freshness.get(orgId) })
    }
    const results = await Promise.allSettled([
      ...[...this.#subscribers].map(tell),
      this.#listener?.then((open) => open.probe()),
    ])
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) logger.warn({ error: String(failed.reason) }, 'live heartbeat failed')
  }

  #ensureListening(): Promise<Listener> {
    this.#listener ??= listen(
      (payload) => this.#tellChange(payload),
      () => this.#reconnect(),
    ).catch((error: unknown) => {
      this.#listener = null
      throw error
    })
    return this.#listener
  }

  #tellChange(payload: string): void {
    const change = parseChange(payload)
    if (!change) return logger.warn({ payload: payload.slice(0, 200) }, 'not a change')
    for (const subscriber of this.#subscribers) {
      if (subscriber.orgId === change.orgId) subscriber.send('change', { kind: change.kind })
    }
  }

  #reconnect(): void {
    this.#listener = null
    if (this.#subscribers.size === 0 || this.#retry) return
    this.#retry = setTimeout(() => {
      this.#retry = null
      this.#ensureListening().then(
        () => {
          this.#retryMs = FIRST_RETRY_MS
          for (const subscriber of this.#subscribers)
            for (const kind of Change.shape.kind.options) subscriber.send('change', { kind })
        },
        (error: unknown) => {
          logger.warn({ error: String(error), at: now() }, 'cannot listen for changes')
          this.#reconnect()
        },
      )
    }, this.#retryMs).unref()
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS)
  }

  #stop(): void {
    if (this.#heartbeat) clearInterval(this.#heartbeat)
    if (this.#retry) clearTimeout(this.#retry)
    this.#heartbeat = this.#retry = null
    const listener = this.#listener
    this.#listener = null
    listener?.then((open) => open.close()).catch(() => {})
  }
}

function parseChange(payload: string): Change | null {
  try {
    return Change.safeParse(JSON.parse(payload)).data ?? null
  } catch {
    return null
  }
}
