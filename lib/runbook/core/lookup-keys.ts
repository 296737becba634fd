// Which questions the steps of a signal have for Okta.
import { tokenKind, type OktaRecordKind } from '@/lib/okta/model'
import type { SignalDetail } from '@/lib/signals/contract/signal'

const USER_TYPE = 'User'

/** The account itself (only people have a user record), and its SSWS tokens (OAuth tokens have no record). */
export function lookupKeys({
  actor,
  tokens,
}: Pick<SignalDetail, 'actor' | 'tokens'>): Array<{ kind: OktaRecordKind; subjectId: string }> {
  const user = (['user', 'user_roles', 'user_factors'] as const).map((kind) => ({ kind, subjectId: actor.id }))
  const ssws = tokens.filter(({ id }) => tokenKind(id) === 'ssws')
  return [
    ...(actor.type === USER_TYPE ? user : []),
    ...ssws.map(({ id }) => ({ kind: 'api_token' as const, subjectId: id })),
  ]
}
