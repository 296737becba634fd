import { expect, test } from 'vitest'
import { describeEntry } from './describe-history'

test.each([
  [
    'signal.opened',
    { severity: 'high', eventCount: 1, isRetroactive: false, followsId: null },
    { text: 'opened at HIGH with 1 event', from: null, to: null, note: null },
  ],
  [
    'signal.opened',
    { severity: 'medium', eventCount: 3, isRetroactive: true, followsId: 1001 },
    { text: 'opened at MEDIUM with 3 events by intelligence learned later, follows SIG-1001' },
  ],
  [
    'signal.raised',
    { from: 'medium', to: 'high', ruleCase: 1, eventUuid: 'e' },
    { text: 'raised from MEDIUM to HIGH: an API token was used', from: 'medium', to: 'high' },
  ],
  [
    'signal.lowered',
    { from: 'high', to: 'medium' },
    { text: 'changed from HIGH to MEDIUM: a late event moved the stronger events to another signal' },
  ],
  [
    'signal.shortened',
    { from: 5, to: 4 },
    {
      text: 'changed from 5 to 4 events: a late event moved its start, and its end to another signal',
      from: '5',
      to: '4',
    },
  ],
  [
    'signal.merged',
    { into: 1001, eventCount: 2 },
    { text: 'became part of SIG-1001 with 2 events: a late event joined the two' },
  ],
  [
    'signal.intel_withdrawn',
    { intelVersion: 7 },
    { text: 'marked: intelligence withdrawn, nothing flags the address any more', from: null, to: null },
  ],
  ['signal.intel_returned', { intelVersion: 8 }, { text: 'unmarked: intelligence flags the address again' }],
  [
    'signal.absorbed',
    { signalId: 1002, eventCount: 2 },
    { text: 'took in SIG-1002 with 2 events: a late event joined the two' },
  ],
  [
    'signal.status_changed',
    { from: 'open', to: 'in_review', note: 'mine' },
    { text: 'changed status from open to in review', from: 'open', to: 'in_review', note: 'mine' },
  ],
  [
    'signal.status_changed',
    { from: 'open', to: 'open', note: 'asked her' },
    { text: 'added a note', note: 'asked her' },
  ],
  [
    'signal.status_changed',
    { from: 'in_review', to: 'open', verdict: 'suspicious_escalated' },
    { text: 'changed status from in review to open, which withdrew the verdict suspicious, escalated' },
  ],
  [
    'signal.decided',
    { from: 'open', to: 'closed', verdict: 'benign_vpn', evidence: ['E1', 'E3'], suppressionId: 4, note: 'Hers.' },
    {
      text: 'gave the verdict benign, VPN or privacy tool on E1, E3, suppressed as SUP-4, and closed it',
      from: 'open',
      to: 'closed',
      note: 'Hers.',
    },
  ],
  [
    'signal.reopened',
    { from: 'closed', to: 'open', verdict: 'malicious', newerIds: [1002, 1003] },
    { text: 'reopened as open, which withdrew the verdict malicious; SIG-1002, SIG-1003 were opened after it' },
  ],
  ['signal.reopened', { from: 'closed', to: 'in_review' }, { text: 'reopened as in review' }],
  [
    'signal.verdict_withdrawn',
    { from: 'closed', to: 'open', verdict: 'benign_expected', suppressionId: 4, isSuppressionEnded: true },
    { text: 'undid the verdict benign, expected, status open; SUP-4 ended' },
  ],
  [
    'signal.evidence_pinned',
    { evidence: ['a', 'b', 'c', 'd'].map((label, at) => ({ number: at + 1, label })) },
    { text: 'pinned E1 a; E2 b; E3 c; and 1 more' },
  ],
  ['signal.evidence_removed', { number: 2, label: 'a\u202e\nb' }, { text: 'removed E2 a b' }],
  ['signal.claim_taken_over', { after: 'Ben\u202e Ito' }, { text: 'took it over from Ben Ito, who had claimed it' }],
  ['signal.decided', { verdict: 'made_up', evidence: 'odd' }, { text: 'gave the verdict ?, and handed it on' }],
  ['signal.of_a_later_version', {}, { text: 'of a later version' }],
])('%s %o', (action, detail, expected) => {
  expect(describeEntry({ action, detail })).toMatchObject(expected)
})
