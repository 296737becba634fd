'use client'
// Services that can be asked about the address. Nothing is asked without a click, because asking tells them what we look at.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useFromNow } from '@/components/patterns/time-zone'
import { formatDuration } from '@/components/patterns/format-time'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { Skeleton } from '@/components/ui/skeleton'
import { askProviderMutation, lookupsQuery } from '@/lib/intel/client'
import type { LookupItem } from '@/lib/intel/contract/lookup'

export function LookupsPanel({ ip, canAsk }: { ip: string; canAsk: boolean }) {
  const query = useQuery(lookupsQuery(ip))
  return (
    <section aria-labelledby="h-lookups" data-slot="lookups" aria-busy={query.isPending || undefined}>
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 id="h-lookups">Look-ups on demand</h2>
        <p className="text-ink-muted">Not counted in the verdict.</p>
      </header>
      <div className="rounded-lg border border-hairline">
        {query.isError && (
          <p role="alert" className="flex flex-wrap items-center gap-2 px-3.5 py-2">
            <span className="min-w-0 flex-1">The look-ups could not be read. {query.error.message}</span>
            <RetryButton onRetry={() => void query.refetch()} />
          </p>
        )}
        {query.isPending && (
          <div className="px-3.5 py-1">
            <span className="sr-only">Loading the look-ups</span>
            <Skeleton lines={4} line="row" />
          </div>
        )}
        {query.data && (
          <ul>
            {query.data.lookups.map((item) => (
              <LookupRow key={item.provider} ip={ip} item={item} canAsk={canAsk} />
            ))}
          </ul>
        )}
        {query.data?.lookups.length === 0 && <p className="px-3.5 py-2 text-ink-muted">No service is set up.</p>}
      </div>
    </section>
  )
}

function LookupRow({ ip, item, canAsk }: { ip: string; item: LookupItem; canAsk: boolean }) {
  const queries = useQueryClient()
  const ask = useMutation(askProviderMutation(queries, ip))
  const { answer, failure, isEnabled } = item
  const problem =
    ask.error?.message ?? (failure && (!answer || failure.askedAt > answer.askedAt) ? failure.summary : null)
  return (
    <li
      data-provider={item.provider}
      className={`grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 border-hairline px-3.5 py-1.5 not-first:border-t min-column:grid-cols-[minmax(0,9.5rem)_minmax(0,1fr)_4.75rem_5.5rem] ${isEnabled ? '' : 'text-ink-muted'}`}
    >
      <div className="min-w-0">
        <b className="font-semibold">{item.name}</b>
        <p className="text-12 text-ink-muted">{item.budgetText}</p>
      </div>
      <div className="min-w-0 max-column:order-3 max-column:col-span-2">
        {answer ? <Answer answer={answer} note={item.note} /> : <NeverAsked canAsk={item.canAsk} />}
        {problem && (
          <p role={ask.isError ? 'alert' : undefined} className="flex items-start gap-1.5 text-12">
            <span className="flex h-4 items-center">
              <Mark shape="cross" size={8} />
            </span>
            {problem}
          </p>
        )}
        {!item.canAsk && item.reason && <p className="text-12 text-ink-muted">{item.reason}</p>}
      </div>
      <div className="text-12 max-column:order-4">{answer ? <Age answer={answer} /> : '–'}</div>
      <div className="text-right max-column:order-2">
        {canAsk ? (
          <Button
            size="small"
            disabled={!item.canAsk || ask.isPending}
            title={item.reason ?? undefined}
            aria-label={`${answer ? 'Ask again' : 'Ask'}: ${item.name}`}
            onClick={() => ask.mutate(item.provider)}
          >
            {ask.isPending ? (
              'Asking'
            ) : !item.canAsk && item.availableAt ? (
              <Later at={item.availableAt} />
            ) : answer ? (
              'Ask again'
            ) : (
              'Ask'
            )}
          </Button>
        ) : (
          <span className="text-12 text-ink-muted">needs an analyst</span>
        )}
      </div>
    </li>
  )
}

function Answer({ answer, note }: { answer: NonNullable<LookupItem['answer']>; note: string }) {
  const facts = answer.facts.slice(0, 4)
  return (
    <>
      <p>{answer.summary}</p>
      {facts.length > 0 && (
        <dl className="flex flex-wrap gap-x-3 text-12 text-ink-muted">
          {facts.map(({ label, value }) => (
            <div key={label} className="flex min-w-0 gap-1">
              <dt>{label}</dt>
              <dd className="min-w-0 break-words text-ink">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {note && <p className="text-12 text-ink-muted">{note}</p>}
    </>
  )
}

function NeverAsked({ canAsk }: { canAsk: boolean }) {
  return (
    <p className="text-ink-muted">
      Never asked
      {canAsk && <span className="block text-12">nothing is looked up without a click</span>}
    </p>
  )
}

function Age({ answer: { askedAt, askedBy, isStale } }: { answer: NonNullable<LookupItem['answer']> }) {
  const age = useFromNow((now) => formatDuration(now.getTime() - new Date(askedAt).getTime()))
  return (
    <span title={`asked by ${askedBy}`} className={isStale ? 'font-semibold' : ''}>
      <time dateTime={askedAt}>{age}</time>
      {isStale && ', stale'}
      <span className="sr-only">
        , asked <When at={askedAt} /> by {askedBy}
      </span>
    </span>
  )
}

function Later({ at }: { at: string }) {
  return <>{useFromNow((now) => `in ${formatDuration(new Date(at).getTime() - now.getTime())}`)}</>
}
