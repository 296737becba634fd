// Which questions the steps of a signal have for Okta.
import { tokenKind, type OktaRecordKey } from '@/lib/okta/model'

const USER_TYPE = 'User'
/** Of the tokens of a signal, as many as the steps look at. */
const TOKENS = 10

interface LookedUpSignal {
  actor: { id: string; type: string | null }
  tokens: ReadonlyArray<{ id: string }>
}

/** The account itself (only people have a user record), and its first SSWS tokens (OAuth tokens have no record). */
export function lookupKeys({ actor, tokens }: LookedUpSignal): OktaRecordKey[] {
  const user = (['user', 'user_roles', 'user_factors'] as const).map((kind) => ({ kind, subjectId: actor.id }))
  const ssws = tokens.slice(0, TOKENS).filter(({ id }) => tokenKind(id) === 'ssws')
  return [
    ...(actor.type === USER_TYPE ? user : []),
    ...ssws.map(({ id }) => ({ kind: 'api_token' as const, subjectId: id })),
  ]
}
