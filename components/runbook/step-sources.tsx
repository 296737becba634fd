'use client'
// Where the facts of a step come from: the window that was searched, what of it is not stored, what is missing, and how old Okta's own
// answers are. Okta's line keeps its place while it is being asked, so that nothing moves when the answer comes.
import { formatCompact, formatDay, formatInstant } from '@/components/patterns/format-time'
import { useFromNow, useTimeZone } from '@/components/patterns/time-zone'
import { Mark } from '@/components/ui/mark'
import type { AnsweredStep, OktaLookup } from '@/lib/runbook/contract/runbook'

/** What Okta is asked for each step. */
const ASKED: Readonly<Partial<Record<number, { kinds: readonly OktaLookup['kind'][]; name: string }>>> = {
  4: { kinds: ['api_token'], name: 'Okta’s record of the token' },
  5: { kinds: ['user_factors', 'user'], name: 'Okta’s list of factors' },
  6: { kinds: ['user_roles'], name: 'Okta’s list of roles' },
}
const GAPS_SHOWN = 3

export function StepSources({
  step,
  lookups,
  isAsking,
  note,
}: {
  step: AnsweredStep
  lookups: readonly OktaLookup[]
  isAsking: boolean
  note?: string
}) {
  const asked = ASKED[step.step]
  const own = asked ? lookups.filter(({ kind }) => asked.kinds.includes(kind)) : []
  return (
    <div className="flex min-w-0 flex-1 basis-64 flex-col gap-0.5 py-1">
      <p>
        {step.window ? (
          <SearchedWindow window={step.window} isComplete={step.coverage.isComplete} />
        ) : (
          'Nothing was searched.'
        )}{' '}
        {asked && own.length > 0 && <OktaAge name={asked.name} lookups={own} isAsking={isAsking} />}
        {note}
      </p>
      <Gaps gaps={step.coverage.gaps} />
      {[...step.missing, ...messagesOf(own)].map((sentence) => (
        <Lacking key={sentence}>{sentence}</Lacking>
      ))}
    </div>
  )
}

function SearchedWindow({
  window: { from, to },
  isComplete,
}: {
  window: { from: string; to: string }
  isComplete: boolean
}) {
  const { timeZone } = useTimeZone()
  const end = new Date(to)
  // A window may reach beyond now; what has not happened is not stored.
  const until = useFromNow((now) => (now < end ? 'until now' : `to ${formatInstant(end, timeZone)}`))
  return (
    <>
      Stored events, {formatDay(new Date(from), timeZone)} {until}
      {isComplete ? ', complete.' : ', with gaps.'}
    </>
  )
}

function Gaps({ gaps }: { gaps: AnsweredStep['coverage']['gaps'] }) {
  const { timeZone } = useTimeZone()
  const rest = gaps.length - GAPS_SHOWN
  return (
    <>
      {gaps.slice(0, GAPS_SHOWN).map(({ from, to, reason }) => (
        <p key={`${from} ${to}`} className="flex items-baseline gap-1.5">
          <span aria-hidden className="hatched h-2.5 w-3.5 flex-none border border-dashed border-control-border" />
          <span className="min-w-0">
            {formatInstant(new Date(from), timeZone)} to {formatInstant(new Date(to), timeZone)}: <bdi>{reason}</bdi>
          </span>
        </p>
      ))}
      {rest > 0 && <p>{rest === 1 ? '1 more gap.' : `${rest} more gaps.`}</p>}
    </>
  )
}

function OktaAge({ name, lookups, isAsking }: { name: string; lookups: readonly OktaLookup[]; isAsking: boolean }) {
  const { timeZone } = useTimeZone()
  const answered = lookups.filter(({ state }) => state === 'fresh' || state === 'stale').map(({ askedAt }) => askedAt)
  // The oldest is what can be relied on.
  const oldest = answered.filter((at) => at !== null).sort()[0]
  const age = useFromNow((now) => (oldest ? formatCompact(new Date(oldest), now, timeZone) : ''))
  const isWaiting = isAsking && lookups.some(({ state }) => state === 'stale' || state === 'not_asked')
  const text = oldest
    ? `${name} of ${age}${isWaiting ? ', asking again.' : '.'}`
    : isWaiting
      ? `${name}: asking.`
      : lookups.some(({ state }) => state === 'not_found')
        ? `${name}: gone from Okta.`
        : `${name}: ${lookups.every(({ state }) => state === 'not_asked') ? 'not asked yet.' : 'no answer.'}`
  return <span aria-busy={isWaiting || undefined}>{text}</span>
}

function messagesOf(lookups: readonly OktaLookup[]): string[] {
  const failed = lookups.filter(({ state }) => state === 'refused' || state === 'failed')
  return [...new Set(failed.flatMap(({ message }) => (message ? [message] : [])))]
}

function Lacking({ children }: { children: string }) {
  return (
    <p className="flex items-baseline gap-1.5">
      <Mark shape="question" size={8} />
      <bdi className="line-clamp-3 min-w-0 [overflow-wrap:anywhere]">{children}</bdi>
    </p>
  )
}
