'use client'
// Who works on a signal: a soft claim with the time it has left. Being active renews the own one; taking over another's asks once.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { Avatar } from '@/components/patterns/avatar'
import type { KeyScope } from '@/components/patterns/keys/define-keys'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { showToast } from '@/components/patterns/toast'
import { useFromNow } from '@/components/patterns/time-zone'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { claimSignalMutation, releaseClaimMutation } from '@/lib/signals/client'
import type { SignalListItem } from '@/lib/signals/contract/signal'
import { claimLeft, isRenewalDue } from './claim-time'

/** How often an own claim is looked at for renewal, milliseconds. */
const LOOK_EVERY_MS = 30_000

export interface ClaimControlProps {
  signal: Pick<SignalListItem, 'id' | 'reference' | 'claim' | 'status'>
  canChange: boolean
  actorId: string
  keys: KeyScope<'claim'>
}

export function ClaimControl({ signal, canChange, actorId, keys }: ClaimControlProps) {
  const { claim } = signal
  const [isAsking, setAsking] = useState(false)
  const change = useClaim(signal)
  const shortcut = useShortcut(keys, 'claim')
  const left = useFromNow((now) => claimLeft(claim, now) ?? '')
  const isLive = claim !== null && left !== ''
  const isOwn = isLive && claim.byId === actorId
  const isOpen = signal.status === 'open' || signal.status === 'in_review'
  const press = () => {
    if (isOwn) change.release()
    else if (isLive) setAsking(true)
    else change.claim(false)
  }
  useKeys(keys, { claim: canChange && isOpen ? press : undefined })
  useRenewal(isOwn ? claim.expiresAt : null, change.renew)
  if (!isOpen && !isLive) return null
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-2 text-12">
      {isLive && (
        <span className="flex min-w-0 items-center gap-1.5 text-ink-muted">
          <Avatar name={claim.byName} tone={isOwn ? 'own' : 'other'} isSpoken={false} />
          <span className="min-w-0 truncate">
            Claimed by {isOwn ? 'you' : <bdi>{claim.byName}</bdi>}, {left}
          </span>
        </span>
      )}
      {canChange && isOpen && !(isLive && !isOwn) && (
        <Button size="small" tone="quiet" shortcut={shortcut} disabled={change.isBusy} onClick={press}>
          {isOwn ? 'Release' : 'Claim'}
        </Button>
      )}
      {canChange && isLive && !isOwn && (
        <Popover
          label="Take over"
          width="small"
          align="end"
          isOpen={isAsking}
          onOpenChange={setAsking}
          trigger={
            <Button size="small" tone="quiet" shortcut={shortcut}>
              Take over
            </Button>
          }
        >
          <p className="mb-2">
            <bdi>{claim.byName}</bdi> works on {signal.reference}. Taking over is written to its history.
          </p>
          <Button
            tone="primary"
            onClick={() => {
              setAsking(false)
              change.claim(true)
            }}
          >
            Take over {signal.reference}
          </Button>
        </Popover>
      )}
    </span>
  )
}

function useClaim({ id: signalId, reference }: Pick<SignalListItem, 'id' | 'reference'>) {
  const queries = useQueryClient()
  const claiming = useMutation(claimSignalMutation(queries))
  const releasing = useMutation(releaseClaimMutation(queries))
  const failed = (what: string) => (error: Error) =>
    void showToast({ message: `${reference} was not ${what}. ${error.message}`, isError: true })
  return {
    isBusy: claiming.isPending || releasing.isPending,
    claim: (takeOver: boolean) => claiming.mutate({ signalId, takeOver }, { onError: failed('claimed') }),
    release: () => releasing.mutate({ signalId }, { onError: failed('released') }),
    // A renewal that fails says nothing: the claim is soft, and its end is on screen.
    renew: () => claiming.mutate({ signalId }),
  }
}

/** Renews the own claim while the reader is at work on the page. */
function useRenewal(expiresAt: string | null, renew: () => void) {
  const onRenew = useEffectEvent(renew)
  useEffect(() => {
    if (expiresAt === null) return
    let activeAt = 0
    const wasActive = () => {
      activeAt = Date.now()
    }
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return
      if (isRenewalDue({ expiresAt, activeAt: new Date(activeAt), now: new Date() })) onRenew()
    }, LOOK_EVERY_MS)
    const events = ['keydown', 'pointermove', 'wheel', 'touchstart'] as const
    for (const name of events) window.addEventListener(name, wasActive, { passive: true })
    return () => {
      clearInterval(timer)
      for (const name of events) window.removeEventListener(name, wasActive)
    }
  }, [expiresAt])
}
