// Who is known to act with a token, for those who know nothing of it but its id.
import { sql } from '@/lib/db/database'
import { listTokenActors } from '../store/token'

export interface TokenUsers {
  /** Whether any stored event names the token as the one of its request. */
  isUsed: boolean
  /** The app that it was issued to; null where no event says. */
  clientId: string | null
  /** Most events first. */
  actors: Array<{ id: string; login: string | null }>
}

/** Accounts and app of a token, by its oldest and newest stored events. */
export async function findTokenUsers(orgId: string, tokenId: string): Promise<TokenUsers> {
  const rows = await listTokenActors(sql(), orgId, tokenId)
  return {
    isUsed: rows.length > 0,
    clientId: rows.find(({ clientId }) => clientId !== null)?.clientId ?? null,
    actors: rows.flatMap(({ actorId, actorLogin }) => (actorId === null ? [] : [{ id: actorId, login: actorLogin }])),
  }
}
