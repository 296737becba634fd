// Step 6 of the invented signal, and where else its accounts come from.
import type { AccountsStep } from '@/lib/runbook/contract/steps'
import type { AddressDetail } from '@/lib/timeline/contract/address'
import { at, complete, evidence, FIRST_SEEN, READ_AT, SIGNAL_IP } from './case-fixture'

const account = (
  actorId: string,
  login: string,
  numbers: [successes: number, failures: number],
  more: Partial<AccountsStep['accounts'][number]>,
): AccountsStep['accounts'][number] => ({
  actorId,
  login,
  name: null,
  roles: null,
  successes: numbers[0],
  failures: numbers[1],
  firstAt: FIRST_SEEN,
  lastAt: at('08:14:07'),
  openSignalIds: [],
  isThisAccount: false,
  ...more,
})

export const accountsStep: AccountsStep = {
  step: 6,
  question: 'Which other accounts used this IP?',
  assessment: { id: 'accounts', version: 1 },
  answer: 'yes',
  weight: 'possible',
  speaksForBenign: false,
  sentence: '1 other success from this IP: k.weber, one minute after a factor reset.',
  evidence: [evidence(6, 'account', '00uWeber', 'k.weber signed in from the same address')],
  window: { from: '2026-08-24T00:00:00.000Z', to: READ_AT },
  coverage: complete,
  missing: [],
  accounts: [
    account('00uDana', 'dana.okafor@example.com', [259, 0], {
      roles: ['Super admin'],
      isThisAccount: true,
      openSignalIds: [1042],
    }),
    account('00uWeber', 'k.weber@example.com', [9, 0], {
      roles: ['Help desk admin'],
      firstAt: at('08:06'),
      openSignalIds: [1043],
    }),
    account('00uBackup', 'svc.backup@example.com', [2, 0], { roles: ['Super admin'], firstAt: at('08:02') }),
    account('00uAhmed', 't.ahmed@example.com', [0, 6], { roles: [], firstAt: at('07:18'), openSignalIds: [1036] }),
  ],
  accountsTotal: 4,
  shared: null,
  spray: null,
}

export const elsewhere: AddressDetail['elsewhere'] = {
  addresses: [
    { ip: SIGNAL_IP, categories: ['tor'], isAllowed: false, isThis: true, feeds: 3 },
    { ip: '192.0.2.44', categories: ['residential_proxy'], isAllowed: false, isThis: false, feeds: 1 },
    { ip: '203.0.113.20', categories: ['benign'], isAllowed: true, isThis: false, feeds: 0 },
  ],
  accounts: [],
  links: [
    { ip: SIGNAL_IP, actorId: '00uDana', successes: 259, failures: 0 },
    { ip: SIGNAL_IP, actorId: '00uWeber', successes: 9, failures: 0 },
    { ip: SIGNAL_IP, actorId: '00uBackup', successes: 2, failures: 0 },
    { ip: SIGNAL_IP, actorId: '00uAhmed', successes: 0, failures: 6 },
    { ip: '192.0.2.44', actorId: '00uDana', successes: 4, failures: 0 },
    { ip: '192.0.2.44', actorId: '00uBackup', successes: 18, failures: 0 },
    { ip: '203.0.113.20', actorId: '00uDana', successes: 6120, failures: 0 },
  ],
  otherAccounts: 0,
  otherAddresses: 3,
}
