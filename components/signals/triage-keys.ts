// Keys of the triage screens, beside those that work anywhere by the shell's own doing.
import { defineKeys } from '@/components/patterns/keys/define-keys'

export const triageKeys = defineKeys({
  id: 'triage',
  label: 'Anywhere',
  place: 'anywhere',
  commands: {
    queue: { keys: 'g q', label: 'Go to the queue' },
    ips: { keys: 'g i', label: 'Go to IPs' },
    sources: { keys: 'g s', label: 'Go to sources' },
    suppressions: { keys: 'g x', label: 'Go to suppressions' },
    health: { keys: 'g h', label: 'Go to health' },
    live: { keys: 'l', label: 'Pause or resume live updates' },
  },
})

export const queueKeys = defineKeys({
  id: 'queue',
  label: 'Queue',
  place: 'page',
  commands: {
    next: { keys: ['j', 'ArrowDown'], label: 'Select next signal', isRepeatable: true },
    previous: { keys: ['k', 'ArrowUp'], label: 'Select previous signal', isRepeatable: true },
    first: { keys: ['g g', 'Home'], label: 'Select first signal' },
    last: { keys: ['G', 'End'], label: 'Select last signal' },
    open: { keys: ['Enter', 'o'], label: 'Open signal' },
    verdict: { keys: 'e', label: 'Give a verdict' },
    benign: { keys: 'b', label: 'Mark benign VPN' },
    claim: { keys: 'c', label: 'Claim or release' },
    more: { keys: 'm', label: 'More actions' },
    showNew: { keys: 'r', label: 'Show new signals' },
    filter: { keys: '/', label: 'Filter signals' },
    density: { keys: 'd', label: 'Switch between comfortable and dense rows' },
  },
})

export const signalPageKeys = defineKeys({
  id: 'signal',
  label: 'Signal',
  place: 'page',
  commands: {
    step1: { keys: '1', label: 'Go to step 1, IP intelligence' },
    step2: { keys: '2', label: 'Go to step 2, legitimate reason' },
    step3: { keys: '3', label: 'Go to step 3, what followed' },
    step4: { keys: '4', label: 'Go to step 4, API token' },
    step5: { keys: '5', label: 'Go to step 5, sign-in changes' },
    step6: { keys: '6', label: 'Go to step 6, other accounts' },
    review: { keys: 'Space', label: 'Mark the focused step reviewed and go to the next' },
    table: { keys: 'v', label: 'Show the focused step as a table' },
    pin: { keys: '+', label: 'Pin the focused fact as evidence' },
    verdict: { keys: 'e', label: 'Give a verdict' },
    benign: { keys: 'b', label: 'Mark benign VPN' },
    claim: { keys: 'c', label: 'Claim or release' },
    note: { keys: 'n', label: 'Write a note' },
    more: { keys: 'm', label: 'More actions' },
    report: { keys: 'p', label: 'Open the case report' },
    previous: { keys: '[', label: 'Open previous signal' },
    next: { keys: ']', label: 'Open next signal' },
    back: { keys: 'u', label: 'Back to the queue' },
  },
})

export const verdictKeys = defineKeys({
  id: 'verdict',
  label: 'Verdict',
  place: 'dialog',
  commands: {
    malicious: { keys: '1', label: 'Choose malicious' },
    suspicious: { keys: '2', label: 'Choose suspicious, escalate' },
    expected: { keys: '3', label: 'Choose benign, expected' },
    vpn: { keys: '4', label: 'Choose benign, VPN or privacy tool' },
    duplicate: { keys: '5', label: 'Choose duplicate' },
    cannotTell: { keys: '6', label: 'Choose cannot tell' },
  },
})
