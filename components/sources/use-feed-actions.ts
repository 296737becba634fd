'use client'
// What can be done to a feed with one press: fetch it now, switch it on or off. Says what came of it.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { showToast } from '@/components/patterns/toast'
import { formatNumber } from '@/components/signals/signal-words'
import { changeFeedMutation, refreshFeedMutation } from '@/lib/intel/client'
import type { FeedItem, FeedRefresh } from '@/lib/intel/contract/feed'

export interface FeedActions {
  /** Fetches now. Never rejects; the outcome is told as a message. */
  refresh: (feed: FeedItem) => Promise<void>
  /** Switches on or off, with undo. */
  switchTo: (feed: FeedItem, isEnabled: boolean) => Promise<void>
  /** Feeds that are being fetched by this page. */
  refreshing: ReadonlySet<string>
  isSwitching: boolean
}

export function useFeedActions(refreshing: ReadonlySet<string>, setRefreshing: (change: Change) => void): FeedActions {
  const queries = useQueryClient()
  const refreshNow = useMutation(refreshFeedMutation(queries))
  const changeFeed = useMutation(changeFeedMutation(queries))

  async function refresh({ feedId, name }: FeedItem) {
    setRefreshing((before) => new Set([...before, feedId]))
    try {
      showToast(outcomeOf(name, await refreshNow.mutateAsync(feedId)))
    } catch (error) {
      showToast({ message: `${name} was not fetched. ${messageOf(error)}`, isError: true })
    } finally {
      setRefreshing((before) => new Set([...before].filter((one) => one !== feedId)))
    }
  }

  async function switchTo(feed: FeedItem, isEnabled: boolean) {
    const set = (next: boolean) => changeFeed.mutateAsync({ feedId: feed.feedId, change: { isEnabled: next } })
    const failed = (error: unknown) =>
      showToast({ message: `${feed.name} was not changed. ${messageOf(error)}`, isError: true })
    try {
      await set(isEnabled)
      showToast({
        message: isEnabled
          ? `${feed.name} is on: stored events are matched against it`
          : `${feed.name} is off: its entries flag nothing from now on`,
        undo: () => void set(!isEnabled).catch(failed),
      })
    } catch (error) {
      failed(error)
    }
  }

  return { refresh, switchTo, refreshing, isSwitching: changeFeed.isPending }
}

type Change = (before: ReadonlySet<string>) => ReadonlySet<string>

function outcomeOf(name: string, { run }: FeedRefresh): { message: string; isError?: boolean } {
  if (run === null) return { message: `${name} takes longer than usual. The page shows it when it is done.` }
  switch (run.result) {
    case 'changed':
      return { message: `${name}: +${formatNumber(run.added)} −${formatNumber(run.removed)} entries` }
    case 'unchanged':
    case 'not_modified':
      return { message: `${name} has not changed` }
    case 'held':
      return { message: `${name}: the run is held and waits for a decision. Nothing was changed.`, isError: true }
    case 'failed':
      return { message: `${name} could not be fetched. ${run.error ?? ''}`.trim(), isError: true }
  }
}

/** What an error says to a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Try again.'
}
