'use client'
// Keys of the sources page: from feed to feed, to the next held run, and what is done to the feed in focus.
import type { RefObject } from 'react'
import { useKeys } from '@/components/patterns/keys/use-keys'
import type { FeedItem } from '@/lib/intel/contract/feed'
import { sourceKeys } from './source-keys'

interface SourceCommands {
  /** Those on screen, in order. */
  feeds: readonly FeedItem[]
  testInput: RefObject<HTMLInputElement | null>
  /** Empty while feeds are too few to be searched. */
  filterInput: RefObject<HTMLInputElement | null>
  /** Opens the row of a held run. */
  onHeld: (feedId: string) => void
  onAdd?: () => void
  onEdit?: (feed: FeedItem) => void
  onRefresh?: (feed: FeedItem) => void
}

export function useSourceKeys({
  feeds,
  testInput,
  filterInput,
  onHeld,
  onAdd,
  onEdit,
  onRefresh,
}: SourceCommands): void {
  const held = feeds.filter((feed) => feed.heldRunId !== null)

  function move(by: 1 | -1) {
    const at = feeds.findIndex((feed) => feed.feedId === focusedFeed())
    const next = at < 0 ? (by > 0 ? 0 : feeds.length - 1) : at + by
    const feed = feeds[Math.min(feeds.length - 1, Math.max(0, next))]
    if (feed) focusFeed(feed.feedId)
  }

  function goToHeld() {
    const at = held.findIndex((feed) => feed.feedId === focusedFeed())
    const next = held[(at + 1) % held.length]
    if (!next) return
    if (focusHeld(next.feedId)) return
    onHeld(next.feedId)
    // The row opens with the next frame; what it would change may still be read.
    requestAnimationFrame(() => focusHeld(next.feedId) || focusFeed(next.feedId))
  }

  /** Does something to the feed in focus, if there is one. */
  const inFocus = (run: ((feed: FeedItem) => void) | undefined) =>
    run &&
    (() => {
      const feed = feeds.find((one) => one.feedId === focusedFeed())
      if (feed) run(feed)
    })

  useKeys(sourceKeys, {
    next: feeds.length > 0 ? () => move(1) : undefined,
    previous: feeds.length > 0 ? () => move(-1) : undefined,
    held: held.length > 0 ? goToHeld : undefined,
    edit: inFocus(onEdit),
    refresh: inFocus(onRefresh && ((feed) => feed.host !== null && feed.isEnabled && onRefresh(feed))),
    add: onAdd,
    test: () => testInput.current?.focus(),
    filter: () => (filterInput.current ?? testInput.current)?.focus(),
  })
}

function rowOf(feedId: string): Element | null {
  return document.querySelector(`[data-feed="${CSS.escape(feedId)}"]`)
}

function focusedFeed(): string | null {
  return document.activeElement?.closest('[data-feed]')?.getAttribute('data-feed') ?? null
}

/** Puts focus on the row of a feed. */
export function focusFeed(feedId: string): void {
  rowOf(feedId)?.querySelector<HTMLElement>('[data-feed-button]')?.focus()
}

/** Puts focus on the safe decision; false where none can be taken, or not yet. */
function focusHeld(feedId: string): boolean {
  const safe = rowOf(feedId)?.querySelector<HTMLElement>('[data-reject]')
  safe?.focus()
  return safe != null
}
