// An invented runbook in the shape of the contract, as the gallery and the component tests show it: a stolen session and a stolen API
// token, with every form that a drawing has.
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type {
  AccountsStep,
  ActivityStep,
  ChangesStep,
  IntelStep,
  Lane,
  LegitimacyStep,
  TokenStep,
} from '@/lib/runbook/contract/steps'
import type { EvidenceRef } from '@/lib/signals/model'
import type { AddressDetail, AddressMatrix } from '@/lib/timeline/contract/address'

export const SIGNAL_IP = '198.51.100.7'
export const FIRST_SEEN = '2026-11-22T07:31:12.000Z'
export const READ_AT = '2026-11-22T08:52:00.000Z'

const complete = { isComplete: true, gaps: [] }
const evidence = (step: number, kind: EvidenceRef['kind'], ref: string, label: string): EvidenceRef => ({
  kind,
  ref,
  step,
  label,
  at: FIRST_SEEN,
})
const at = (clock: string) => `2026-11-22T${clock.length === 5 ? `${clock}:00` : clock}.000Z`
const uuid = (number: number) => `7d1c9d2e-0000-4000-8000-${String(number).padStart(12, '0')}`

function feed(
  feedId: string,
  feedName: string,
  listed: Partial<IntelStep['feeds'][number]>,
): IntelStep['feeds'][number] {
  return {
    feedId,
    feedName,
    atEvent: 'not_listed',
    whenFired: 'not_listed',
    now: 'not_listed',
    categories: [],
    intents: [],
    confidence: null,
    ranges: [],
    firstListed: null,
    lastListed: null,
    ...listed,
  }
}

const everywhere = { atEvent: 'listed', whenFired: 'listed', now: 'listed' } as const

export const intelStep: IntelStep = {
  step: 1,
  question: 'Is the IP known to be bad?',
  assessment: { id: 'intel', version: 1 },
  answer: 'yes',
  weight: 'confirmed',
  speaksForBenign: false,
  sentence: 'A Tor exit at that moment; 2 of 6 feeds listed it at the event, 3 of 6 list it now.',
  evidence: [evidence(1, 'listing', 'tor-exits', 'Tor exit on 22 Nov 2026, listed by Tor exits')],
  window: { from: '2026-10-24T00:00:00.000Z', to: READ_AT },
  coverage: complete,
  missing: ['CINS Army could not be read from 11 to 14 Nov.'],
  ip: SIGNAL_IP,
  asNumber: 64500,
  asOrg: 'Example Relay',
  country: 'Romania',
  networkType: 'hosting',
  feeds: [
    feed('tor-exits', 'Tor exits', {
      ...everywhere,
      categories: ['tor'],
      intents: ['suspicious'],
      confidence: 99,
      ranges: [SIGNAL_IP],
      firstListed: '2026-11-03T06:00:00.000Z',
    }),
    feed('ipsum', 'IPsum, 3+ lists', {
      ...everywhere,
      categories: ['scanner'],
      intents: ['malicious'],
      confidence: 60,
      ranges: [SIGNAL_IP],
      firstListed: '2026-11-09T04:00:00.000Z',
    }),
    feed('blocklist-de', 'blocklist.de', {
      now: 'listed',
      categories: ['brute_force'],
      intents: ['malicious'],
      confidence: 65,
      ranges: [SIGNAL_IP],
      firstListed: '2026-11-22T08:20:00.000Z',
    }),
    feed('cins', 'CINS Army', {}),
    feed('drop', 'Spamhaus DROP', {}),
    feed('feodo', 'Feodo Tracker', { atEvent: 'unknown', whenFired: 'unknown' }),
  ] as IntelStep['feeds'],
  counts: { feeds: 6, atEvent: 2, whenFired: 2, now: 3, notKnown: 1 },
  isTorAtEvent: true,
  neighbours: { range: '198.51.100.0/24', entries: 6 },
  okta: { events: 304, threatSuspected: 12, proxy: 290, threatInsight: 0, services: ['TOR_EXIT'] },
}

