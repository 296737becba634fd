// Step 6: which other accounts used the address, whether many of them are to be expected there, and whether somebody tried their way in.
import type { Category } from '@/lib/intel/model'
import type { Coverage } from '@/lib/okta/model'
import { plainText } from '@/lib/kernel/plain-text'
import { signalReference, type EvidenceRef } from '@/lib/signals/model'
import type { AccountsStep } from '../contract/steps'
import type { AccountUse, Answer, SearchWindow, Weight } from '../model'
import { composeAnswer } from './compose-answer'
import { judgeShared } from './judge-shared'
import { judgeSpray, type FailedSignIn } from './judge-spray'
import { phraseCount, phraseDay, phraseInstant, phraseList, phraseWindow } from './phrase'

const ASSESSMENT = { id: 'other_accounts', version: 1 }

/** So many others on a flagged address that nothing explains are an outbreak. */
const OUTBREAK = 3
const MAX_NAME = 80

export interface AccountsFacts {
  ip: string
  actorId: string
  login: string
  asNumber: number | null
  asOrg: string | null
  firstSeen: Date
  /** Most successes first, at most fifty, with the account of the signal. */
  accounts: readonly AccountUse[]
  total: number
  /** Accounts with at least one success. */
  succeeded: number
  /** Where more is stored than was read: the day from which on it was. */
  readFrom: Date | null
  /** Administrator roles by account id; no entry where nobody knows. */
  roles: ReadonlyMap<string, readonly string[]>
  /** Accounts that were on the network before they first used the address. */
  atHome: ReadonlySet<string>
  /** What feeds say of the address, when the signal fired or now, and the zones of the org that cover it. */
  categories: readonly Category[]
  zones: readonly string[]
  /** Failed sign-ins from the address in the day before, newest first. */
  attempts: readonly FailedSignIn[]
  /** Ids and names of accounts that succeeded from the address, or of which it is not known whether they did. */
  entered: ReadonlySet<string>
  isAttemptsComplete: boolean
  /** Signals of other accounts from the address that somebody judged malicious. */
  judgedMalicious: ReadonlyArray<{ id: number; actorId: string }>
  window: SearchWindow
  coverage: Coverage
}

/** The step with its answer. */
export function assessAccounts(facts: AccountsFacts): AccountsStep {
  const { actorId, accounts, total, coverage, readFrom } = facts
  const others = accounts.filter((account) => account.actorId !== actorId)
  const otherTotal = total - (accounts.length - others.length)
  const shared = judgeShared(facts)
  const spray = judgeSpray(facts)
  const isWhole = coverage.isComplete && readFrom === null && facts.isAttemptsComplete
  const answer: Answer = otherTotal > 0 || spray !== null ? 'yes' : isWhole ? 'no' : 'cannot_tell'
  return {
    step: 6,
    ...composeAnswer({
      step: 6,
      assessment: ASSESSMENT,
      answer,
      weight: weigh(facts, others, shared, spray),
      speaksForBenign: shared !== null && spray === null && facts.judgedMalicious.length === 0,
      sentence: phraseAnswer(facts, others, otherTotal, shared, spray),
      evidence: chooseEvidence(facts, others, shared, spray),
      window: facts.window,
      coverage,
      missing: missingOf(facts),
    }),
    accounts: accounts.map(({ firstAt, lastAt, ...account }) => ({
      ...account,
      roles: facts.roles.has(account.actorId) ? [...facts.roles.get(account.actorId)!] : null,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      isThisAccount: account.actorId === actorId,
    })),
    accountsTotal: total,
    shared,
    spray: spray && {
      accounts: spray.accounts,
      failures: spray.failures,
      window: { from: spray.from.toISOString(), to: spray.to.toISOString() },
      sentence: spray.sentence,
    },
  }
}

type Shared = AccountsStep['shared']
type Spray = ReturnType<typeof judgeSpray>

/**
 * | what was found                                                              | weight    |
 * | --------------------------------------------------------------------------- | --------- |
 * | a spray that tried this account too; another's use of it judged malicious   | confirmed |
 * | a spray of other accounts; three others succeeded and nothing explains it   | likely    |
 * | another account succeeded, and nothing explains it                          | possible  |
 */
function weigh(facts: AccountsFacts, others: readonly AccountUse[], shared: Shared, spray: Spray): Weight {
  if (facts.judgedMalicious.length > 0 || spray?.isThisAccountTried) return 'confirmed'
  if (spray !== null) return 'likely'
  if (shared !== null) return 'none'
  const succeeded = others.filter(({ successes }) => successes > 0).length
  if (succeeded >= OUTBREAK) return 'likely'
  return succeeded > 0 ? 'possible' : 'none'
}

function phraseAnswer(
  facts: AccountsFacts,
  others: readonly AccountUse[],
  otherTotal: number,
  shared: Shared,
  spray: Spray,
): string {
  const sentences = [phraseOthers(facts, others, otherTotal), spray?.sentence, shared?.sentence]
  if (facts.judgedMalicious.length > 0) {
    const ids = facts.judgedMalicious.map(({ id }) => signalReference(id))
    sentences.push(`From this address, ${phraseList(ids)} ${ids.length === 1 ? 'was' : 'were'} judged malicious.`)
  }
  return sentences.filter(Boolean).join(' ')
}

