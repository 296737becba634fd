'use client'
// Feeds with everything that can be done here: open, filter, add, edit, fetch, test an address, decide a held run.
import { Plus, Search } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { TextInput } from '@/components/ui/text-input'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { categoryWord } from '@/components/signals/signal-words'
import type { FeedItem, FeedList } from '@/lib/intel/contract/feed'
import { AddFeed } from './add-feed'
import { FeedDetails } from './feed-details'
import { FeedDialog } from './feed-dialog'
import { FeedTable } from './feed-table'
import { HeldRun } from './held-run'
import { NoFeeds } from './no-feeds'
import { sourceKeys } from './source-keys'
import { sourceSearch } from './source-search'
import { STATE_LOOK } from './source-words'
import { TestAddressField, TestAddressResult } from './test-address'
import { useFeedActions } from './use-feed-actions'
import { focusFeed, useSourceKeys } from './use-source-keys'

/** Held runs that are open from the start; more would bury the table. */
const OPEN_HELD = 3
/** From so many feeds on they can be searched. */
const SEARCH_FROM = 8

/** What is open over the page. */
type Window = { type: 'none' } | { type: 'catalogue' } | { type: 'form'; feed: FeedItem | null }

export function FeedsSection({ list, canChange }: { list: FeedList; canChange: boolean }) {
  const [{ ip, q, attention }, setView] = useQueryStates(sourceSearch)
  const [window, setWindow] = useState<Window>({ type: 'none' })
  const [refreshing, setRefreshing] = useState<ReadonlySet<string>>(new Set())
  const actions = useFeedActions(refreshing, setRefreshing)
  const { opened, isOpen, toggle, open } = useOpenFeeds(list.feeds)
  const testInput = useRef<HTMLInputElement>(null)
  const filterInput = useRef<HTMLInputElement>(null)
  const shown = useMemo(() => list.feeds.filter((feed) => isShown(feed, q, attention)), [list.feeds, q, attention])
  useSourceKeys({
    feeds: shown,
    testInput,
    filterInput,
    onHeld: open,
    onAdd: canChange ? () => setWindow({ type: 'catalogue' }) : undefined,
    onEdit: canChange ? (feed) => setWindow({ type: 'form', feed }) : undefined,
    onRefresh: canChange ? (feed) => void actions.refresh(feed) : undefined,
  })
  const close = () => setWindow({ type: 'none' })
  function showFeed(feedId: string) {
    void setView({ feed: feedId, q: null, attention: null })
  }
  return (
    <section aria-label="Feeds" className="min-w-0">
      <header className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-13">Feeds</h2>
        <p data-slot="sentence" className="min-w-0 text-ink-muted">
          {list.sentence}
        </p>
        <div data-print="hide" className="flex flex-wrap items-center gap-2 max-column:w-full min-column:ml-auto">
          <TestAddressField key={ip} ip={ip} inputRef={testInput} onTest={(tested) => void setView({ ip: tested })} />
          {canChange && list.feeds.length > 0 && <AddButton onAdd={() => setWindow({ type: 'catalogue' })} />}
        </div>
      </header>
      {ip && <TestAddressResult ip={ip} onClose={() => void setView({ ip: null })} />}
      {list.feeds.length === 0 ? (
        <NoFeeds canChange={canChange} onAdd={() => setWindow({ type: 'catalogue' })} onAdded={showFeed} />
      ) : (
        <>
          {list.feeds.length >= SEARCH_FROM && (
            <Filters
              feeds={list.feeds}
              q={q}
              attention={attention}
              found={shown.length}
              inputRef={filterInput}
              onChange={(change) => void setView(change)}
            />
          )}
          {shown.length > 0 && (
            <FeedTable
              feeds={shown}
              isOpen={isOpen}
              onToggle={toggle}
              renderDetails={(feed) => (
                <>
                  <HeldRun
                    feed={feed}
                    canChange={canChange}
                    actions={actions}
                    onDecide={() => open(feed.feedId)}
                    onDecided={() => focusFeed(feed.feedId)}
                  />
                  {feed.heldRunId !== null && feed.feedId !== opened ? (
                    <div className="px-2 py-1.5">
                      <Button size="small" tone="quiet" aria-expanded={false} onClick={() => open(feed.feedId)}>
                        Show settings and runs
                      </Button>
                    </div>
                  ) : (
                    <FeedDetails
                      feed={feed}
                      canChange={canChange}
                      actions={actions}
                      onEdit={() => setWindow({ type: 'form', feed })}
                    />
                  )}
                </>
              )}
            />
          )}
          <p className="px-0.5 pt-2 text-12 text-ink-muted">
            Strip: filled changed, outline unchanged, half late, cross failed, diamond held, hatched no run. Tick on the
            age bar: one cadence; full: late.
          </p>
        </>
      )}
      {window.type === 'catalogue' && (
        <AddFeed onClose={close} onOwn={() => setWindow({ type: 'form', feed: null })} onAdded={showFeed} />
      )}
      {window.type === 'form' && <FeedDialog feed={window.feed} onClose={close} onSaved={showFeed} />}
    </section>
  )
}

