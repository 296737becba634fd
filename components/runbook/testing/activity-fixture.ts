// Step 3 of the invented signal: sessions and tokens with every form that a lane has.
import type { ActivityStep, Lane } from '@/lib/runbook/contract/steps'
import { at, complete, event, evidence, FIRST_SEEN, READ_AT, SIGNAL_IP, uuid } from './case-fixture'

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
