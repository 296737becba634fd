'use client'
// What became of the intelligence behind a signal: withdrawn since, or outweighed now by an allow-list. Says nothing while it stands.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { When } from '@/components/patterns/when'
import { Badge } from '@/components/ui/badge'
import { Mark, type MarkShape } from '@/components/ui/mark'
import { addressTestQuery } from '@/lib/intel/client'
import type { SignalListItem } from '@/lib/signals/contract/signal'

/** The badge, wherever a signal is named. */
export function WithdrawnBadge() {
  return <Badge mark="ring">Intel withdrawn</Badge>
}

type Judged = Pick<SignalListItem, 'ip' | 'intelWithdrawnAt' | 'reference'>

/** The sentences, for the signal page and the preview. */
export function IntelNow({ signal }: { signal: Judged }) {
  const { ip, intelWithdrawnAt, reference } = signal
  // Feeds change by the hour; a refetch comes with every change that is announced.
  const { data } = useQuery({ ...addressTestQuery(ip), staleTime: 60_000 })
  const allowing = data?.verdict === 'cleared' ? data.matches.filter((match) => match.intent === 'benign') : []
  if (!intelWithdrawnAt && allowing.length === 0) return null
  return (
    <div className="flex flex-col gap-1" data-slot="intel-now">
      {intelWithdrawnAt && <Withdrawn at={intelWithdrawnAt} />}
      {allowing.length > 0 && (
        <Note shape="check">
          <b className="font-semibold">An allow-list covers this address now</b>:{' '}
          {[...new Set(allowing.map((match) => match.feedName))].join(', ')}. Allow-lists win, so a new event from it
          would raise no signal.{' '}
          <Link href={`/ips/${ip}?signal=${reference}`} prefetch={false} className="underline">
            See the address
          </Link>
        </Note>
      )}
    </div>
  )
}

/** Why a signal carries the badge. */
export function Withdrawn({ at }: { at: string }) {
  return (
    <Note shape="ring">
      <b className="font-semibold">Intelligence withdrawn.</b> No feed flags this address any more since{' '}
      <When at={at} mode="both" />; the signal rests on what was known when it fired.
    </Note>
  )
}

function Note({ shape, children }: { shape: MarkShape; children: ReactNode }) {
  return (
    <p className="flex gap-1.5">
      <span className="flex h-5 flex-none items-center">
        <Mark shape={shape} size={12} />
      </span>
      <span className="min-w-0">{children}</span>
    </p>
  )
}