function phraseOthers(facts: AccountsFacts, others: readonly AccountUse[], otherTotal: number): string {
  const { ip, window, coverage, readFrom } = facts
  if (otherTotal === 0) {
    const found = `No other account used ${ip} ${phraseWindow(window)}`
    const isWhole = coverage.isComplete && readFrom === null
    return `${found}${isWhole ? '' : ' as far as events of that time are stored'}.${phraseNameless(facts)}`
  }
  const succeeded = others.filter(({ successes }) => successes > 0)
  const count = facts.succeeded - (others.length === facts.accounts.length ? 0 : Number(isThisSucceeded(facts)))
  const failedOnly = otherTotal - count
  const atLeast = readFrom === null ? '' : 'At least '
  const parts = [
    count > 0 &&
      `${atLeast}${phraseCount(count, 'other account')} succeeded from ${ip}: ${phraseNames(succeeded, facts, count)}`,
    failedOnly > 0 &&
      `${phraseCount(failedOnly, count > 0 ? 'more' : 'other account', count > 0 ? 'more' : undefined)} only failed${count > 0 ? '' : ` from ${ip}`}`,
  ]
  return `${parts.filter(Boolean).join('; ')}.`
}

/** Names were tried that no account has: nobody used the address by them, and yet somebody tried. */
function phraseNameless({ attempts }: AccountsFacts): string {
  const nameless = attempts.filter(({ isAccount }) => !isAccount).length
  if (nameless === 0) return ''
  return ` ${phraseCount(nameless, 'sign-in')} under names of no known account failed there in the day before.`
}

function isThisSucceeded({ accounts, actorId }: AccountsFacts): boolean {
  return accounts.some((account) => account.actorId === actorId && account.successes > 0)
}

function phraseNames(succeeded: readonly AccountUse[], { roles }: AccountsFacts, count: number): string {
  const names = succeeded.map((account) => {
    const isAdmin = (roles.get(account.actorId)?.length ?? 0) > 0
    return `${nameOf(account)}${isAdmin ? ' (administrator)' : ''}`
  })
  // Not every one is loaded; those that are not count among the rest.
  const rest = count - Math.min(names.length, 3)
  return rest > 0 ? `${names.slice(0, 3).join(', ')} and ${rest} more` : phraseList(names)
}

function nameOf({ login, name, actorId }: Pick<AccountUse, 'login' | 'name' | 'actorId'>): string {
  return plainText(login ?? name ?? '', MAX_NAME) || actorId
}

function chooseEvidence(
  facts: AccountsFacts,
  others: readonly AccountUse[],
  shared: Shared,
  spray: Spray,
): Array<Omit<EvidenceRef, 'step'>> {
  const { ip, actorId } = facts
  const sprayed = spray?.attempts.map(({ uuid, published }) => ({
    kind: 'event' as const,
    ref: uuid,
    label: `Failed sign-in from ${ip} ${phraseInstant(published)}, one of ${spray.failures} on ${spray.accounts} accounts`,
    at: published.toISOString(),
  }))
  const answer = shared && { kind: 'answer' as const, ref: ASSESSMENT.id, label: shared.sentence, at: null }
  const used = others.filter(({ successes }) => successes > 0).map((account) => citeAccount(account, ip))
  const failed = others.filter(({ successes }) => successes === 0).map((account) => citeAccount(account, ip))
  const own = facts.accounts.filter((account) => account.actorId === actorId).map((account) => citeAccount(account, ip))
  return [...(sprayed ?? []), ...(answer ? [answer] : []), ...used, ...failed, ...(others.length === 0 ? own : [])]
}

function citeAccount(account: AccountUse, ip: string): Omit<EvidenceRef, 'step'> {
  const { actorId, successes, failures, firstAt } = account
  const uses = `${phraseCount(successes, 'success', 'successes')}, ${phraseCount(failures, 'failure')}`
  return {
    kind: 'account',
    ref: actorId,
    label: `${nameOf(account)} at ${ip}: ${uses}, first ${phraseInstant(firstAt)}`,
    at: firstAt.toISOString(),
  }
}

function missingOf({
  accounts,
  total,
  readFrom,
  asNumber,
  isAttemptsComplete,
  roles,
  succeeded,
}: AccountsFacts): string[] {
  const missing: string[] = []
  if (readFrom !== null)
    missing.push(`Uses of the address on ${phraseDay(readFrom)} and before: it is too busy to read them all.`)
  if (total > accounts.length) {
    const all = `${readFrom === null ? '' : 'at least '}${total.toLocaleString('en-US')}`
    missing.push(`Only ${accounts.length} of ${all} accounts are listed.`)
  }
  if (!isAttemptsComplete)
    missing.push('All failed sign-ins of the day before: only the newest 2,000 events were read.')
  if (asNumber === null)
    missing.push('The network of the address: Okta named none, so whether accounts were at home there cannot be told.')
  if (succeeded > 0 && accounts.some(({ actorId, successes }) => successes > 0 && !roles.has(actorId)))
    missing.push('Administrator roles of accounts for which neither Okta nor a stored event tells them.')
  return missing
}
