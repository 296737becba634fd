'use client'
// One suppression: what it names, why, until when, what it hid, and what can be done about it by whom.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useState, type ReactNode } from 'react'
import { FactsStrip, type Fact } from '@/components/patterns/facts-strip'
import { RetryButton } from '@/components/patterns/retry-button'
import { showToast } from '@/components/patterns/toast'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Mark } from '@/components/ui/mark'
import { Skeleton } from '@/components/ui/skeleton'
import { endSuppressionMutation, suppressionQuery } from '@/lib/suppressions/client'
import type { SuppressionDetail } from '@/lib/suppressions/contract'
import { suppressionReference } from '@/lib/suppressions/model'
import { HiddenFindings } from './hidden-findings'
import { RenewForm } from './renew-form'
import { TargetLabel } from './target-label'
import { hiddenText, REASON_WORD, STATE_LOOK } from './suppression-words'

/** @param onOpen opens another one, or none */
export function SuppressionDrawer({
  suppressionId,
  onOpen,
}: {
  suppressionId: number
  onOpen: (suppressionId: number | null) => void
}) {
  const query = useQuery(suppressionQuery(suppressionId))
  const [isRenewing, setRenewing] = useState(false)
  const detail = query.data
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onOpen(null)}
      place="drawer"
      width="large"
      title={suppressionReference(suppressionId)}
      description={
        detail && (
          <span className="block max-h-24 overflow-auto">
            <TargetLabel target={detail} />
          </span>
        )
      }
      footer={detail && !isRenewing ? <Actions detail={detail} onRenew={() => setRenewing(true)} /> : undefined}
    >
      {detail ? (
        <div className="flex flex-col gap-4">
          {isRenewing && (
            <RenewForm
              detail={detail}
              onCancel={() => setRenewing(false)}
              onRenewed={(renewed) => onOpen(renewed.id)}
            />
          )}
          <FactsStrip label="Facts" isStacked facts={factsOf(detail)} />
          {detail.note && <Text title="Note">{detail.note}</Text>}
          <Evidence detail={detail} />
          <HiddenFindings detail={detail} />
          <History detail={detail} />
        </div>
      ) : query.isError ? (
        <div role="alert" className="flex flex-wrap items-center gap-2 border-l-4 border-ink bg-surface-2 px-3 py-1.5">
          <Mark shape="cross" />
          <p className="min-w-0 flex-1 basis-52">{query.error.message}</p>
          <RetryButton onRetry={() => void query.refetch()} />
        </div>
      ) : (
        <>
          <span className="sr-only">Loading</span>
          <Skeleton lines={10} />
        </>
      )}
    </Dialog>
  )
}

function factsOf(detail: SuppressionDetail): Fact[] {
  const { shape, word } = STATE_LOOK[detail.state]
  return [
    {
      label: 'State',
      value: (
        <span className="flex items-center gap-1.5">
          <Mark shape={shape} size={10} />
          {word}
        </span>
      ),
    },
    { label: 'Reason', value: REASON_WORD[detail.reason] },
    { label: 'Owner', value: <bdi>{detail.ownerName}</bdi> },
    { label: 'Covers events from', value: <When at={detail.startsAt} /> },
    detail.endedAt === null
      ? { label: detail.state === 'expired' ? 'Expired' : 'Until', value: <When at={detail.endsAt} mode="both" /> }
      : {
          label: 'Ended early',
          value: (
            <>
              <When at={detail.endedAt} mode="both" /> by <bdi>{detail.endedByName}</bdi>
            </>
          ),
        },
    { label: 'Hidden', value: hiddenText(detail) },
    { label: 'Last match', value: detail.lastMatchAt ? <When at={detail.lastMatchAt} mode="both" /> : 'none' },
    ...(detail.signalId === null
      ? []
      : [{ label: 'Made from', value: <Link href={`/signals/${detail.signalId}`}>SIG-{detail.signalId}</Link> }]),
  ]
}

function Actions({ detail, onRenew }: { detail: SuppressionDetail; onRenew: () => void }) {
  const queries = useQueryClient()
  const end = useMutation(endSuppressionMutation(queries))
  const [isAsking, setAsking] = useState(false)
  const { reference } = detail
  const isLive = detail.state === 'active' || detail.state === 'expiring'
  function endIt() {
    end.mutate(
      { suppressionId: detail.id },
      {
        onSuccess: () =>
          showToast({ message: `${reference} ended. What is new opens signals again; what it hid stays hidden.` }),
        onError: (error) => showToast({ message: `${reference} was not ended. ${error.message}`, isError: true }),
        onSettled: () => setAsking(false),
      },
    )
  }
  if (isAsking) {
    return (
      <>
        <p className="w-full">
          From now on its activity opens signals again. What it hid stays hidden. It cannot be taken back, only renewed.
        </p>
        <Button tone="danger" disabled={end.isPending} onClick={endIt}>
          {end.isPending ? 'Ending' : `End ${reference} now`}
        </Button>
        <Button onClick={() => setAsking(false)}>Keep it</Button>
      </>
    )
  }
  return (
    <>
      {detail.renewal.isAllowed && (
        <Button tone="primary" onClick={onRenew}>
          Renew…
        </Button>
      )}
      {detail.mayEnd && <Button onClick={() => setAsking(true)}>End now…</Button>}
      {detail.renewal.reason !== null && (
        <p className="text-12 text-ink-muted">
          Renewing: {detail.renewal.reason}
          {isLive && !detail.mayEnd && ' Ending needs an analyst.'}
        </p>
      )}
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="pb-1 text-12">{title}</h3>
      {children}
    </section>
  )
}

function Text({ title, children }: { title: string; children: string }) {
  return (
    <Section title={title}>
      <p dir="auto" className="max-h-48 overflow-auto break-words whitespace-pre-wrap">
        {children}
      </p>
    </Section>
  )
}

function Evidence({ detail: { evidence } }: { detail: SuppressionDetail }) {
  if (evidence.length === 0) return null
  return (
    <Section title="Made on">
      <ul className="flex flex-col gap-1">
        {evidence.map((fact) => (
          <li key={fact.number} className="flex gap-2">
            <span className="font-mono text-12">E{fact.number}</span>
            <bdi className="line-clamp-2 min-w-0 break-words">{fact.label}</bdi>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function History({ detail: { history } }: { detail: SuppressionDetail }) {
  return (
    <Section title="History">
      <ol className="flex flex-col gap-1">
        {history.map((entry, index) => (
          <li key={index} className="flex flex-wrap gap-x-2">
            <span className="text-12 text-ink-muted">
              <When at={entry.at} />
            </span>
            <span className="min-w-0 break-words">
              <bdi className="font-medium">{entry.actorName}</bdi> {entry.sentence}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
