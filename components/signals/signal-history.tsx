'use client'
// Who did what to the signal, newest first. Append-only; notes are plain text.
import { ZoneName } from '@/components/patterns/time-zone'
import { Panel } from '@/components/patterns/panel'
import { When } from '@/components/patterns/when'
import type { HistoryEntry } from '@/lib/signals/contract/signal'

export function SignalHistory({ entries }: { entries: readonly HistoryEntry[] }) {
  return (
    <Panel
      title="History"
      look="plain"
      aside={<ZoneName />}
      {...(entries.length === 0
        ? { state: 'unknown', message: 'The history of this signal could not be read.' }
        : {
            state: 'ready',
            children: (
              <ol className="flex flex-col gap-2">
                {entries.toReversed().map((entry, index) => (
                  <li key={`${entry.at}:${index}`} className="text-12">
                    <span className="text-ink-muted">
                      <When at={entry.at} mode="compact" />
                    </span>{' '}
                    <b className="font-semibold">
                      <bdi>{entry.actor.name}</bdi>
                    </b>{' '}
                    <bdi>{entry.text}</bdi>
                    {entry.note && (
                      <p className="mt-1 max-h-40 overflow-hidden border-l-2 border-control-border pl-2 whitespace-pre-wrap">
                        <bdi>{entry.note}</bdi>
                      </p>
                    )}
                  </li>
                ))}
              </ol>
            ),
          })}
    />
  )
}
