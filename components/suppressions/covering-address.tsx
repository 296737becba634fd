'use client'
// What is expected from an address, or from its network, right now: a finding that is missing may be hidden. Draws nothing where nothing is.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { When } from '@/components/patterns/when'
import { Mark } from '@/components/ui/mark'
import { coveringQuery } from '@/lib/suppressions/client'
import { suppressionHref } from './suppression-search'
import { TargetLabel } from './target-label'
import { findingsText } from './suppression-words'

export function CoveringAddress({ ip, asNumber }: { ip: string; asNumber: number | null }) {
  const { data } = useQuery(coveringQuery({ ip, asNumber }))
  if (!data || data.suppressions.length === 0) return null
  return (
    <section aria-label="Suppressions" data-slot="covering" className="rounded-lg border border-hairline px-4 py-2.5">
      <h2 className="text-13">Expected here, and hidden</h2>
      <ul className="mt-1 flex flex-col gap-1">
        {data.suppressions.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-2">
            <Mark shape="half" tone="muted" size={10} />
            <Link href={suppressionHref(one.id)} className="font-mono text-12">
              {one.reference}
            </Link>
            <TargetLabel target={one} isCut />
            <span className="text-12 text-ink-muted">
              {findingsText(one.hidden)} hidden, until <When at={one.endsAt} mode="day" />
            </span>
          </li>
        ))}
      </ul>
      {data.nextCursor !== null && (
        <p className="pt-1 text-12 text-ink-muted">
          And more:{' '}
          <Link href="/suppressions" className="underline">
            all suppressions
          </Link>
        </p>
      )}
    </section>
  )
}