const hours = (() => {
  const weeks = Array.from({ length: 168 }, () => 0)
  for (let day = 0; day < 5; day++) {
    for (let hour = 7; hour < 19; hour++) weeks[day * 24 + hour] = Math.min(13, 2 + ((day * 5 + hour * 7) % 12))
  }
  return weeks
})()

export const legitimacyStep: LegitimacyStep = {
  step: 2,
  question: 'Could this be legitimate?',
  assessment: { id: 'legitimacy', version: 1 },
  answer: 'no',
  weight: 'likely',
  speaksForBenign: false,
  sentence: 'Nothing about this use is usual for dana.okafor; no VPN operator is known on this network.',
  evidence: [evidence(2, 'contribution', 'first_network', 'First time on this network')],
  window: { from: '2026-08-24T00:00:00.000Z', to: FIRST_SEEN },
  coverage: complete,
  missing: [],
  historyEvents: 7436,
  historyDays: 64,
  dimensions: [
    {
      name: 'network',
      top: [
        { value: '64496', label: 'AS64496 Example Corp', events: 6395, share: 0.86 },
        { value: '64497', label: 'AS64497 Example Fibre', events: 818, share: 0.11 },
        { value: '64498', label: 'AS64498 Example Mobile', events: 223, share: 0.03 },
      ],
      current: { value: '64500', label: 'AS64500 Example Relay', events: 0, share: 0 },
      isFirstTime: true,
    },
    {
      name: 'country',
      top: [
        { value: 'Netherlands', label: 'Netherlands', events: 6841, share: 0.92 },
        { value: 'Belgium', label: 'Belgium', events: 595, share: 0.08 },
      ],
      current: { value: 'Romania', label: 'Romania', events: 0, share: 0 },
      isFirstTime: true,
    },
    {
      name: 'client',
      top: [
        { value: 'mac', label: 'macOS, Chrome', events: 5800, share: 0.78 },
        { value: 'ios', label: 'iOS, Safari', events: 1636, share: 0.22 },
      ],
      current: { value: 'ios', label: 'iOS, Safari', events: 1636, share: 0.22 },
      isFirstTime: false,
    },
    {
      name: 'network_type',
      top: [
        { value: 'office', label: 'Office', events: 5280, share: 0.71 },
        { value: 'home', label: 'Home', events: 1338, share: 0.18 },
        { value: 'mobile', label: 'Mobile', events: 818, share: 0.11 },
      ],
      current: { value: 'tor', label: 'Tor', events: 0, share: 0 },
      isFirstTime: true,
    },
  ],
  hours: { weeks: hours, of: 13, hour: 6 * 24 + 7 },
  device: { isNamed: false, isKnown: false, isManaged: null, firstAt: null, lastAt: null, networks: [] },
  factor: { name: 'passkey', isPhishingResistant: true },
  operator: null,
  colleagues: { network: 'AS64500', people: 0, of: 312, isCapped: false },
  suppressions: [],
  likelihood: {
    score: -58,
    contributions: [
      { id: 'token_elsewhere', label: 'Same token on its usual address too', points: -20 },
      { id: 'first_network', label: 'First time on this network', points: -18 },
      { id: 'unknown_client', label: 'New, unmanaged client', points: -16 },
      { id: 'no_colleagues', label: '0 of 312 people use AS64500', points: -14 },
      { id: 'unusual_hour', label: 'Unusual hour', points: -6 },
      { id: 'privacy_tool', label: 'Tor is a privacy tool', points: 10 },
      { id: 'strong_factor', label: 'Session began with a passkey', points: 6 },
    ],
    wouldChange: ['A managed device of the account on this network would add 25.'],
  },
}

function marks(
  clocks: readonly string[],
  eventClass: Lane['marks'][number]['eventClass'],
  eventType: string,
  from: number,
): Lane['marks'] {
  return clocks.map((clock, index) => ({
    uuid: uuid(from + index),
    at: at(clock),
    eventClass,
    eventType,
    isFailed: false,
  }))
}

