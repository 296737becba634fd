// Step 1: loads its facts and answers it.
import type { IntelStep } from '../contract/steps'
import { STEPS } from '../model'
import type { OpenCase } from './open-case'

/** Step 1 of an open case. */
export async function answerIntelStep(open: OpenCase): Promise<IntelStep> {
  return {
    step: 1,
    question: STEPS[0].question,
    assessment: { id: 'intel', version: 1 },
    answer: 'cannot_tell',
    weight: 'none',
    speaksForBenign: false,
    sentence: 'Nothing was looked up.',
    evidence: [],
    window: null,
    coverage: { isComplete: false, gaps: [] },
    missing: [],
    ip: open.signal.ip,
    asNumber: open.signal.asNumber,
    asOrg: open.signal.asOrg,
    country: open.signal.country,
    networkType: null,
    feeds: [],
    counts: { feeds: 0, atEvent: 0, whenFired: 0, now: 0, notKnown: 0 },
    isTorAtEvent: null,
    neighbours: null,
    okta: { events: 0, threatSuspected: 0, proxy: 0, threatInsight: 0, services: [] },
  }
}
