'use client'
// What a suppression would have hidden and what it would have shown still: a sentence, and every signal by name.
import { When } from '@/components/patterns/when'
import { ZoneName } from '@/components/patterns/time-zone'
import { Mark } from '@/components/ui/mark'
import type { PreviewSignal, SuppressionOption } from '@/lib/suppressions/contract'
import { SeverityMark } from './severity-badge'
import { previewSummary } from './suppression-draft'
import { VerdictWord } from './verdict-mark'
import { verdictOf } from './verdict-words'

export function SuppressionPreview({ option, windowDays }: { option: SuppressionOption; windowDays: number }) {
  const { sentence, warning } = previewSummary(option, windowDays)
  return (
    <section
      aria-label={`In the last ${windowDays} days`}
      className="flex flex-col gap-1.5 border-t border-hairline pt-3"
    >
      <h3 className="text-12">In the last {windowDays} days</h3>
      <p className="font-semibold">{sentence}</p>
      {warning && (
        <p role="status" className="flex gap-2 border-l-4 border-ink bg-surface-2 px-3 py-1.5">
          {warning}
        </p>
      )}
      {option.signals.length > 0 && <PreviewTable signals={option.signals} total={option.total} />}
    </section>
  )
}

function PreviewTable({ signals, total }: { signals: readonly PreviewSignal[]; total: number }) {
  return (
    <div role="region" aria-label="Signals it names" tabIndex={0} data-scroll className="max-h-56 overflow-auto">
      <table className="w-full text-12">
        <thead className="sr-only">
          <tr>
            <th scope="col">Signal</th>
            <th scope="col">Address</th>
            <th scope="col">Would have been</th>
            <th scope="col">
              Last event, <ZoneName />
            </th>
          </tr>
        </thead>
        <tbody>
          {signals.map((one) => (
            <PreviewRow key={one.id} signal={one} />
          ))}
        </tbody>
      </table>
      {total > signals.length && (
        <p className="py-1 text-12 text-ink-muted">
          The newest {signals.length} of {total}.
        </p>
      )}
    </div>
  )
}

function PreviewRow({ signal }: { signal: PreviewSignal }) {
  const verdict = verdictOf(signal.verdict)
  return (
    <tr className={`border-t border-hairline ${signal.isHidden ? '' : 'bg-surface-2'}`}>
      <td className="py-1 pr-2">
        <a
          href={`/signals/${signal.reference}`}
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-1.5 font-mono"
        >
          <SeverityMark severity={signal.severity} />
          {signal.reference}
        </a>
      </td>
      <td className="py-1 pr-2 font-mono break-all">{signal.ip}</td>
      <td className="py-1 pr-2">
        {signal.isHidden ? (
          <span className="inline-flex items-center gap-1.5">
            hidden{verdict ? ',' : ', no verdict'} {verdict && <VerdictWord verdict={verdict} look="text" />}
          </span>
        ) : (
          <span className="inline-flex items-center gap-1.5 font-medium">
            <Mark shape="ring" size={10} />
            still shown{signal.why ? `: ${signal.why}` : ''}
          </span>
        )}
      </td>
      <td className="py-1 text-right text-ink-muted">
        <When at={signal.lastSeen} mode="compact" />
      </td>
    </tr>
  )
}
