// Step 5: loads its facts and answers it.
import type { ChangesStep } from '../contract/steps'
import { STEPS } from '../model'
import type { OpenCase } from './open-case'

/** Step 5 of an open case. */
export async function answerChangesStep(_open: OpenCase): Promise<ChangesStep> {
  return {
    step: 5,
    question: STEPS[4].question,
    assessment: { id: 'changes', version: 1 },
    answer: 'cannot_tell',
    weight: 'none',
    speaksForBenign: false,
    sentence: 'Nothing was looked up.',
    evidence: [],
    window: null,
    coverage: { isComplete: false, gaps: [] },
    missing: [],
    changes: [],
    lifelines: [],
    patterns: [],
    isComplete: true,
  }
}
