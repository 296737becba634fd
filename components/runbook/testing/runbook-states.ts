// The invented runbook in every state that a card has: found, clean, cannot tell with gaps, huge, hostile, loading, failed.
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type { AddressDetail, AddressMatrix } from '@/lib/timeline/contract/address'

import { accountsStep, elsewhere } from './accounts-fixture'
import { activityStep } from './activity-fixture'
import { changesStep } from './changes-fixture'
import { hostile, huge } from './extreme-fixture'
import { intelStep, matrix } from './intel-fixture'
import { legitimacyStep } from './legitimacy-fixture'
import { runbook } from './runbook-fixture'
import { tokenStep } from './token-fixture'

export type RunbookState = 'found' | 'clean' | 'unknown' | 'huge' | 'hostile' | 'loading' | 'failed'

export interface GalleryState {
  label: string
  /** Null while it is not there. */
  runbook: Runbook | null
  matrix: AddressMatrix | null
  address: AddressDetail | null
}

type Answered = Runbook['steps'][number]

// The cards read nothing else of an address.
const address = { elsewhere } as unknown as AddressDetail

const none: Pick<Answered, 'answer' | 'weight' | 'speaksForBenign' | 'evidence'> = {
  answer: 'no',
  weight: 'none',
  speaksForBenign: false,
  evidence: [],
}
const gaps = [
  {
    from: '2026-11-10T00:00:00.000Z',
    to: '2026-11-12T06:00:00.000Z',
    reason: 'Sallyport was not running, and the System Log was not read afterwards.',
  },
  { from: '2026-11-22T07:58:00.000Z', to: '2026-11-22T08:52:00.000Z', reason: 'The log is read up to 07:58 UTC only.' },
]
const cannotTell: typeof none & Pick<Answered, 'coverage' | 'missing'> = {
  answer: 'cannot_tell',
  weight: 'none',
  speaksForBenign: false,
  evidence: [],
  coverage: { isComplete: false, gaps },
  missing: ['The log between 10 and 12 Nov would have to be read again.'],
}

const clean: Runbook = {
  ...runbook,
  steps: [
    {
      ...intelStep,
      ...none,
      sentence: 'No feed listed it at the event, and none does now.',
      feeds: intelStep.feeds.slice(3),
      counts: { feeds: 6, atEvent: 0, whenFired: 0, now: 0, notKnown: 0 },
      isTorAtEvent: false,
      missing: [],
    },
    {
      ...legitimacyStep,
      answer: 'yes',
      weight: 'none',
      speaksForBenign: true,
      sentence: 'A managed device of dana.okafor on ExampleVPN, which 14 of 312 people use.',
      operator: { name: 'ExampleVPN', source: 'Okta' },
      device: {
        isNamed: true,
        isKnown: true,
        isManaged: true,
        firstAt: '2026-08-30T08:00:00.000Z',
        lastAt: '2026-11-21T17:00:00.000Z',
        networks: ['AS64496 Example Corp', 'AS64497 Example Fibre'],
      },
      colleagues: { network: 'AS64500', people: 14, of: 312, isCapped: false },
      likelihood: {
        score: 62,
        contributions: [
          { id: 'known_device', label: 'Same managed device as on 41 days before', points: 30 },
          { id: 'vpn_operator', label: 'Known VPN operator: ExampleVPN', points: 18 },
          { id: 'colleagues', label: '14 of 312 people use AS64500', points: 14 },
        ],
        wouldChange: [],
      },
    },
    {
      ...activityStep,
      ...none,
      sentence: 'Nothing but sign-ins and reads in 43 minutes.',
      notable: [],
      classes: [{ eventClass: 'authentication', events: 3 }],
    },
    {
      ...tokenStep,
      ...none,
      sentence: 'No API token took part, and none was created since.',
      tokens: [],
      createdAfter: [],
    },
    {
      ...changesStep,
      ...none,
      sentence: 'No change of a sign-in method from 14 days before to 2 days after.',
      changes: [],
      patterns: [],
      lifelines: changesStep.lifelines.map((line) => ({ ...line, changes: [], isPresent: true })),
    },
    {
      ...accountsStep,
      ...none,
      sentence: 'Nobody else used this address.',
      accounts: accountsStep.accounts.slice(0, 1),
      accountsTotal: 1,
    },
  ],
}

const unknown: Runbook = {
  ...runbook,
  steps: [
    { ...intelStep, ...cannotTell, sentence: 'No feed of threats had been read at the event.' },
    {
      ...legitimacyStep,
      ...cannotTell,
      sentence: 'There are 3 events of dana.okafor before this one.',
      historyEvents: 3,
      historyDays: 1,
      dimensions: [],
      hours: null,
    },
    { ...activityStep, ...cannotTell, sentence: 'The hour after the event is not read yet.' },
    {
      ...tokenStep,
      ...cannotTell,
      sentence: 'Okta refused to describe the token, and its creation is older than what is stored.',
      tokens: tokenStep.tokens.map((token) => ({
        ...token,
        created: {
          at: null,
          source: 'before_retention',
          sentence: 'Created before 24 Aug 2026; by whom is not known.',
          event: null,
        },
        okta: {
          state: 'refused',
          at: null,
          lastUsed: null,
          expiresAt: null,
          network: null,
          message: 'Grant the scope okta.apiTokens.read to the service app.',
        },
      })),
    },
    { ...changesStep, ...cannotTell, sentence: 'Two days of the fourteen before the event are not stored.' },
    { ...accountsStep, ...cannotTell, sentence: 'The log is read up to 27 minutes after the event only.' },
  ],
  lookups: runbook.lookups.map((lookup) => ({
    ...lookup,
    state: 'refused',
    message: 'Okta refused: grant the scope okta.apiTokens.read to the service app.',
  })),
}

export const runbookStates: Readonly<Record<RunbookState, GalleryState>> = {
  found: { label: 'Found', runbook, matrix, address },
  clean: { label: 'Clean', runbook: clean, matrix, address },
  unknown: { label: 'Cannot tell', runbook: unknown, matrix, address },
  huge: { label: 'Huge', runbook: huge, matrix, address },
  hostile: { label: 'Hostile', runbook: hostile, matrix, address },
  loading: { label: 'Loading', runbook: null, matrix: null, address: null },
  failed: { label: 'Failed', runbook: null, matrix: null, address: null },
}
