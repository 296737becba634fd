'use client'
// Why an event raised a signal, or why not: the ordered conditions with what each found, the first that failed, and the smallest changes
// that would have given another outcome.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Panel } from '@/components/patterns/panel'
import { When } from '@/components/patterns/when'
import { Conditions } from '@/components/signals/conditions'
import { suppressionHref } from '@/components/suppressions/suppression-search'
import { Mark } from '@/components/ui/mark'
import { explanationQuery } from '@/lib/signals/client'
import type { EventExplanation } from '@/lib/signals/contract/explanation'

const TITLE: Readonly<Record<EventExplanation['outcome'], string>> = {
  signal: 'Why it raised a signal',
  suppressed: 'Why it raised no signal',
  none: 'Why it raised no signal',
}

export function Explanation({ uuid }: { uuid: string }) {
  const query = useQuery(explanationQuery(uuid))
  const explanation = query.data
  if (query.isError && !explanation) {
    return (
      <Panel
        title="Why, or why not"
        state="error"
        message={`It could not be explained. ${query.error.message}`}
        onRetry={() => void query.refetch()}
      />
    )
  }
  if (!explanation) return <Panel title="Why, or why not" state="loading" lines={9} />
  return (
    <Panel
      title={TITLE[explanation.outcome]}
      state="ready"
      aside={`policy ${explanation.intentPolicy}`}
      provenance={<Basis explanation={explanation} />}
    >
      <div className="flex flex-col gap-3" data-slot="explanation" data-outcome={explanation.outcome}>
        <Outcome explanation={explanation} />
        <Conditions conditions={explanation.conditions} />
        <Flips flips={explanation.flips} />
      </div>
    </Panel>
  )
}

function Outcome({ explanation: { sentence, signal, suppression } }: { explanation: EventExplanation }) {
  return (
    <p className="text-15">
      <bdi className="[overflow-wrap:anywhere]">{sentence}</bdi>{' '}
      {signal && (
        <Link href={`/signals/${signal.reference}`} className="underline">
          Open {signal.reference}
        </Link>
      )}
      {suppression && (
        <Link href={suppressionHref(suppression.id)} className="underline">
          Open {suppression.reference}
        </Link>
      )}
    </p>
  )
}

function Flips({ flips }: { flips: readonly string[] }) {
  if (flips.length === 0) return null
  return (
    <section aria-label="What would change it" className="border-t border-hairline pt-2">
      <h3 className="mb-1 text-12 text-ink-muted">What would change it</h3>
      <ul className="flex flex-col gap-1">
        {flips.map((flip) => (
          <li key={flip} className="flex items-baseline gap-2">
            <Mark shape="diamond" size={8} />
            <bdi className="min-w-0 [overflow-wrap:anywhere]">{flip}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A finding is explained as it was decided, any other event by what is known now; the two must not be mixed up. */
function Basis({ explanation: { decidedOn, decidedAt } }: { explanation: EventExplanation }) {
  if (decidedOn === 'stored_decision' && decidedAt) {
    return (
      <span>
        As it was decided <When at={decidedAt} mode="both" />, with what was known of the address then.
      </span>
    )
  }
  return (
    <span>Judged anew by what feeds and settings say now. It never raised anything, so no decision is stored.</span>
  )
}
