// An invented case for tests of the report: decided, with hostile names, and one fact that was unpinned after it was cited.
import type { SignalDetail, SignalEventItem } from '@/lib/signals/contract/signal'

const AT = '2026-11-22T07:31:12.000Z'
const IP = '198.51.100.7'
const ref = (number: number, label: string) => ({
  ...{ number, kind: 'event' as const, ref: `7d1c9d2e-0000-4000-8000-00000000000${number}`, step: 1, label, at: AT },
})
const first = ref(1, `Tor exit ${IP} <img src=x onerror=alert(1)>`)
const third = ref(3, 'Admin granted')

export const events: SignalEventItem[] = [1, 2].map((number) => ({
  uuid: `7d1c9d2e-0000-4000-8000-00000000000${number}`,
  published: AT,
  eventType: 'user.session.start',
  outcome: 'SUCCESS',
  ruleCase: 2,
  token: null,
  sessionId: 'trsExample',
  asNumber: 64500,
  asOrg: 'Example Relay',
  country: 'NL',
  isRetroactive: false,
  decidedAt: AT,
}))

export const signal: SignalDetail = {
  ...{ id: 1042, reference: 'SIG-1042', severity: 'medium', kind: 'interactive_login', status: 'closed', ruleCase: 2 },
  ...{ title: `Sign-in from ${IP}`, why: 'Tor exit', sentence: `dana.okafor@example.com signed in from ${IP}.` },
  actor: {
    id: '00uDana',
    login: 'dana.okafor@example.com',
    name: '\u202eDana <img src=x onerror=alert(1)>',
    type: 'User',
  },
  ...{ ip: IP, asNumber: 64500, asOrg: 'Example Relay', country: 'NL', firstSeen: AT, lastSeen: AT, eventCount: 5 },
  ...{
    tokens: [],
    sessions: ['trsExample'],
    isRetroactive: false,
    intelWithdrawnAt: null,
    openedAt: AT,
    updatedAt: AT,
  },
  ...{ version: 4, verdict: 'malicious', claim: null, ruleId: 'rule', ruleVersion: 1, intentPolicy: 'malicious+tor' },
  ...{ policyVersion: 1, raisedAt: null, decidingEventUuid: events[0]!.uuid },
  conditions: [{ name: 'client_ip', passed: true, value: `client address is ${IP}` }],
  intelligence: [],
  events: { events, nextCursor: null },
  history: [
    {
      ...{ at: AT, action: 'signal.decided', text: 'gave the verdict malicious', from: 'open', to: 'closed' },
      ...{ actor: { kind: 'user', id: 'u-1', name: 'Ana Silva' }, note: `Called about ${IP}.` },
    },
  ],
  ...{ follows: null, followedBy: [], mergedInto: null, merged: [], duplicateOf: null, reviews: [], similar: [] },
  verdicts: [
    {
      ...{
        id: 'v-1',
        verdict: 'malicious',
        note: null,
        suggested: 'malicious',
        duplicateOfId: null,
        suppressionId: null,
      },
      rationale: `Malicious: E1 Tor exit ${IP}; E3 Admin granted.`,
      evidence: [first, third],
      ...{ decidedAt: AT, decidedByName: 'Ana Silva', withdrawnAt: null, withdrawnByName: null },
    },
  ],
  evidence: [{ ...first, pinnedAt: AT, pinnedByName: 'Ana Silva' }],
  notes: [
    {
      ...{ id: 'n-1', kind: 'note', body: `Seen from **${IP}**, see https://example.com/a`, createdAt: AT },
      ...{ authorId: 'u-1', authorName: 'Ana Silva', acknowledgedAt: null, acknowledgedByName: null },
    },
  ],
}

export const bundle = { sha256: 'ab'.repeat(32), bytes: 2048 }
