'use client'
// The drawer of well-known feeds, each to switch on, and the way to one of your own.
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { Panel } from '@/components/patterns/panel'
import { categoryWord } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextInput } from '@/components/ui/text-input'
import { catalogueQuery } from '@/lib/intel/client'
import type { CatalogueItem } from '@/lib/intel/contract/feed'
import { CatalogueCard } from './catalogue-card'

export function AddFeed({
  onClose,
  onOwn,
  onAdded,
}: {
  onClose: () => void
  /** Asked for a feed of your own. */
  onOwn: () => void
  onAdded: (feedId: string) => void
}) {
  const [search, setSearch] = useState('')
  return (
    <Dialog
      title="Add feed"
      description="Well-known feeds with their terms. Nothing is fetched before you switch it on."
      place="drawer"
      width="large"
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      footer={
        <>
          <Button onClick={onOwn}>Add your own feed</Button>
          <Button tone="quiet" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="mb-3">
        <TextInput
          aria-label="Find in the catalogue"
          placeholder="Name, category, terms"
          icon={<Search aria-hidden size={14} />}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <Catalogue search={search} onAdded={onAdded} />
    </Dialog>
  )
}

function Catalogue({ search, onAdded }: { search: string; onAdded: (feedId: string) => void }) {
  const query = useQuery(catalogueQuery())
  if (!query.data) {
    return query.isError ? (
      <Panel
        title="The catalogue could not be read"
        level={3}
        state="error"
        message={query.error.message}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <Panel title="Catalogue" level={3} state="loading" lines={6} line="row" />
    )
  }
  const found = query.data.items.filter((item) => isFound(item, search))
  const groups = [
    { title: 'Recommended: no key, worth having everywhere', items: found.filter((item) => item.isRecommended) },
    { title: 'Others', items: found.filter((item) => !item.isRecommended) },
  ].filter(({ items }) => items.length > 0)
  if (groups.length === 0) {
    return <p className="text-ink-muted">Nothing in the catalogue has that name. Add it as your own feed.</p>
  }
  return (
    <div className="flex flex-col gap-4">
      {groups.map(({ title, items }) => (
        <section key={title} aria-label={title}>
          <h3 className="mb-1.5 text-12 text-ink-muted">{title}</h3>
          <ul className="rounded-lg border border-hairline">
            {items.map((item) => (
              <CatalogueCard key={item.id} item={item} canChange onAdded={onAdded} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function isFound(item: CatalogueItem, search: string): boolean {
  const text = [item.name, item.description, item.terms, item.host, categoryWord(item.category), item.category]
  return text.join(' ').toLowerCase().includes(search.trim().toLowerCase())
}