const byTime = (a: { at: string }, b: { at: string }) => a.at.localeCompare(b.at)

export const lanes: Lane[] = [
  {
    kind: 'session',
    id: '102RkExampleSessionQ7',
    label: 'dana.okafor',
    events: 45,
    firstAt: '2026-11-20T13:58:00.000Z',
    lastAt: at('08:12'),
    ips: ['203.0.113.4', SIGNAL_IP],
    asNumbers: [64496, 64500],
    clients: ['macOS, Chrome', 'Linux, Firefox'],
    marks: [
      {
        uuid: uuid(1),
        at: '2026-11-20T13:58:00.000Z',
        eventClass: 'authentication' as const,
        eventType: 'user.session.start',
        isFailed: false,
      },
      {
        uuid: uuid(2),
        at: '2026-11-20T14:06:00.000Z',
        eventClass: 'data_access' as const,
        eventType: 'user.authentication.sso',
        isFailed: false,
      },
      {
        uuid: uuid(3),
        at: '2026-11-20T14:11:00.000Z',
        eventClass: 'data_access' as const,
        eventType: 'user.authentication.sso',
        isFailed: false,
      },
      ...marks(
        ['07:31:12', '07:35', '07:38', '07:54', '07:59', '08:04', '08:09', '08:12'],
        'data_access',
        'user.authentication.sso',
        10,
      ),
      ...marks(['07:48:20'], 'factor', 'user.mfa.factor.activate', 30),
      ...marks(['07:49:40'], 'recovery', 'user.account.update_profile', 31),
    ].sort(byTime),
    breaks: [
      { uuid: uuid(10), at: FIRST_SEEN, what: 'ip', before: '203.0.113.4', after: SIGNAL_IP },
      { uuid: uuid(10), at: FIRST_SEEN, what: 'client', before: 'macOS, Chrome', after: 'Linux, Firefox' },
    ],
  },
  {
    kind: 'token',
    id: '00T4kExampleTokenId9xQ',
    label: 'svc-ci',
    events: 214,
    firstAt: '2026-11-20T13:58:30.000Z',
    lastAt: at('08:14'),
    ips: ['203.0.113.20', SIGNAL_IP],
    asNumbers: [64496, 64500],
    clients: ['curl'],
    marks: [
      ...marks(
        ['07:36', '07:44', '07:45', '07:46', '07:55', '07:56', '07:57', '08:06', '08:07', '08:08', '08:11'],
        'data_access',
        'application.user_membership.show_password',
        40,
      ),
      {
        uuid: uuid(38),
        at: '2026-11-20T13:58:30.000Z',
        eventClass: 'noise' as const,
        eventType: 'system.org.rate_limit.warning',
        isFailed: false,
      },
      {
        uuid: uuid(39),
        at: '2026-11-20T14:10:30.000Z',
        eventClass: 'noise' as const,
        eventType: 'system.org.rate_limit.warning',
        isFailed: false,
      },
      ...marks(['07:41:03'], 'privilege', 'user.account.privilege.grant', 60),
      ...marks(['07:52:40'], 'configuration', 'zone.update', 61),
      ...marks(['08:03:18'], 'configuration', 'system.log_stream.lifecycle.deactivate', 62),
    ].sort(byTime),
    breaks: [{ uuid: uuid(40), at: at('07:36'), what: 'ip', before: '203.0.113.20', after: SIGNAL_IP }],
  },
  {
    kind: 'token',
    id: '00Tb2ExampleBackupSync',
    label: 'made 07:44 by dana.okafor',
    events: 19,
    firstAt: at('07:44'),
    lastAt: at('08:14'),
    ips: ['192.0.2.44'],
    asNumbers: [64501],
    clients: [],
    marks: [
      ...marks(['07:44'], 'token', 'system.api_token.create', 70),
      ...marks(
        ['08:02', '08:05', '08:07', '08:10', '08:13', '08:14'],
        'data_access',
        'application.user_membership.show_password',
        71,
      ),
    ],
    breaks: [],
  },
  {
    kind: 'session',
    id: '102WpExampleSessionC1',
    label: 'k.weber',
    events: 9,
    firstAt: at('08:05'),
    lastAt: at('08:12'),
    ips: [SIGNAL_IP],
    asNumbers: [64500],
    clients: ['Linux, Firefox'],
    marks: [
      ...marks(['08:05'], 'factor', 'user.mfa.factor.reset_all', 80),
      ...marks(['08:06:30'], 'authentication', 'user.session.start', 81),
      {
        uuid: uuid(85),
        at: at('08:08'),
        eventClass: 'authentication' as const,
        eventType: 'user.authentication.verify',
        isFailed: true,
      },
      ...marks(['08:10', '08:12'], 'data_access', 'user.authentication.sso', 82),
    ],
    breaks: [],
  },
]

