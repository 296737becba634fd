// Which questions the steps of a signal have for Okta.
import { tokenKind, type OktaRecordKey } from '@/lib/okta/model'

const USER_TYPE = 'User'

interface LookedUpSignal {
  actor: { id: string; type: string | null }
  tokens: ReadonlyArray<{ id: string }>
}

/** The account itself (only people have a user record), and its SSWS tokens (OAuth tokens have no record). */
export function lookupKeys({ actor, tokens }: LookedUpSignal): OktaRecordKey[] {
  const user = (['user', 'user_roles', 'user_factors'] as const).map((kind) => ({ kind, subjectId: actor.id }))
  const ssws = tokens.filter(({ id }) => tokenKind(id) === 'ssws')
  return [
    ...(actor.type === USER_TYPE ? user : []),
    ...ssws.map(({ id }) => ({ kind: 'api_token' as const, subjectId: id })),
  ]
}
