// Step 4 of the invented signal.
import type { TokenStep } from '@/lib/runbook/contract/steps'
import { at, complete, event, evidence, FIRST_SEEN, READ_AT, SIGNAL_IP } from './case-fixture'

const daily = (days: readonly number[]) =>
  days.flatMap((calls, index) => {
    const day = new Date(Date.UTC(2026, 9, 24 + index)).toISOString().slice(0, 10)
    return calls === 0 ? [] : [{ day, calls }]
  })
const zeros = (count: number) => Array.from({ length: count }, () => 0)
const address = (
  ip: string,
  days: readonly number[],
  categories: TokenStep['tokens'][number]['addresses'][number]['categories'],
  isFlagged: boolean,
): TokenStep['tokens'][number]['addresses'][number] => ({
  ip,
  calls: days.reduce((sum, calls) => sum + calls, 0),
  days: daily(days),
  firstAt: FIRST_SEEN,
  lastAt: at('08:14:07'),
  categories,
  isFlagged,
})

export const tokenStep: TokenStep = {
  step: 4,
  question: 'Was an API token involved?',
  assessment: { id: 'token', version: 1 },
  answer: 'yes',
  weight: 'confirmed',
  speaksForBenign: false,
  sentence: '214 calls with ci-deploy from this IP; 6 IPs have used it, 2 of them flagged.',
  evidence: [evidence(4, 'address', '192.0.2.44', 'Token ci-deploy used from a second flagged address')],
  window: { from: '2026-08-24T00:00:00.000Z', to: READ_AT },
  coverage: complete,
  missing: [],
  tokens: [
    {
      id: '00T4kExampleTokenId9xQ',
      kind: 'ssws',
      clientId: null,
      name: 'ci-deploy',
      owner: { id: '00uSvc', login: 'svc-ci@example.com' },
      created: {
        at: '2026-03-14T10:02:00.000Z',
        source: 'okta',
        sentence: 'Created 14 Mar 2026 by dana.okafor, as the token API says; its event is older than what is stored.',
        event: null,
      },
      okta: {
        state: 'active',
        at: at('08:15:02'),
        lastUsed: at('08:14:07'),
        expiresAt: '2026-12-22T08:14:07.000Z',
        network: 'anywhere',
        message: null,
      },
      addresses: [
        address(SIGNAL_IP, [...zeros(29), 214], ['tor', 'scanner'], true),
        address('192.0.2.44', [...zeros(28), 2, 17], ['residential_proxy'], true),
        address(
          '203.0.113.20',
          Array.from({ length: 30 }, (_, day) => 40 + ((day * 97) % 240)),
          [],
          false,
        ),
        address(
          '203.0.113.21',
          Array.from({ length: 30 }, (_, day) => (day % 3 === 0 ? 0 : 9 + ((day * 13) % 44))),
          [],
          false,
        ),
        address('203.0.113.4', [0, 0, 0, 0, 3, ...zeros(13), 4, ...zeros(6), 2, 0, 0, 0, 0], ['benign'], false),
      ],
      otherAddresses: 2,
      otherCalls: 14,
      flaggedAddresses: 2,
      calls: 7238,
      changes: [event(60, '07:41:03', 'user.account.privilege.grant', 'privilege', ['svc.backup'])],
      outsideRange: [],
    },
  ],
  createdAfter: [event(70, '07:44', 'system.api_token.create', 'token', ['backup-sync'])],
}
