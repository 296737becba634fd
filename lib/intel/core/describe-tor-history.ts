// What our own record of Tor feeds, and Onionoo where it was asked, say about one address.
import type { LookupAnswer } from '../model'
import { describeDay } from './describe-day'

/** A time during which a feed listed the address as part of Tor. */
export interface TorInterval {
  feedName: string
  from: Date
  /** Null while it is listed. */
  to: Date | null
}

/** A relay as Onionoo tells it; instants as it writes them. */
export interface TorRelay {
  nickname: string | null
  isExit: boolean
  isRunning: boolean
  firstSeen: string | null
  lastSeen: string | null
}

export interface TorKnowledge {
  intervals: readonly TorInterval[]
  /** Since when feeds of Tor addresses are read; null if none is. */
  readSince: Date | null
  onionoo:
    { status: 'not_asked' } | { status: 'relays'; relays: readonly TorRelay[] } | { status: 'failed'; message: string }
}

const MOST_INTERVALS = 10

/** Our own record first: it covers the past, Onionoo only the last week. */
export function describeTorHistory({ intervals, readSince, onionoo }: TorKnowledge): LookupAnswer {
  const newest = [...intervals].sort((a, b) => Number(b.to ?? Infinity) - Number(a.to ?? Infinity) || +b.from - +a.from)
  const relays = onionoo.status === 'relays' ? onionoo.relays : []
  const facts = newest.slice(0, MOST_INTERVALS).map(({ feedName, from, to }) => ({
    label: feedName,
    value: `${describeDay(from)} – ${to === null ? 'now' : describeDay(to)}`,
  }))
  facts.push(...relays.map((relay) => ({ label: 'Onionoo', value: describeRelay(relay) })))
  if (onionoo.status === 'relays' && relays.length === 0)
    facts.push({ label: 'Onionoo', value: 'No relay at this address in the last week' })
  if (onionoo.status === 'failed') facts.push({ label: 'Onionoo', value: onionoo.message })
  const isFound = newest.length > 0 || relays.length > 0
  return { result: isFound ? 'found' : 'not_found', summary: summarize(newest[0], relays[0], readSince), facts }
}

function summarize(listed: TorInterval | undefined, relay: TorRelay | undefined, readSince: Date | null): string {
  if (listed)
    return listed.to === null
      ? `Tor, since ${describeDay(listed.from)}`
      : `Tor from ${describeDay(listed.from)} to ${describeDay(listed.to)}`
  if (relay) return `On no list, but Onionoo knows it: ${describeRelay(relay)}`
  return readSince === null ? 'No feed of Tor addresses is read' : `Not listed since ${describeDay(readSince)}`
}

function describeRelay({ nickname, isExit, isRunning, firstSeen, lastSeen }: TorRelay): string {
  const kind = `${isExit ? 'exit relay' : 'relay'} ${nickname ?? 'without a name'}`
  const first = describeDay(firstSeen)
  const last = isRunning ? 'running' : `last seen ${describeDay(lastSeen) ?? 'at an unknown time'}`
  return [kind, first && `first seen ${first}`, last].filter(Boolean).join(', ')
}
