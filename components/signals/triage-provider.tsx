'use client'
// Gives the parts of a signal page its pinned evidence and reviewed steps, and the key `+` that pins the focused fact.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, type ReactNode } from 'react'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { announce } from '@/components/patterns/live-region'
import { showToast } from '@/components/patterns/toast'
import { pinEvidenceMutation, reviewStepMutation, unpinEvidenceMutation } from '@/lib/signals/client'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import type { EvidenceRef } from '@/lib/signals/model'
import { focusedPinButton } from './focused-pin'
import { findPinned, TriageContext, type EvidenceIdentity, type Triage } from './triage-context'
import { signalPageKeys } from './triage-keys'

export interface TriageProviderProps {
  signal: SignalDetail
  canChange: boolean
  children: ReactNode
}

export function TriageProvider({ signal, canChange, children }: TriageProviderProps) {
  const queries = useQueryClient()
  const { mutate: sendPin } = useMutation(pinEvidenceMutation(queries))
  const { mutate: sendUnpin } = useMutation(unpinEvidenceMutation(queries))
  const { mutate: sendReview } = useMutation(reviewStepMutation(queries))
  const focused = useRef<EvidenceRef | null>(null)
  const { id: signalId, reference, evidence, reviews } = signal

  const failed = useCallback(
    (what: string) => (error: Error) =>
      void showToast({ message: `${reference}: ${what}. ${error.message}`, isError: true }),
    [reference],
  )
  const pin = useCallback(
    (ref: EvidenceRef) => sendPin({ signalId, evidence: [ref] }, { onError: failed('not pinned') }),
    [sendPin, signalId, failed],
  )
  const unpin = useCallback(
    (ref: EvidenceIdentity) => {
      const pinned = findPinned(evidence, ref)
      if (pinned) sendUnpin({ signalId, number: pinned.number }, { onError: failed('still pinned') })
    },
    [sendUnpin, signalId, evidence, failed],
  )
  const setReviewed = useCallback(
    (step: number, isReviewed: boolean) =>
      sendReview({ signalId, step, isReviewed }, { onError: failed(`step ${step} is as it was`) }),
    [sendReview, signalId, failed],
  )
  const triage = useMemo<Triage>(
    () => ({
      signalId,
      canChange,
      evidence,
      isPinned: (ref) => findPinned(evidence, ref),
      pin,
      unpin,
      reviews,
      toggleReview: (step) => setReviewed(step, !reviews.some((one) => one.step === step)),
      focusEvidence: (ref) => {
        focused.current = ref
      },
    }),
    [signalId, canChange, evidence, pin, unpin, reviews, setReviewed],
  )

  function pinFocused() {
    const ref = focused.current
    if (ref) return findPinned(evidence, ref) ? unpin(ref) : pin(ref)
    const button = focusedPinButton()
    if (button) button.click()
    else announce('No fact has focus. Go to one first, then pin it.')
  }

  useKeys(signalPageKeys, { pin: canChange ? pinFocused : undefined })

  return <TriageContext value={triage}>{children}</TriageContext>
}
