// What one answered step says for or against malicious use, in a few words. Each is a fact that the step shows with its source.
import type { EventClass } from '@/lib/okta/model'
import { CATEGORY_WORDS } from '@/lib/signals/core/describe-signal'
import type { AnsweredStep } from '../contract/runbook'
import type { AccountsStep, ActivityStep, ChangesStep, IntelStep, LegitimacyStep, TokenStep } from '../contract/steps'
import { phraseCount, phraseList } from './phrase'

const CLASS_WORDS: Readonly<Partial<Record<EventClass, string>>> = {
  privilege: 'privileges',
  token: 'API tokens or apps',
  configuration: 'configuration',
  password: 'a password',
  factor: 'factors',
  recovery: 'account recovery',
  account: 'accounts or groups',
}

/** E.g. `Tor exit at the event`, `password spray on 12 accounts`. @param isBenign what speaks for legitimate use, else what speaks against it */
export function phraseReason(step: AnsweredStep, isBenign: boolean): string {
  switch (step.step) {
    case 1:
      return phraseIntel(step, isBenign)
    case 2:
      return phraseLegitimacy(step, isBenign)
    case 3:
      return phraseActivity(step)
    case 4:
      return phraseToken(step)
    case 5:
      return phraseChanges(step)
    case 6:
      return phraseAccounts(step)
  }
}

function phraseIntel({ isTorAtEvent, feeds }: IntelStep, isBenign: boolean): string {
  if (isBenign) return 'a list of good addresses covers the address'
  if (isTorAtEvent) return 'Tor exit at the event'
  const listed = feeds.filter(({ atEvent, whenFired, now }) => [atEvent, whenFired, now].includes('listed'))
  const categories = [...new Set(listed.flatMap((feed) => feed.categories))]
  const isThen = listed.some(({ atEvent }) => atEvent === 'listed')
  const names = phraseList(categories.map((category) => CATEGORY_WORDS[category].place))
  return names === '' ? 'the address is flagged' : `${isThen ? 'listed at the event' : 'listed since'} as ${names}`
}

function phraseLegitimacy({ likelihood: { contributions } }: LegitimacyStep, isBenign: boolean): string {
  const side = contributions.filter(({ points }) => (isBenign ? points > 0 : points < 0))
  const strongest = [...side].sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, 3)
  if (strongest.length === 0) return isBenign ? 'this use is usual' : 'nothing about this use is usual'
  return strongest.map(({ label }) => lowerFirst(label)).join(', ')
}

function phraseActivity({ classes, notable, lanes, answer }: ActivityStep): string {
  if (answer !== 'yes') return 'nothing notable followed'
  const done = new Set(notable.filter(({ isAfter }) => isAfter).map(({ eventClass }) => eventClass))
  const changed = classes.flatMap(({ eventClass }) => (done.has(eventClass) && CLASS_WORDS[eventClass]) || [])
  const parts = [
    changed.length > 0 && `changes of ${phraseList(changed)}`,
    done.has('data_access') && 'access to protected data',
    done.has('threat') && 'threats that Okta saw',
    lanes.some(({ breaks }) => breaks.some(({ what }) => what !== 'ip')) &&
      'a session or token changed place on the way',
  ]
  return parts.filter(Boolean).join(', ') || 'notable events followed'
}

function phraseToken({ tokens, createdAfter, answer }: TokenStep): string {
  if (tokens.length === 0 && createdAfter.length === 0) return answer === 'no' ? 'no API token' : 'no API token known'
  const flagged = tokens.reduce((sum, token) => sum + token.flaggedAddresses, 0)
  const parts = [
    tokens.length > 0 && `${tokens.length === 1 ? 'an API token' : phraseCount(tokens.length, 'API token')} used`,
    flagged > 0 && `from ${phraseCount(flagged, 'flagged address', 'flagged addresses')}`,
  ]
  const used = parts.filter(Boolean).join(' ')
  const made = createdAfter.length > 0 ? `${phraseCount(createdAfter.length, 'token')} created since` : ''
  return [used, made].filter(Boolean).join(', ')
}

function phraseChanges({ changes, patterns, answer }: ChangesStep): string {
  if (answer !== 'yes') return 'no change of sign-in methods'
  const after = changes.filter(({ isAfter, what, outcome }) => isAfter && outcome === 'SUCCESS' && what !== 'message')
  const subjects = [...new Set(after.map(({ subject, what }) => `${subject} ${what}`))]
  if (subjects.length > 0) return `${lowerFirst(phraseList(subjects))} afterwards`
  return patterns.some(({ id }) => id === 'reset_then_new_device')
    ? 'a reset shortly before a sign-in on a new device'
    : 'sign-in methods changed before'
}

function phraseAccounts({ spray, shared, accounts, accountsTotal }: AccountsStep): string {
  if (spray !== null) return `password spray on ${spray.accounts} accounts before the success`
  if (shared !== null) return SHARED[shared.kind]
  const succeeded = accounts.filter(({ isThisAccount, successes }) => !isThisAccount && successes > 0).length
  if (succeeded > 0) return `${phraseCount(succeeded, 'other account')} succeeded from the address`
  return accountsTotal > 1 ? 'others only failed from the address' : 'no other account on the address'
}

const SHARED = {
  corporate_egress: "one of the company's own networks",
  vpn: 'a VPN exit that several accounts usually use',
  carrier: 'an address that several accounts share with their usual network',
  cloud: 'a cloud that several accounts usually work from',
} as const

/** As the middle of a sentence; names that begin with two capitals stay. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) && !/^(Okta|Tor|AS\d|Google|Duo)\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text
}
