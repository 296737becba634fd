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
    status: { keys: 'e', label: 'Change status' },
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
    status: { keys: 'e', label: 'Change status' },
    previous: { keys: '[', label: 'Open previous signal' },
    next: { keys: ']', label: 'Open next signal' },
    back: { keys: 'u', label: 'Back to the queue' },
  },
})

export const statusKeys = defineKeys({
  id: 'status',
  label: 'Change of status',
  place: 'dialog',
  commands: {
    open: { keys: '1', label: 'Choose open' },
    inReview: { keys: '2', label: 'Choose in review' },
    closed: { keys: '3', label: 'Choose closed' },
  },
})
