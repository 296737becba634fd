// Invented tokens for the gallery and tests of screens: one stolen, one never used, one of OAuth, one used from a thousand addresses.
import type { RunbookEvent } from '@/lib/runbook/contract/answer'
import type { TokenAddress } from '@/lib/runbook/contract/steps'
import type { TokenDetail } from '@/lib/timeline/contract/token'

const NOW = Date.parse('2026-11-22T08:52:00.000Z')
const DAY = 86_400_000

const at = (daysAgo: number) => new Date(NOW - daysAgo * DAY).toISOString()
const dayOf = (daysAgo: number) => at(daysAgo).slice(0, 10)

function address(ip: string, calls: (daysAgo: number) => number, changes: Partial<TokenAddress> = {}): TokenAddress {
  const days = Array.from({ length: 90 }, (_, n) => ({ day: dayOf(89 - n), calls: calls(89 - n) })).filter(
    (day) => day.calls > 0,
  )
  const total = days.reduce((sum, day) => sum + day.calls, 0)
  return {
    ip,
    calls: total,
    days,
    firstAt: `${days[0]?.day ?? dayOf(0)}T06:12:00.000Z`,
    lastAt: `${days.at(-1)?.day ?? dayOf(0)}T08:14:07.000Z`,
    categories: [],
    isFlagged: false,
    ...changes,
  }
}

function event(number: number, eventType: string, changes: Partial<RunbookEvent> = {}): RunbookEvent {
  return {
    uuid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    at: at(0.02 - number * 0.002),
    eventType,
    eventClass: 'configuration',
    outcome: 'SUCCESS',
    actorId: '00u1ci',
    actorLogin: 'svc-ci@example.com',
    ip: '198.51.100.7',
    sessionId: null,
    tokenId: '00Tabc1def2ghi39xQ',
    targets: [],
    isAfter: true,
    ...changes,
  }
}

const created = event(1, 'system.api_token.create', {
  ...{ at: at(61), eventClass: 'token', actorLogin: 'dana.okafor@example.com', actorId: '00u1dana' },
  ...{ ip: '203.0.113.4', sessionId: '102RkExampleSession', tokenId: null, targets: ['ci-deploy'], isAfter: false },
})

const stolen: TokenDetail = {
  id: '00Tabc1def2ghi39xQ',
  kind: 'ssws',
  clientId: null,
  name: 'ci-deploy',
  owner: { id: '00u1ci', login: 'svc-ci@example.com' },
  created: {
    at: created.at,
    source: 'event',
    sentence:
      'Created 22 Sep 2026 08:52 UTC by dana.okafor@example.com from 203.0.113.4, in session 102RkExampleSession, says its event. Okta’s token API says the same.',
    event: created,
  },
  okta: { state: 'active', at: at(0.002), lastUsed: at(0.03), expiresAt: at(-29), network: 'anywhere', message: null },
  addresses: [
    address('198.51.100.7', (ago) => (ago === 0 ? 214 : 0), { categories: ['tor'], isFlagged: true }),
    address('192.0.2.44', (ago) => (ago === 0 ? 14 : ago === 1 ? 5 : 0), { categories: ['proxy'], isFlagged: true }),
    address('203.0.113.20', (ago) => 40 + ((ago * 37) % 90)),
    address('203.0.113.21', (ago) => (ago % 4 === 0 ? 31 : 0)),
    address('2001:db8:6660:7::25', (ago) => (ago % 30 === 2 ? 3 : 0)),
  ],
  otherAddresses: 0,
  otherCalls: 0,
  flaggedAddresses: 2,
  calls: 8041,
  changes: [
    event(2, 'user.account.privilege.grant', { eventClass: 'privilege', targets: ['svc.backup'] }),
    event(3, 'zone.update', { targets: ['Blocked \u202eenoz'] }),
    event(4, 'system.log_stream.lifecycle.deactivate', { targets: ['Archive'] }),
    event(5, 'user.account.privilege.grant', {
      eventClass: 'privilege',
      outcome: 'FAILURE',
      targets: ['<b>k.weber</b>'],
    }),
  ],
  outsideRange: [],
  readAt: new Date(NOW).toISOString(),
  sentence:
    '8,041 logged calls with API token 00Tabc…9xQ “ci-deploy” between 24 Aug 2026 08:52 UTC and 22 Nov 2026 08:52 UTC. 5 addresses have used it, 2 of them flagged.',
  window: { from: at(90), to: at(0) },
  coverage: { isComplete: true, gaps: [] },
  missing: ['Okta does not log most API reads: that no event names a token is no proof that none was used.'],
  firstAt: at(60),
  lastAt: at(0.03),
  moreAddresses: [],
  lifecycle: [created],
  areChangesComplete: true,
  signals: [
    {
      ...{ id: 1042, reference: 'SIG-1042', title: 'API token used from a Tor exit', severity: 'high', status: 'open' },
      ...{ ip: '198.51.100.7', actorId: '00u1ci', actorLogin: 'svc-ci@example.com' },
      ...{ firstSeen: at(0.06), lastSeen: at(0.03) },
    },
  ],
  signalsTotal: 1,
}

