'use client'
// What stands in place of the table while there is no feed: what it means, and the recommended ones to switch on.
import { useQuery } from '@tanstack/react-query'
import { Panel } from '@/components/patterns/panel'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { catalogueQuery } from '@/lib/intel/client'
import { CatalogueCard } from './catalogue-card'
import { NEEDS_ADMIN } from './source-words'

export function NoFeeds({
  canChange,
  onAdd,
  onAdded,
}: {
  canChange: boolean
  onAdd: () => void
  onAdded: (feedId: string) => void
}) {
  const query = useQuery(catalogueQuery())
  const recommended = query.data?.items.filter((item) => item.isRecommended) ?? []
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3 rounded-lg border border-hairline px-4 py-3">
        <Mark shape="cross" />
        <p className="min-w-0 flex-1 basis-72">
          <b className="font-semibold">No feeds yet: nothing can flag an address.</b> An empty queue proves nothing
          until at least one is on. {canChange ? 'These work at once and need no key.' : NEEDS_ADMIN}
        </p>
        {canChange && (
          <Button tone="primary" onClick={onAdd}>
            Add feed
          </Button>
        )}
      </div>
      {query.isPending && <Panel title="Recommended" level={3} state="loading" lines={4} line="row" />}
      {query.isError && (
        <Panel
          title="The catalogue could not be read"
          level={3}
          state="error"
          message={query.error.message}
          onRetry={() => void query.refetch()}
        />
      )}
      {recommended.length > 0 && (
        <section aria-label="Recommended feeds">
          <h3 className="mb-1.5 text-12 text-ink-muted">Recommended</h3>
          <ul className="rounded-lg border border-hairline">
            {recommended.map((item) => (
              <CatalogueCard key={item.id} item={item} canChange={canChange} onAdded={onAdded} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
