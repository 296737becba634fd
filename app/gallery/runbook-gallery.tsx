'use client'
// The six steps of the runbook in every state, from an invented signal.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { MissingSteps, RunbookCards } from '@/components/runbook/runbook-steps'
import { RailParts } from '@/components/runbook/step-rail'
import { FIRST_SEEN, SIGNAL_IP } from '@/components/runbook/testing/case-fixture'
import { runbookStates, type RunbookState } from '@/components/runbook/testing/runbook-states'
import { findPinned, TriageContext, type Triage } from '@/components/signals/triage-context'
import { Button } from '@/components/ui/button'
import { addressMatrixQuery, addressQuery } from '@/lib/timeline/client'
import { Line, Section } from './section'

const SIGNAL_ID = 1042
const START = { signalId: SIGNAL_ID, ip: SIGNAL_IP, firstSeen: FIRST_SEEN }

export function RunbookGallery({ initial = 'found' }: { initial?: RunbookState }) {
  const [state, setState] = useState<RunbookState>(initial)
  const queries = useMemo(() => clientWith(state), [state])
  const triage = useLocalTriage()
  const { runbook } = runbookStates[state]
  return (
    <Section title="Runbook">
      <Line>
        {(Object.keys(runbookStates) as RunbookState[]).map((each) => (
          <Button key={each} size="small" aria-pressed={each === state} onClick={() => setState(each)}>
            {runbookStates[each].label}
          </Button>
        ))}
      </Line>
      <QueryClientProvider client={queries}>
        <TriageContext value={triage}>
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-7 gap-y-4 print:block facets:grid-cols-[11.5rem_minmax(0,1fr)]">
            <RailParts steps={runbook?.steps ?? null} isFailed={state === 'failed'} />
            <div key={state} className="flex min-w-0 flex-col gap-4">
              {runbook ? (
                <RunbookCards runbook={runbook} start={START} lookups={{ isAsking: state === 'found' }} />
              ) : (
                <MissingSteps problem={state === 'failed' ? 'The server did not answer.' : null} onRetry={() => {}} />
              )}
            </div>
          </div>
        </TriageContext>
      </QueryClientProvider>
    </Section>
  )
}

/** A cache that holds what the cards ask for, so that the gallery asks nobody. */
function clientWith(state: RunbookState): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } })
  const { matrix, address } = runbookStates[state]
  if (matrix) client.setQueryData(addressMatrixQuery(SIGNAL_IP, 30, SIGNAL_ID).queryKey, matrix)
  if (address) client.setQueryData(addressQuery(SIGNAL_IP, SIGNAL_ID).queryKey, address)
  return client
}

/** Pins and reviews that stay on this page. */
function useLocalTriage(): Triage {
  const [evidence, setEvidence] = useState<Triage['evidence']>([])
  const [reviews, setReviews] = useState<Triage['reviews']>([])
  return useMemo(() => {
    const at = '2026-11-22T08:20:00.000Z'
    return {
      signalId: SIGNAL_ID,
      canChange: true,
      evidence,
      isPinned: (ref) => findPinned(evidence, ref),
      pin: (ref) =>
        setEvidence([...evidence, { ...ref, number: evidence.length + 1, pinnedAt: at, pinnedByName: 'Ines Moreau' }]),
      unpin: (ref) => setEvidence(evidence.filter((one) => one.kind !== ref.kind || one.ref !== ref.ref)),
      reviews,
      toggleReview: (step) =>
        setReviews(
          reviews.some((one) => one.step === step)
            ? reviews.filter((one) => one.step !== step)
            : [...reviews, { step, reviewedAt: at, reviewerName: 'Ines Moreau' }],
        ),
      focusEvidence: () => undefined,
    }
  }, [evidence, reviews])
}
