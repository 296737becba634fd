// What an event was done to, by type and name.
import { Panel } from '@/components/patterns/panel'
import { formatNumber } from '@/components/signals/signal-words'
import type { EventWords } from './read-event-text'

export function EventTargets({ words: { targets, targetsTotal } }: { words: EventWords }) {
  return (
    <Panel
      title="Done to"
      aside={targetsTotal > 0 ? formatNumber(targetsTotal) : undefined}
      {...(targets.length === 0
        ? { state: 'empty', message: 'The event names no target.' }
        : {
            state: 'ready',
            children: (
              <>
                <ul className="flex flex-col gap-1">
                  {targets.map(({ type, name, id }, index) => (
                    <li key={index} className="flex min-w-0 flex-wrap items-baseline gap-x-3">
                      <span className="w-40 flex-none text-ink-muted max-column:w-full">
                        <bdi>{type ?? 'type not given'}</bdi>
                      </span>
                      <bdi className="line-clamp-2 min-w-0 font-medium break-all">{name}</bdi>
                      {id !== null && id !== name && (
                        <bdi className="line-clamp-1 min-w-0 font-mono text-12 break-all text-ink-muted">{id}</bdi>
                      )}
                    </li>
                  ))}
                </ul>
                {targetsTotal > targets.length && (
                  <p className="pt-1 text-12 text-ink-muted">The others stand in its JSON below.</p>
                )}
              </>
            ),
          })}
    />
  )
}
