'use client'
// The six answers as sentences, for the preview beside the queue; each leads to its card.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { RetryButton } from '@/components/patterns/retry-button'
import { Skeleton } from '@/components/ui/skeleton'
import { runbookQuery } from '@/lib/runbook/client'
import { stepAnchor } from './step-card'
import { StepMark } from './step-mark'

/** `href`: the page of the signal. */
export function StepAnswers({ signalId, href }: { signalId: number; href: string }) {
  const query = useQuery(runbookQuery(signalId))
  if (query.isError && !query.data) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 border-l-4 border-ink bg-surface-2 px-3 py-2">
        {query.error.message} <RetryButton onRetry={() => void query.refetch()} />
      </p>
    )
  }
  if (!query.data) {
    return (
      <div>
        <span className="sr-only">Loading the steps</span>
        <Skeleton lines={12} />
      </div>
    )
  }
  const { steps } = query.data
  return (
    <section aria-label="Steps">
      <ol>
        {steps.map(({ step, question, state, sentence }) => (
          <li
            key={step}
            data-step={step}
            data-state={state}
            className="grid grid-cols-[0.75rem_1rem_minmax(0,1fr)] gap-x-2 border-b border-hairline py-2 last:border-0"
          >
            <span className="font-mono text-12 leading-[18px] text-ink-muted">{step}</span>
            <StepMark state={state} />
            <div className="min-w-0">
              <Link href={`${href}#${stepAnchor(step)}`} prefetch={false} className="block text-12 text-ink-muted">
                {question}
              </Link>
              <p>
                {state === 'unknown' && <b className="font-semibold">Cannot tell. </b>}
                {sentence}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