const unused: TokenDetail = {
  ...stolen,
  ...{ id: '00Tunused', name: null, owner: null, addresses: [], calls: 0, flaggedAddresses: 0 },
  created: {
    ...{ at: null, source: 'before_retention', event: null },
    sentence: "Older than the stored log: nothing created it since 24 Aug 2026, and Okta's token API was not asked.",
  },
  okta: { state: 'not_asked', at: null, lastUsed: null, expiresAt: null, network: null, message: null },
  changes: [],
  lifecycle: [],
  sentence: 'No call with API token 00Tunused is logged between 24 Aug 2026 08:52 UTC and 22 Nov 2026 08:52 UTC.',
  ...{ firstAt: null, lastAt: null, signals: [], signalsTotal: 0 },
  coverage: {
    isComplete: false,
    gaps: [{ from: at(90), to: at(20), reason: 'The log is stored only since 2 Nov 2026 08:52 UTC.' }],
  },
}

const oauth: TokenDetail = {
  ...stolen,
  ...{ id: 'AT.x1Example-Jti-9', kind: 'oauth', name: null, clientId: '0oa1exampleclient' },
  sentence:
    '8,041 logged calls with OAuth access token AT.x1E…i-9 between 24 Aug 2026 08:52 UTC and 22 Nov 2026 08:52 UTC. 5 addresses have used it, 2 of them flagged.',
  created: {
    ...{ at: null, source: 'unknown', event: null },
    sentence:
      'An OAuth access token lives for an hour or a day and has no creation event; the app that it was issued to tells more.',
  },
  okta: {
    ...{ state: 'not_applicable', at: null, lastUsed: null, expiresAt: null, network: null },
    message: 'OAuth access tokens have no record in the token API: look at the app that it was issued to.',
  },
  lifecycle: [],
}

const many = Array.from({ length: 1000 }, (_, n) =>
  address(`2001:db8::${(n + 1).toString(16)}`, (ago) => (ago === n % 80 ? 3 : 0)),
)

const roaming: TokenDetail = {
  ...stolen,
  addresses: [stolen.addresses[0]!, ...many.slice(0, 19)],
  moreAddresses: many.slice(19, 999).map(({ days: _, ...listed }) => listed),
  ...{ otherAddresses: 1200, otherCalls: 4812, flaggedAddresses: 1, calls: 5083 },
  sentence:
    '5,083 logged calls with API token 00Tabc…9xQ “ci-deploy” between 24 Aug 2026 08:52 UTC and 22 Nov 2026 08:52 UTC. 1,220 addresses have used it, 1 of them flagged.',
  outsideRange: [event(9, 'system.api_token.request_outside_allowed_range', { eventClass: 'token', outcome: 'DENY' })],
  okta: {
    ...{ state: 'gone', at: at(0.002), lastUsed: null, expiresAt: null, network: null },
    message: 'Okta knows no such token now: it was revoked, or it expired.',
  },
  areChangesComplete: false,
}

/** Each state of the page of a token, with its name. */
export const tokenStates = {
  stolen: { label: 'Stolen', token: stolen },
  unused: { label: 'No events', token: unused },
  oauth: { label: 'OAuth, no record', token: oauth },
  roaming: { label: '1,220 addresses', token: roaming },
} as const
export type TokenState = keyof typeof tokenStates
