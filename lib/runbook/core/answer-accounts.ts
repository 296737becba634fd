// Step 6: every account that used the address.
import { STEPS, type SearchWindow, type AccountUse, type AnswerState } from '../model'
import { phraseCount, phraseList, phraseWindow } from './phrase'
import { presentWindow } from './present-event'

export interface AccountsFacts {
  ip: string
  actorId: string
  login: string
  accounts: readonly AccountUse[]
  total: number
  window: SearchWindow
  gaps: readonly string[]
}

/** The step with its sentence. */
export function answerAccounts(facts: AccountsFacts) {
  const { actorId, accounts, total, window } = facts
  const missing = [...facts.gaps, 'Whether the address is a company egress or a shared VPN is not stored yet.']
  if (total > accounts.length) missing.push(`Only ${accounts.length} of ${total} accounts are shown.`)
  const state: AnswerState = total > 0 ? 'answered' : 'unknown'
  return {
    step: 6 as const,
    question: STEPS[5].question,
    sentence: phraseAccounts(facts),
    state,
    window: presentWindow(window),
    missing,
    accounts: accounts.map(({ firstAt, lastAt, ...account }) => ({
      ...account,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      isThisAccount: account.actorId === actorId,
    })),
    accountsTotal: total,
  }
}

function phraseAccounts({ ip, actorId, login, accounts, total, window }: AccountsFacts): string {
  if (total === 0) return `No events from ${ip} are stored ${phraseWindow(window)}.`
  const others = accounts.filter((account) => account.actorId !== actorId)
  const otherTotal = total - (accounts.length - others.length)
  if (otherTotal === 0) return `Only events of ${login} are stored from ${ip} ${phraseWindow(window)}.`
  const succeeded = others.filter(({ successes }) => successes > 0)
  const failed = others.filter(({ successes, failures }) => successes === 0 && failures > 0).length
  const names = succeeded.map((account) => account.login ?? account.actorId)
  const who = names.length > 0 ? `: ${phraseList(names)}` : ''
  return (
    `${phraseCount(otherTotal, 'other account')} used ${ip} ${phraseWindow(window)}; ` +
    `${succeeded.length} with success${who}, ${failed} with failures only.`
  )
}
