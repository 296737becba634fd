// Step 2: loads its facts and answers it.
import type { LegitimacyStep } from '../contract/steps'
import { STEPS } from '../model'
import type { OpenCase } from './open-case'

/** Step 2 of an open case. */
export async function answerLegitimacyStep(_open: OpenCase): Promise<LegitimacyStep> {
  return {
    step: 2,
    question: STEPS[1].question,
    assessment: { id: 'legitimacy', version: 1 },
    answer: 'cannot_tell',
    weight: 'none',
    speaksForBenign: false,
    sentence: 'Nothing was looked up.',
    evidence: [],
    window: null,
    coverage: { isComplete: false, gaps: [] },
    missing: [],
    historyEvents: 0,
    historyDays: 0,
    dimensions: [],
    hours: null,
    device: { isNamed: false, isKnown: false, isManaged: null, firstAt: null, lastAt: null, networks: [] },
    factor: null,
    operator: null,
    colleagues: null,
    suppressions: [],
    likelihood: { score: 0, contributions: [], wouldChange: [] },
  }
}
