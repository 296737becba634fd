// What people usually do in Okta after a malicious signal, named by what the answers found. Done by hand; nothing here acts. Pure.
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { actorLabel } from './signal-words'

export interface ResponseItem {
  /** Stable within a signal, so that its check mark is found again. */
  id: string
  label: string
}

/** In the order in which to do them: what stops the access first. */
export function responseItems(signal: Pick<SignalDetail, 'tokens' | 'actor'>, runbook: Runbook | null): ResponseItem[] {
  const who = actorLabel(signal.actor)
  const [, , activity, token, changes, accounts] = runbook?.steps ?? []
  const nameOf = (id: string) => token?.tokens.find((one) => one.id === id)?.name ?? shortTokenId(id)
  const items: ResponseItem[] = [
    ...signal.tokens.map(({ id }) => ({ id: `token ${id}`, label: `Revoke token ${nameOf(id)}` })),
    ...(token?.createdAfter ?? []).slice(0, 5).map((event) => ({
      id: `created ${event.uuid}`,
      label: `Revoke the token created since: ${event.targets[0] ?? 'name not given'}`,
    })),
    { id: 'sessions', label: `End sessions of ${who}` },
  ]
  const grants = activity?.notable.filter((event) => event.eventClass === 'privilege' && event.isAfter).length ?? 0
  if (grants > 0)
    items.push({ id: 'grants', label: `Take back ${grants === 1 ? 'the admin grant' : `${grants} admin grants`}` })
  if (changes?.changes.some((change) => change.isAfter)) {
    items.push({ id: 'factors', label: 'Reset the sign-in methods changed since' })
  }
  const others = accounts?.accounts.filter((one) => !one.isThisAccount && one.successes > 0).length ?? 0
  if (others > 0 && !accounts?.shared) {
    items.push({
      id: 'accounts',
      label: `Check ${others === 1 ? 'the other account' : `${others} other accounts`} of this address`,
    })
  }
  items.push({ id: 'owner', label: `Tell ${who} or their manager, by another way than e-mail` })
  return items
}
