// Signals in which the token was used, newest first.
import Link from 'next/link'
import { When } from '@/components/patterns/when'
import { SeverityBadge } from '@/components/signals/severity-badge'
import { STATUS_WORD } from '@/components/signals/signal-words'
import type { TokenDetail } from '@/lib/timeline/contract/token'

const SHOWN = 8

export function TokenSignals({ token: { id, signals, signalsTotal } }: { token: TokenDetail }) {
  return (
    <section aria-labelledby="h-signals" data-slot="token-signals">
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 id="h-signals">Signals</h2>
        <p className="text-ink-muted">{signalsTotal === 0 ? 'None was opened with this token.' : 'Newest first.'}</p>
        {signalsTotal > SHOWN && (
          <Link href={`/?q=${encodeURIComponent(id)}&status=open,in_review,closed`} className="ml-auto text-12">
            All {signalsTotal} in the queue
          </Link>
        )}
      </header>
      {signals.length > 0 && (
        <ul className="rounded-lg border border-hairline">
          {signals.slice(0, SHOWN).map((signal) => (
            <li
              key={signal.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-hairline px-3.5 py-1.5 not-first:border-t"
            >
              <SeverityBadge severity={signal.severity} variant="row" isMuted={signal.status === 'closed'} />
              <span className="min-w-0 flex-1 basis-56">
                <Link href={`/signals/${signal.reference}`} className="inline-block min-h-6 leading-6">
                  {signal.reference}
                </Link>{' '}
                <bdi>{signal.actorLogin ?? signal.actorId}</bdi>
                <span className="text-12 text-ink-muted">
                  {' '}
                  · <span className="font-mono">{signal.ip}</span> · {STATUS_WORD[signal.status]} ·{' '}
                  <When at={signal.firstSeen} mode="compact" />
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
