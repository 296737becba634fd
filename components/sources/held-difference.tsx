// What a held run would change: bar and counts, entries that go and come, and the signals that would lose support.
import Link from 'next/link'
import type { ReactNode } from 'react'
import { When } from '@/components/patterns/when'
import { formatCount, formatNumber } from '@/components/signals/signal-words'
import { Mark, type MarkShape, type MarkTone } from '@/components/ui/mark'
import type { HeldRunView } from '@/lib/intel/contract/feed'

type Signals = HeldRunView['relyingAlone']

export function HeldDifference({ held }: { held: HeldRunView }) {
  return (
    <>
      <Balance held={held} />
      <div className="grid gap-x-4 gap-y-3 min-column:grid-cols-2 min-pane:grid-cols-[1fr_1fr_1.35fr]">
        <Samples
          title="Removed, in use first"
          sign="−"
          samples={held.removedSamples}
          inUse={new Set(held.removedInUse)}
          count={held.removed}
          none="Nothing would be removed"
        />
        <Samples title="Added" sign="+" samples={held.addedSamples} count={held.added} none="Nothing would be added" />
        <Consequences held={held} />
      </div>
    </>
  )
}

const FILLS = {
  kept: 'bg-heat-3',
  removed: 'hatched border border-control-border',
  added: 'bg-ink',
} as const

function Balance({ held }: { held: HeldRunView }) {
  const parts = (['kept', 'removed', 'added'] as const).map((part) => ({ part, count: held[part] }))
  return (
    <div className="mt-2.5 mb-3">
      <div aria-hidden className="flex h-3.5 gap-px">
        {parts.map(
          ({ part, count }) =>
            count > 0 && <span key={part} className={`min-w-0.5 ${FILLS[part]}`} style={{ flex: count }} />,
        )}
      </div>
      <ul
        aria-label="What it would change"
        className="mt-1.5 flex flex-wrap gap-x-4.5 gap-y-0.5 text-12 text-ink-muted"
      >
        {parts.map(({ part, count }) => (
          <li key={part} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 flex-none ${FILLS[part]}`} />
            <span>
              <b className="font-semibold text-ink">{formatNumber(count)}</b> {part}
            </span>
          </li>
        ))}
        <li>
          {formatNumber(held.before)} now, {formatNumber(held.after)} after
        </li>
      </ul>
    </div>
  )
}

function Samples({
  title,
  sign,
  samples,
  inUse,
  count,
  none,
}: {
  title: string
  sign: '+' | '−'
  samples: readonly string[]
  /** Those that stored events came from. */
  inUse?: ReadonlySet<string>
  count: number
  none: string
}) {
  const more = count - samples.length
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-12 font-medium text-ink-muted">{title}</h4>
      {count === 0 ? (
        <p className="text-12">{none}</p>
      ) : (
        <ul aria-label={title} className="overflow-hidden rounded-md border border-hairline bg-bg">
          {samples.slice(0, SHOWN).map((sample) => (
            <li key={sample} className="flex gap-2 px-2 font-mono text-12 leading-5">
              <span aria-hidden className="text-ink-muted">
                {sign}
              </span>
              <span className="min-w-0 break-all">{sample}</span>
              {inUse?.has(sample) && <span className="ml-auto font-sans text-ink-muted">in use</span>}
            </li>
          ))}
          {count > Math.min(SHOWN, samples.length) && (
            <li className="border-t border-hairline px-2 text-12 leading-5 text-ink-muted">
              {formatNumber(more + Math.max(0, samples.length - SHOWN))} more
            </li>
          )}
        </ul>
      )}
    </div>
  )
}

const SHOWN = 6

function Consequences({ held }: { held: HeldRunView }) {
  const { relyingAlone, relyingAlso, inForceSince, lateAt, canAccept } = held
  const high = relyingAlone.filter((signal) => signal.severity === 'high').length
  return (
    <div className="min-w-0 min-column:col-span-2 min-pane:col-span-1">
      <h4 className="mb-1 text-12 font-medium text-ink-muted">{canAccept ? 'If you accept' : 'What it means'}</h4>
      <ul className="flex flex-col gap-1.5 text-12">
        {canAccept && relyingAlone.length > 0 && (
          <Consequence shape={high > 0 ? 'triangle' : 'diamond'} tone={high > 0 ? 'high' : 'medium'}>
            <b className="font-semibold">
              {formatCount(relyingAlone.length, 'open signal')}
              {high > 0 && `, ${high} HIGH,`}
            </b>{' '}
            {relyingAlone.length === 1 ? 'rests' : 'rest'} on what would be removed alone:{' '}
            <SignalLinks signals={relyingAlone} />. {relyingAlone.length === 1 ? 'It' : 'They'} would read “intelligence
            withdrawn”.
          </Consequence>
        )}
        {canAccept && relyingAlso.length > 0 && (
          <Consequence shape="check" tone="muted">
            <SignalLinks signals={relyingAlso} /> {relyingAlso.length === 1 ? 'keeps' : 'keep'} other intelligence.
          </Consequence>
        )}
        {canAccept && relyingAlone.length === 0 && relyingAlso.length === 0 && (
          <Consequence shape="check" tone="muted">
            No open signal rests on what would be removed.
          </Consequence>
        )}
        <Consequence shape="question" tone="muted">
          {canAccept ? 'If you reject: ' : ''}
          {inForceSince ? (
            <>
              what was read on <When at={inForceSince} mode="absolute" /> stays in force
              {lateAt && (
                <>
                  {' and is late from '}
                  <When at={lateAt} mode="absolute" />
                </>
              )}
              .
            </>
          ) : (
            'nothing is in force, as nothing was read before.'
          )}
        </Consequence>
      </ul>
    </div>
  )
}

function Consequence({ shape, tone, children }: { shape: MarkShape; tone: MarkTone; children: ReactNode }) {
  return (
    <li className="flex gap-1.5">
      <span className="flex h-4 flex-none items-center">
        <Mark shape={shape} tone={tone} size={12} />
      </span>
      <span className="min-w-0">{children}</span>
    </li>
  )
}

const LINKS = 8

function SignalLinks({ signals }: { signals: Signals }) {
  return (
    <>
      {signals.slice(0, LINKS).map((signal, index) => (
        <span key={signal.id}>
          {index > 0 && ', '}
          <Link href={`/signals/${signal.reference}`} prefetch={false} className="whitespace-nowrap underline">
            {signal.reference}
          </Link>
        </span>
      ))}
      {signals.length > LINKS && ` and ${signals.length - LINKS} more`}
    </>
  )
}
