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
  ['signal.verdict_given', {}, { text: 'verdict given' }],
])('%s %o', (action, detail, expected) => {
  expect(describeEntry({ action, detail })).toMatchObject(expected)
})
