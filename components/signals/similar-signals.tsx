// Other signals of the same account, address or network, with what was decided on them.
import Link from 'next/link'
import { Panel } from '@/components/patterns/panel'
import { When } from '@/components/patterns/when'
import type { SignalDetail, SimilarSignal } from '@/lib/signals/contract/signal'
import { SeverityMark } from './severity-badge'
import { STATUS_WORD } from './signal-words'
import { similarSummary } from './similar-summary'
import { VerdictWord } from './verdict-mark'

const SHARES: Readonly<Record<SimilarSignal['shares'][number], string>> = {
  account: 'account',
  ip: 'address',
  network: 'network',
}

export function SimilarSignals({
  similar,
  hrefOf,
}: {
  similar: SignalDetail['similar']
  hrefOf: (signalId: number) => string
}) {
  return (
    <Panel
      title="Like this"
      look="plain"
      aside={similar.length > 0 ? similarSummary(similar) : undefined}
      {...(similar.length === 0
        ? { state: 'empty', message: 'No other signal of this account, address or network is stored.' }
        : {
            state: 'ready',
            children: (
              <ul className="flex flex-col gap-2">
                {similar.map((one) => (
                  <li key={one.id} className="text-12">
                    <span className="flex min-w-0 items-center gap-1.5">
                      <SeverityMark severity={one.severity} isMuted={one.status === 'closed'} />
                      <Link href={hrefOf(one.id)} prefetch={false} title={one.title}>
                        {one.reference}
                      </Link>
                      {one.verdict ? (
                        <VerdictWord verdict={one.verdict} look="text" />
                      ) : (
                        STATUS_WORD[one.status].toLowerCase()
                      )}
                    </span>
                    <span className="block text-ink-muted">
                      {one.decidedByName && (
                        <>
                          <bdi>{one.decidedByName}</bdi>,{' '}
                        </>
                      )}
                      <When at={one.lastSeen} mode="compact" />, same{' '}
                      {one.shares.map((share) => SHARES[share]).join(', ')}
                    </span>
                  </li>
                ))}
              </ul>
            ),
          })}
    />
  )
}