const event = (
  number: number,
  clock: string,
  eventType: string,
  eventClass: ActivityStep['notable'][number]['eventClass'],
  targets: string[] = [],
): ActivityStep['notable'][number] => ({
  uuid: uuid(number),
  at: at(clock),
  eventType,
  eventClass,
  outcome: 'SUCCESS',
  actorId: '00uDana',
  actorLogin: 'dana.okafor@example.com',
  ip: SIGNAL_IP,
  sessionId: null,
  tokenId: '00T4kExampleTokenId9xQ',
  targets,
  isAfter: true,
})

export const activityStep: ActivityStep = {
  step: 3,
  question: 'What happened afterwards?',
  assessment: { id: 'activity', version: 1 },
  answer: 'yes',
  weight: 'confirmed',
  speaksForBenign: false,
  sentence: '1 admin grant, 6 changes and 25 reads in 43 minutes, from two places at once.',
  evidence: [evidence(3, 'event', uuid(60), 'svc.backup was granted Super admin')],
  window: { from: '2026-11-21T07:31:12.000Z', to: READ_AT },
  coverage: complete,
  missing: [],
  lanes,
  classes: [
    { eventClass: 'privilege', events: 1 },
    { eventClass: 'configuration', events: 2 },
    { eventClass: 'data_access', events: 25 },
  ],
  notable: [
    event(60, '07:41:03', 'user.account.privilege.grant', 'privilege', ['svc.backup', 'Super Administrator']),
    event(70, '07:44', 'system.api_token.create', 'token', ['backup-sync']),
    event(30, '07:48:20', 'user.mfa.factor.activate', 'factor', ['Okta Verify, Pixel']),
    event(31, '07:49:40', 'user.account.update_profile', 'recovery', ['dana.okafor']),
    event(61, '07:52:40', 'zone.update', 'configuration', ['Blocked']),
    event(62, '08:03:18', 'system.log_stream.lifecycle.deactivate', 'configuration', ['siem']),
  ],
  events: 259,
  isComplete: true,
}

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

const change = (
  number: number,
  instant: string,
  eventType: string,
  eventClass: ChangesStep['changes'][number]['eventClass'],
  how: Pick<ChangesStep['changes'][number], 'by' | 'what' | 'subject'>,
): ChangesStep['changes'][number] => ({
  ...event(number, '07:48', eventType, eventClass, [how.subject]),
  at: instant,
  isAfter: instant >= FIRST_SEEN,
  ...how,
})

const changes = [
  change(90, '2026-11-12T09:10:00.000Z', 'user.mfa.factor.deactivate', 'factor', {
    by: 'admin',
    what: 'removed',
    subject: 'Phone, SMS',
  }),
  change(91, '2026-11-13T15:20:00.000Z', 'user.account.update_password', 'password', {
    by: 'self',
    what: 'changed',
    subject: 'Password',
  }),
  change(30, at('07:48:20'), 'user.mfa.factor.activate', 'factor', {
    by: 'self',
    what: 'added',
    subject: 'Okta Verify, Pixel',
  }),
  change(31, at('07:49:40'), 'user.account.update_profile', 'recovery', {
    by: 'self',
    what: 'changed',
    subject: 'Recovery phone',
  }),
]

