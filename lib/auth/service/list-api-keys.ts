// The keys of an org, for people who decide which to revoke.
import type { Actor } from '@/lib/kernel/actor'
import { listApiKeyRows, type ApiKeyRow } from '../store'

/** Every key of the actor's org, newest first, revoked ones too; never the keys themselves. */
export function listApiKeys({ actor }: { actor: Actor }): Promise<ApiKeyRow[]> {
  return listApiKeyRows(actor.orgId)
}
