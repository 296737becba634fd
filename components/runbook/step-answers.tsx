'use client'
// The six answers as sentences, for the preview beside the queue; each leads to its card.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { RetryButton } from '@/components/patterns/retry-button'
import { Skeleton } from '@/components/ui/skeleton'
import { runbookQuery } from '@/lib/runbook/client'
import { stepAnchor } from './current-step'
import { StepMeter } from './step-meter'
import { answerWord, meterOf } from './step-words'

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
  return (
    <section aria-label="Steps">
      <ol>
        {query.data.steps.map((step) => (
          <li
            key={step.step}
            data-step={step.step}
            data-answer={step.answer}
            className="grid grid-cols-[0.75rem_0.5rem_minmax(0,1fr)] gap-x-2 border-b border-hairline py-2 last:border-0"
          >
            <span className="font-mono text-12 leading-[18px] text-ink-muted">{step.step}</span>
            <StepMeter meter={meterOf(step)} isSpoken={false} />
            <div className="min-w-0">
              <Link href={`${href}#${stepAnchor(step.step)}`} prefetch={false} className="block text-12 text-ink-muted">
                {step.question}
              </Link>
              <p className="line-clamp-4 [overflow-wrap:anywhere]">
                <b className="font-semibold">{answerWord(step)}.</b> <bdi>{step.sentence}</bdi>
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
