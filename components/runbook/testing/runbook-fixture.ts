// An invented runbook in the shape of the contract, as the gallery and the component tests show it: a stolen session and a stolen API
// token.
import type { Runbook } from '@/lib/runbook/contract/runbook'
import { accountsStep } from './accounts-fixture'
import { activityStep } from './activity-fixture'
import { at, READ_AT } from './case-fixture'
import { changesStep } from './changes-fixture'
import { intelStep } from './intel-fixture'
import { legitimacyStep } from './legitimacy-fixture'
import { tokenStep } from './token-fixture'

export const runbook: Runbook = {
  signalId: 1042,
  readAt: READ_AT,
  steps: [intelStep, legitimacyStep, activityStep, tokenStep, changesStep, accountsStep],
  suggestion: {
    verdict: 'malicious',
    strength: 'likely',
    because: 'Tor exit, admin grant, second flagged address and a new factor.',
    reasonsFor: [],
    reasonsAgainst: [],
    evidence: [],
    answered: 6,
  },
  account: { status: 'ACTIVE', createdAt: null, passwordChangedAt: null, roles: ['Super admin'], factors: null },
  lookups: [
    { kind: 'api_token', subjectId: '00T4kExampleTokenId9xQ', state: 'fresh', askedAt: at('08:15:02'), message: null },
    { kind: 'user', subjectId: '00uDana', state: 'fresh', askedAt: at('08:15:03'), message: null },
    { kind: 'user_factors', subjectId: '00uDana', state: 'stale', askedAt: '2026-11-21T23:10:00.000Z', message: null },
    {
      kind: 'user_roles',
      subjectId: '00uDana',
      state: 'refused',
      askedAt: at('08:15:03'),
      message: 'Okta refused: grant the scope okta.roles.read to the service app.',
    },
  ],
}