const lifeline = (
  subject: string,
  kind: ChangesStep['lifelines'][number]['kind'],
  isPresent: boolean | null,
  since: string | null,
): ChangesStep['lifelines'][number] => ({
  subject,
  kind,
  isPresent,
  since,
  changes: changes
    .filter((one) => one.subject === subject)
    .map((one) => ({ uuid: one.uuid, at: one.at, what: one.what, by: one.by })),
})

export const changesStep: ChangesStep = {
  step: 5,
  question: 'Did sign-in methods change?',
  assessment: { id: 'changes', version: 1 },
  answer: 'yes',
  weight: 'confirmed',
  speaksForBenign: false,
  sentence: '2 after the event: new Okta Verify device 07:48, new recovery phone 07:49.',
  evidence: [evidence(5, 'event', uuid(30), 'New Okta Verify device 17 minutes after the event')],
  window: { from: '2026-11-08T07:31:12.000Z', to: '2026-11-24T07:31:12.000Z' },
  coverage: complete,
  missing: [],
  changes,
  lifelines: [
    lifeline('Password', 'password', true, '2025-02-01T00:00:00.000Z'),
    lifeline('Passkey, YubiKey', 'factor', true, '2025-02-01T00:00:00.000Z'),
    lifeline('Okta Verify, iPhone', 'factor', null, null),
    lifeline('Phone, SMS', 'factor', false, '2025-02-01T00:00:00.000Z'),
    lifeline('Okta Verify, Pixel', 'factor', true, at('07:48:20')),
    lifeline('Recovery phone', 'recovery', true, null),
  ],
  patterns: [
    {
      id: 'factor_and_recovery',
      sentence: 'A factor was added and the recovery phone changed within two minutes, from the address of the signal.',
      events: [uuid(30), uuid(31)],
    },
  ],
  isComplete: true,
}

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

const spread = (spans: ReadonlyArray<[AddressMatrix['feeds'][number]['days'][number], number]>) =>
  spans.flatMap(([state, count]) => Array.from({ length: count }, () => state))

const DAYS: Readonly<Record<string, AddressMatrix['feeds'][number]['days']>> = {
  'tor-exits': spread([
    ['not_listed', 10],
    ['listed', 20],
  ]),
  ipsum: spread([
    ['not_listed', 16],
    ['listed', 7],
    ['listed_stale', 1],
    ['listed', 6],
  ]),
  'blocklist-de': spread([
    ['not_listed', 28],
    ['told_later', 1],
    ['listed', 1],
  ]),
  cins: spread([
    ['not_listed', 18],
    ['failed', 4],
    ['not_listed', 8],
  ]),
  drop: spread([['not_listed', 30]]),
  feodo: spread([['not_fetched', 30]]),
}

export const matrix: AddressMatrix = {
  ip: SIGNAL_IP,
  days: Array.from({ length: 30 }, (_, index) => new Date(Date.UTC(2026, 9, 24 + index)).toISOString().slice(0, 10)),
  eventDay: 29,
  feeds: intelStep.feeds.map(({ feedId, feedName, categories, ranges, firstListed, lastListed }) => ({
    feedId,
    feedName,
    role: 'threat' as const,
    isEnabled: true,
    cadenceSeconds: 3600,
    category: categories[0] ?? 'scanner',
    categories,
    ranges,
    days: DAYS[feedId]!,
    atEvent: DAYS[feedId]!.at(-1)!,
    atAlert: DAYS[feedId]!.at(-1)!,
    now: DAYS[feedId]!.at(-1)!,
    firstListed,
    lastListed,
    lastSuccessAt: READ_AT,
  })),
  okta: [
    { day: 28, events: 40, threats: 0, proxies: 40 },
    { day: 29, events: 264, threats: 12, proxies: 250 },
  ],
  accounts: [],
  others: null,
  firstSuccessDay: 28,
  sentence: null,
  storedSince: '2026-08-24T00:00:00.000Z',
  readAt: READ_AT,
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
