'use client'
// The suggested verdict as the reader may see it: at once, or, if they prefer to judge first, once all steps are reviewed.
import { useQuery } from '@tanstack/react-query'
import { runbookQuery } from '@/lib/runbook/client'
import type { Runbook, Suggestion } from '@/lib/runbook/contract/runbook'
import { STEPS } from '@/lib/runbook/model'
import { useStoredFlag } from './use-browser'

export type ShownSuggestion =
  | { state: 'loading' }
  | { state: 'failed'; message: string; onRetry: () => void }
  /** Kept back by the reader's own choice. */
  | { state: 'withheld'; reviewed: number; of: number }
  | { state: 'shown'; suggestion: Suggestion }

export interface SuggestionView {
  shown: ShownSuggestion
  /** Null until read. */
  runbook: Runbook | null
}

/** Whether suggestions wait until all steps are reviewed. Kept in this browser. */
export function useSuggestAfterReview() {
  return useStoredFlag('sallyport.suggest-after-review')
}

export function useSuggestion(signalId: number, reviews: readonly { step: number }[]): SuggestionView {
  const query = useQuery(runbookQuery(signalId))
  const [isAfterReview] = useSuggestAfterReview()
  const runbook = query.data ?? null
  const reviewed = new Set(reviews.map(({ step }) => step)).size
  return { shown: shownOf(), runbook }

  function shownOf(): ShownSuggestion {
    if (!runbook) {
      if (!query.isError) return { state: 'loading' }
      return { state: 'failed', message: query.error.message, onRetry: () => void query.refetch() }
    }
    if (isAfterReview && reviewed < STEPS.length) return { state: 'withheld', reviewed, of: STEPS.length }
    return { state: 'shown', suggestion: runbook.suggestion }
  }
}

/** Why no verdict stands in the form already; null where one does. */
export function whyNoSuggestion(shown: ShownSuggestion): string | null {
  if (shown.state === 'loading') return 'The six answers are still being read, so nothing is suggested yet.'
  if (shown.state === 'failed') return `The six answers could not be read, so nothing is suggested. ${shown.message}`
  if (shown.state === 'withheld') {
    return `You asked to judge first: the suggestion shows once all steps are reviewed, ${shown.reviewed} of ${shown.of} are.`
  }
  return shown.suggestion.verdict === null ? `No verdict is suggested. ${shown.suggestion.because}` : null
}
