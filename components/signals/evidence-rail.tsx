'use client'
// What is pinned to the signal, by number, with the way to the step it comes from. Numbers are never used again.
import { X } from 'lucide-react'
import Link from 'next/link'
import { eventHref } from '@/components/events/event-href'
import { Panel } from '@/components/patterns/panel'
import { When } from '@/components/patterns/when'
import { IconButton } from '@/components/ui/icon-button'
import { stepAnchor } from '@/components/runbook/current-step'
import type { PinnedEvidence } from '@/lib/signals/contract/triage'
import { EvidenceNumber } from './pin-button'
import { useTriage } from './triage-context'

export function EvidenceRail() {
  const { evidence, canChange } = useTriage()
  return (
    <Panel
      title="Pinned evidence"
      look="plain"
      aside={evidence.length > 0 ? evidence.length : undefined}
      {...(evidence.length === 0
        ? {
            state: 'empty',
            message: canChange
              ? 'Nothing is pinned yet. Pin facts in the steps; a verdict also pins what it cites.'
              : 'Nothing is pinned.',
          }
        : {
            state: 'ready',
            children: (
              <ol className="flex flex-col">
                {evidence.map((one) => (
                  <Pinned key={one.number} evidence={one} />
                ))}
              </ol>
            ),
          })}
    />
  )
}

function Pinned({ evidence }: { evidence: PinnedEvidence }) {
  const { canChange, unpin } = useTriage()
  const { number, kind, ref, label, step, at } = evidence
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] items-start gap-x-2.5 py-1">
      <EvidenceNumber number={number} />
      <div className="min-w-0">
        <p className="line-clamp-3 break-words" title={label}>
          <bdi>{label}</bdi>
        </p>
        <p className="text-12 text-ink-muted">
          {step !== null && <Link href={`#${stepAnchor(step)}`}>Step {step}</Link>}
          {step !== null && at && ', '}
          {at && <When at={at} mode="compact" />}
          {kind === 'event' && (
            <>
              {(step !== null || at) && ', '}
              <Link href={eventHref(ref)}>event</Link>
            </>
          )}
        </p>
      </div>
      {canChange && (
        <IconButton
          size="small"
          label={`Unpin E${number}`}
          icon={<X aria-hidden size={12} />}
          onClick={() => unpin(evidence)}
        />
      )}
    </li>
  )
}
