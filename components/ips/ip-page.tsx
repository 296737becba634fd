'use client'
// The page of one address: who it is, who listed it and who came from it day by day, where else they come from, look-ups, events. Each part
// loads, fails and is asked again by itself.
import { useQuery } from '@tanstack/react-query'
import { parseAsInteger, useQueryState } from 'nuqs'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { CoveringAddress } from '@/components/suppressions/covering-address'
import { Skeleton } from '@/components/ui/skeleton'
import { addressQuery } from '@/lib/timeline/client'
import { AddressEvents } from './address-events'
import { AddressSignals } from './address-signals'
import { IpFacts, IpHead } from './ip-head'
import { IpNotes } from './ip-notes'
import { LookupsPanel } from './lookups-panel'
import { MatrixPanel } from './matrix-panel'
import { WhereElse } from './where-else'

export interface IpPageProps {
  /** Canonical. */
  ip: string
  /** The signal whose event and alert are meant; null for the newest. */
  signalId: number | null
  /** May ask look-up providers. */
  canAsk: boolean
}

export function IpPage({ ip, signalId, canAsk }: IpPageProps) {
  const [days, setDays] = useQueryState('days', parseAsInteger.withDefault(90))
  const span = days === 30 ? 30 : 90
  const query = useQuery({ ...addressQuery(ip, signalId), placeholderData: (before) => before })
  const detail = query.data ?? null
  return (
    <div className="mx-auto w-full max-w-360 px-4 pb-12 min-column:px-6">
      <IpHead ip={ip} detail={detail} />
      {query.isError && (
        <p
          role="alert"
          className="mb-3 flex flex-wrap items-center gap-2 rounded-md border-l-4 border-ink bg-surface-2 px-3 py-1.5"
        >
          <span className="min-w-0 flex-1">
            What is known about the address could not be read. {query.error.message}
            {detail && (
              <span className="block text-12 text-ink-muted">
                Shown as of <When at={detail.readAt} mode="both" />
              </span>
            )}
          </span>
          <RetryButton onRetry={() => void query.refetch()} />
        </p>
      )}
      {detail ? (
        <>
          <IpFacts detail={detail} />
          <IpNotes detail={detail} />
          {detail.totals.accounts === 0 && (
            <p className="mt-3 text-15">
              {detail.totals.sentence} {listedNow(detail.verdicts.now)}
            </p>
          )}
        </>
      ) : (
        query.isPending && <LoadingPart label="the address" lines={3} />
      )}
      <div className="mt-5.5">
        <MatrixPanel
          ip={ip}
          signalId={signalId}
          span={span}
          onSpan={(next) => void setDays(next === 90 ? null : next)}
          sentence={detail?.sentence ?? null}
        />
      </div>
      <div className="mt-5.5 grid grid-cols-[minmax(0,1fr)] gap-6 facets:grid-cols-[minmax(0,712px)_minmax(0,1fr)]">
        <div className="min-w-0">
          {detail ? (
            <WhereElse elsewhere={detail.elsewhere} totals={detail.totals} />
          ) : (
            query.isPending && <LoadingPart label="the accounts" lines={8} />
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-5.5">
          <LookupsPanel ip={ip} canAsk={canAsk} />
          {detail && <AddressSignals detail={detail} />}
          {detail && <CoveringAddress ip={ip} asNumber={detail.network.asNumber} />}
        </div>
      </div>
      <div className="mt-5.5">
        <AddressEvents ip={ip} totals={detail?.totals ?? null} />
      </div>
    </div>
  )
}

function listedNow({ listedBy, feeds }: { listedBy: number; feeds: number }): string {
  if (feeds === 0) return 'No feed of threat intelligence is switched on.'
  if (listedBy === 0) return `None of ${feeds} feeds lists it now.`
  return `${listedBy} of ${feeds} feeds ${listedBy === 1 ? 'lists' : 'list'} it now.`
}

function LoadingPart({ label, lines }: { label: string; lines: number }) {
  return (
    <div aria-busy="true" className="rounded-lg border border-hairline px-4 py-2">
      <span className="sr-only">Loading {label}</span>
      <Skeleton lines={lines} />
    </div>
  )
}

/** While the page is on its way. */
export function LoadingIp() {
  return (
    <div className="mx-auto flex w-full max-w-360 flex-col gap-5 px-4 pt-6 min-column:px-6">
      <LoadingPart label="the address" lines={4} />
      <LoadingPart label="the days" lines={14} />
    </div>
  )
}
