// The verdict that follows from the six answers, with reasons for and against.
import type { Suggestion } from '../contract/runbook'
import type { AnsweredStep } from '../contract/runbook'

/** A suggestion, or none with the reason. */
export function suggestVerdict(steps: readonly AnsweredStep[]): Suggestion {
  const answered = steps.filter(({ answer }) => answer !== 'cannot_tell').length
  return {
    verdict: null,
    strength: 'none',
    because: `${answered} of 6 steps are answered; a verdict needs four.`,
    reasonsFor: [],
    reasonsAgainst: [],
    evidence: [],
    answered,
  }
}
