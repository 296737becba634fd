// What one answered step says for or against malicious use, in a few words. Each is a fact that the step shows with its source.
import type { EventClass } from '@/lib/okta/model'
import type { Category } from '@/lib/intel/model'
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

const GOOD: readonly Category[] = ['corporate_egress', 'cloud', 'crawler', 'benign']

/** E.g. `Password spray on 12 accounts before the success`. @param isBenign what speaks for legitimate use, else what speaks against it */
export function phraseReason(step: AnsweredStep, isBenign: boolean): string {
  return capital(phrase(step, isBenign))
}

function phrase(step: AnsweredStep, isBenign: boolean): string {
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
  const then = feeds.filter(({ atEvent }) => atEvent === 'listed')
  const since = feeds.filter((feed) => !then.includes(feed) && [feed.whenFired, feed.now].includes('listed'))
  const parts = [
    { said: phraseCategories(then), when: 'listed at the event' },
    { said: phraseCategories(since), when: 'listed since' },
  ]
  const told = parts.filter(({ said }) => said !== '').map(({ said, when }) => `${when} as ${said}`)
  return told.join(', ') || 'the address is flagged'
}

/** Most telling first, as the words are ordered; what an address is good for is said elsewhere. */
function phraseCategories(feeds: IntelStep['feeds']): string {
  const said = new Set(feeds.flatMap(({ categories }) => categories))
  const told = (Object.keys(CATEGORY_WORDS) as Category[]).filter(
    (category) => said.has(category) && !GOOD.includes(category),
  )
  return phraseList(told.slice(0, 2).map((category) => CATEGORY_WORDS[category].place))
}

function phraseLegitimacy({ likelihood: { contributions }, operator }: LegitimacyStep, isBenign: boolean): string {
  const side = contributions.filter(({ points }) => (isBenign ? points > 0 : points < 0))
  const strongest = side.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, 2)
  if (strongest.length === 0) return isBenign ? 'This use is usual' : 'Nothing about this use is usual'
  const told = strongest.map(({ label }) => label)
  if (isBenign && operator !== null && !told.some((label) => label.includes(operator.name))) {
    told.push(`VPN of ${operator.name}, says ${operator.source}`)
  }
  return told.join('; ')
}

function phraseActivity({ classes, notable, lanes, window, answer }: ActivityStep): string {
  if (answer !== 'yes') return 'nothing notable followed'
  const done = new Set(notable.filter(({ isAfter }) => isAfter).map(({ eventClass }) => eventClass))
  const changed = classes.flatMap(({ eventClass }) => (done.has(eventClass) && CLASS_WORDS[eventClass]) || [])
  const parts = [
    changed.length > 0 && `changes of ${phraseList(changed)}`,
    done.has('data_access') && 'access to protected data',
    done.has('threat') && 'threats that Okta saw',
    lanes.some(({ breaks }) => breaks.some(({ what, at }) => what !== 'ip' && at >= (window?.from ?? ''))) &&
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
  const ofOthers = patterns.find(({ id }) => id === 'changed_others')
  if (ofOthers) return `${phraseCount(ofOthers.events.length, 'change')} of how other accounts sign in`
  const made = ['added', 'removed', 'changed', 'reset']
  const after = changes.filter(({ isAfter, what, outcome }) => isAfter && outcome === 'SUCCESS' && made.includes(what))
  const subjects = [...new Set(after.map(({ subject, what }) => `${subject} ${what}`))]
  if (subjects.length > 0) return `${phraseList(subjects)} afterwards`
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
