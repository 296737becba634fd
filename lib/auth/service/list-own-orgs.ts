// The orgs between which a person can switch.
import type { UserActor } from '@/lib/kernel/actor'
import type { OwnOrg } from '../contract'
import { findEnabledUser, findOrg, listMemberships } from '../store'

/** Orgs in which the actor's address has an enabled account, that created first in front. A key has no address: its own org only. */
export async function listOwnOrgs({ actor }: { actor: UserActor }): Promise<OwnOrg[]> {
  if (actor.kind === 'api_key') {
    const { name, kind } = await findOrg(actor.orgId)
    return [{ orgId: actor.orgId, name, kind, isCurrent: true }]
  }
  const user = await findEnabledUser(actor.orgId, actor.id)
  const memberships = user ? await listMemberships(user.email) : []
  return memberships.map(({ orgId, org }) => ({ orgId, ...org, isCurrent: orgId === actor.orgId }))
}