function AddButton({ onAdd }: { onAdd: () => void }) {
  const shortcut = useShortcut(sourceKeys, 'add')
  return (
    <Button icon={<Plus aria-hidden size={14} />} shortcut={shortcut} onClick={onAdd}>
      Add feed
    </Button>
  )
}

/** One feed is open by the address of the page; held ones are open until they are folded. */
function useOpenFeeds(feeds: readonly FeedItem[]) {
  const [{ feed: opened }, setView] = useQueryStates(sourceSearch)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const heldFirst = useMemo(
    () =>
      new Set(
        feeds
          .filter((feed) => feed.heldRunId !== null)
          .slice(0, OPEN_HELD)
          .map((feed) => feed.feedId),
      ),
    [feeds],
  )
  const isOpen = ({ feedId }: FeedItem) => feedId === opened || (heldFirst.has(feedId) && !folded.has(feedId))
  const toggle = useCallback(
    (feedId: string, wanted: boolean) => {
      setFolded((before) => new Set(wanted ? [...before].filter((one) => one !== feedId) : [...before, feedId]))
      if (wanted) void setView({ feed: feedId })
      else void setView((view) => ({ feed: view.feed === feedId ? null : view.feed }))
    },
    [setView],
  )
  const open = useCallback((feedId: string) => toggle(feedId, true), [toggle])
  return { opened, isOpen, toggle, open }
}

function isShown(feed: FeedItem, q: string, attention: boolean): boolean {
  if (attention && STATE_LOOK[feed.state.word].isWell) return false
  const text = [feed.name, feed.category, categoryWord(feed.category), feed.terms, feed.host, feed.state.word].join(' ')
  return text.toLowerCase().includes(q.trim().toLowerCase())
}

function Filters({
  feeds,
  q,
  attention,
  found,
  inputRef,
  onChange,
}: {
  feeds: readonly FeedItem[]
  q: string
  attention: boolean
  found: number
  inputRef: React.RefObject<HTMLInputElement | null>
  onChange: (change: { q?: string | null; attention?: boolean | null }) => void
}) {
  const unwell = feeds.filter((feed) => !STATE_LOOK[feed.state.word].isWell).length
  return (
    <div role="search" aria-label="Filter feeds" className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <div className="min-w-0 flex-1 basis-52 min-column:max-w-72">
        <TextInput
          ref={inputRef}
          aria-label="Find feeds"
          placeholder="Name, category, terms"
          icon={<Search aria-hidden size={14} />}
          value={q}
          onChange={(event) => onChange({ q: event.target.value || null })}
        />
      </div>
      <Checkbox
        label="Needs a look"
        count={unwell}
        checked={attention}
        onChange={(event) => onChange({ attention: event.target.checked || null })}
      />
      {found < feeds.length && (
        <p role="status" className="text-12 text-ink-muted">
          {found} of {feeds.length} shown
          {found === 0 && (
            <Button size="small" tone="quiet" onClick={() => onChange({ q: null, attention: null })}>
              Clear filters
            </Button>
          )}
        </p>
      )}
    </div>
  )
}
