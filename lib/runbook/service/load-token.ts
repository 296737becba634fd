// Step 4: loads its facts and answers it.
import type { TokenStep } from '../contract/steps'
import { STEPS } from '../model'
import type { OpenCase } from './open-case'

/** Step 4 of an open case. */
export async function answerTokenStep(_open: OpenCase): Promise<TokenStep> {
  return {
    step: 4,
    question: STEPS[3].question,
    assessment: { id: 'token', version: 1 },
    answer: 'cannot_tell',
    weight: 'none',
    speaksForBenign: false,
    sentence: 'Nothing was looked up.',
    evidence: [],
    window: null,
    coverage: { isComplete: false, gaps: [] },
    missing: [],
    tokens: [],
    createdAfter: [],
  }
}
