'use client'
// The page of one API token: who made it when, every address that used it by day, what was changed with it, its state in Okta, and the
// signals it is part of.
import { useQuery } from '@tanstack/react-query'
import { formatDay, formatInstant } from '@/components/patterns/format-time'
import { RetryButton } from '@/components/patterns/retry-button'
import { useTimeZone } from '@/components/patterns/time-zone'
import { When } from '@/components/patterns/when'
import { Mark } from '@/components/ui/mark'
import { Skeleton } from '@/components/ui/skeleton'
import { tokenQuery } from '@/lib/timeline/client'
import type { TokenDetail } from '@/lib/timeline/contract/token'
import { TokenAddresses } from './token-addresses'
import { TokenEvents } from './token-events'
import { TokenHead, TokenProvenance } from './token-head'
import { TokenSignals } from './token-signals'
import { useTokenLookup } from './use-token-lookup'

export function TokenPage({ id }: { id: string }) {
  const query = useQuery(tokenQuery(id))
  const token = query.data ?? null
  const lookup = useTokenLookup(token)
  return (
    <div className="mx-auto w-full max-w-360 px-4 pb-12 min-column:px-6">
      <TokenHead id={id} token={token} />
      {query.isError && (
        <p
          role="alert"
          className="mb-3 flex flex-wrap items-center gap-2 rounded-md border-l-4 border-ink bg-surface-2 px-3 py-1.5"
        >
          <span className="min-w-0 flex-1">
            What is known about the token could not be read. {query.error.message}
            {token && (
              <span className="block text-12 text-ink-muted">
                Shown as of <When at={token.readAt} mode="both" />
              </span>
            )}
          </span>
          <RetryButton onRetry={() => void query.refetch()} />
        </p>
      )}
      {token ? (
        <div className="flex flex-col gap-5.5">
          <div>
            <p className="mb-3 text-15">
              <bdi>{token.sentence}</bdi>
            </p>
            <TokenProvenance token={token} lookup={lookup} />
          </div>
          <TokenAddresses token={token} />
          <TokenEvents token={token} />
          <TokenSignals token={token} />
          <TokenSources token={token} />
        </div>
      ) : (
        query.isPending && <LoadingParts />
      )}
    </div>
  )
}

/** What was searched, what of it is not stored, and what the log never says. */
function TokenSources({ token: { window, coverage, missing } }: { token: TokenDetail }) {
  const { timeZone } = useTimeZone()
  return (
    <footer className="border-t border-hairline pt-2 text-12 text-ink-muted" data-slot="token-sources">
      <p>
        Stored events, {formatDay(new Date(window.from), timeZone)} to {formatInstant(new Date(window.to), timeZone)}
        {coverage.isComplete ? ', complete.' : ', with gaps.'}
      </p>
      {coverage.gaps.slice(0, 3).map(({ from, to, reason }) => (
        <p key={`${from} ${to}`} className="flex items-baseline gap-1.5">
          <span aria-hidden className="hatched h-2.5 w-3.5 flex-none border border-dashed border-control-border" />
          <span className="min-w-0">
            {formatInstant(new Date(from), timeZone)} to {formatInstant(new Date(to), timeZone)}: <bdi>{reason}</bdi>
          </span>
        </p>
      ))}
      {missing.map((sentence) => (
        <p key={sentence} className="flex items-baseline gap-1.5">
          <Mark shape="question" size={8} />
          <bdi className="min-w-0 [overflow-wrap:anywhere]">{sentence}</bdi>
        </p>
      ))}
    </footer>
  )
}

function LoadingParts() {
  return (
    <div aria-busy="true" className="flex flex-col gap-5.5">
      <span className="sr-only">Loading the token</span>
      <Skeleton lines={1} />
      <div className="rounded-lg border border-hairline px-4 py-2">
        <Skeleton lines={3} />
      </div>
      <div className="rounded-lg border border-hairline px-4 py-2">
        <Skeleton lines={14} />
      </div>
    </div>
  )
}

/** While the page is on its way. */
export function LoadingToken() {
  return (
    <div className="mx-auto w-full max-w-360 px-4 pt-6 min-column:px-6">
      <LoadingParts />
    </div>
  )
}
