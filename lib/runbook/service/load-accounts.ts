// Step 6: loads its facts and answers it.
import type { AccountsStep } from '../contract/steps'
import { STEPS } from '../model'
import type { OpenCase } from './open-case'

/** Step 6 of an open case. */
export async function answerAccountsStep(_open: OpenCase): Promise<AccountsStep> {
  return {
    step: 6,
    question: STEPS[5].question,
    assessment: { id: 'accounts', version: 1 },
    answer: 'cannot_tell',
    weight: 'none',
    speaksForBenign: false,
    sentence: 'Nothing was looked up.',
    evidence: [],
    window: null,
    coverage: { isComplete: false, gaps: [] },
    missing: [],
    accounts: [],
    accountsTotal: 0,
    shared: null,
    spray: null,
  }
}
