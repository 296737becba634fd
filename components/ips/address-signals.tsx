// Signals of the address, newest first. Choosing one makes the verdicts speak of its event and alert.
import Link from 'next/link'
import { When } from '@/components/patterns/when'
import { SeverityBadge } from '@/components/signals/severity-badge'
import { formatCount, STATUS_WORD } from '@/components/signals/signal-words'
import type { AddressDetail } from '@/lib/timeline/contract/address'
import { accountName } from './matrix-rows'
import { ipHref } from './ip-words'

const SHOWN = 8

export function AddressSignals({ detail }: { detail: AddressDetail }) {
  const { signals, signalsTotal, signal: chosen, ip } = detail
  const shown = signals.slice(0, SHOWN)
  return (
    <section aria-labelledby="h-signals" data-slot="address-signals">
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 id="h-signals">Signals</h2>
        <p className="text-ink-muted">{signalsTotal === 0 ? 'None was opened for this address.' : 'Newest first.'}</p>
        {signalsTotal > shown.length && (
          <Link href={`/?q=${encodeURIComponent(ip)}&status=open,in_review,closed`} className="ml-auto text-12">
            All {signalsTotal} in the queue
          </Link>
        )}
      </header>
      {shown.length > 0 && (
        <ul className="rounded-lg border border-hairline">
          {shown.map((signal) => (
            <li
              key={signal.id}
              data-signal={signal.id}
              className={`flex flex-wrap items-center gap-x-3 gap-y-0.5 border-hairline px-3.5 py-1.5 not-first:border-t ${signal.id === chosen?.id ? 'bg-row-selected' : ''}`}
            >
              <SeverityBadge severity={signal.severity} variant="row" isMuted={signal.status === 'closed'} />
              <span className="min-w-0 flex-1 basis-56">
                <Link href={`/signals/${signal.reference}`} className="inline-block min-h-6 leading-6">
                  {signal.reference}
                </Link>{' '}
                {accountName({ actorId: signal.actorId, login: signal.actorLogin, name: signal.actorName })}
                <span className="text-12 text-ink-muted">
                  {' '}
                  · {STATUS_WORD[signal.status]} · {formatCount(signal.eventCount, 'event')} ·{' '}
                  <When at={signal.firstSeen} mode="compact" />
                </span>
              </span>
              {signal.id === chosen?.id ? (
                <span className="text-12">verdicts are of this one</span>
              ) : (
                <Link
                  href={ipHref(ip, signal.id)}
                  scroll={false}
                  replace
                  className="inline-block min-h-6 text-12 leading-6"
                >
                  Verdicts of this one
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
