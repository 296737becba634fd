// Step 3: loads its facts and answers it.
import type { ActivityStep } from '../contract/steps'
import { STEPS } from '../model'
import type { OpenCase } from './open-case'

/** Step 3 of an open case. */
export async function answerActivityStep(_open: OpenCase): Promise<ActivityStep> {
  return {
    step: 3,
    question: STEPS[2].question,
    assessment: { id: 'activity', version: 1 },
    answer: 'cannot_tell',
    weight: 'none',
    speaksForBenign: false,
    sentence: 'Nothing was looked up.',
    evidence: [],
    window: null,
    coverage: { isComplete: false, gaps: [] },
    missing: [],
    lanes: [],
    classes: [],
    notable: [],
    events: 0,
    isComplete: true,
  }
}
