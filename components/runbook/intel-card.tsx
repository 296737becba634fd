'use client'
// Step 1: what every feed said day by day, at the event, when the signal fired, and now; Okta's own opinion beside them, not counted.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { FactsStrip } from '@/components/patterns/facts-strip'
import { RetryButton } from '@/components/patterns/retry-button'
import { formatNumber, networkLabel } from '@/components/signals/signal-words'
import type { IntelStep } from '@/lib/runbook/contract/steps'
import { signalReference } from '@/lib/signals/model'
import { addressMatrixQuery } from '@/lib/timeline/client'
import { FeedMatrix } from './feed-matrix'
import { FeedTable } from './feed-table'
import { StepCard, type CardProps } from './step-card'

const DAY_MS = 86_400_000

export function IntelCard({ step, start, ...card }: CardProps<IntelStep>) {
  // Thirty days show most; an older event takes ninety, so that its day is among them.
  const isOld = step.window !== null && Date.parse(step.window.to) - Date.parse(start.firstSeen) > 28 * DAY_MS
  const matrix = useQuery({
    ...addressMatrixQuery(step.ip, isOld ? 90 : 30, start.signalId),
    enabled: card.view.isOpen,
  })
  return (
    <StepCard
      {...card}
      step={step}
      facts={<FactsStrip label="The address" facts={factsOf(step)} />}
      drawing={
        step.feeds.length > 0 ? (
          <>
            {matrix.isError && (
              <p role="alert" className="flex flex-wrap items-center gap-2 text-12">
                The days could not be read. {matrix.error.message}
                <RetryButton onRetry={() => void matrix.refetch()} />
              </p>
            )}
            <FeedMatrix step={step} matrix={matrix.data ?? null} isFailed={matrix.isError} />
          </>
        ) : null
      }
      table={step.feeds.length > 0 ? <FeedTable step={step} /> : null}
    >
      <p className="text-12">
        <Link href={`/ips/${step.ip}?signal=${signalReference(start.signalId)}`} prefetch={false}>
          Everything about <span className="font-mono">{step.ip}</span>, with everybody who came from it
        </Link>
      </p>
    </StepCard>
  )
}

function factsOf(step: IntelStep) {
  const { counts, neighbours } = step
  const of = (listed: number) => `${listed} of ${counts.feeds}`
  const notKnown = counts.notKnown > 0 ? `, ${counts.notKnown} not known` : ''
  return [
    { label: 'At the event', value: `${torText(step.isTorAtEvent)}${of(counts.atEvent)}${notKnown}` },
    { label: 'When it fired', value: of(counts.whenFired) },
    { label: 'Now', value: of(counts.now) },
    {
      label: 'Network',
      value: (
        <bdi className="line-clamp-2 break-all">
          {[networkLabel(step), step.networkType].filter(Boolean).join(', ')}
        </bdi>
      ),
    },
    {
      label: 'Neighbours',
      value: neighbours ? `${formatNumber(neighbours.entries)} listed in ${neighbours.range}` : 'not known',
    },
  ]
}

function torText(isTor: boolean | null): string {
  return isTor === null ? 'Tor not known, ' : isTor ? 'Tor exit, ' : ''
}
