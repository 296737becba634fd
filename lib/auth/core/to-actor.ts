// A stored user as the actor that services get: nothing more of the row goes along.
import type { Role, UserActor } from '@/lib/kernel/actor'

/** The actor of a signed-in user. */
export function toActor(user: { orgId: string; id: string; name: string; role: Role }): UserActor {
  return { kind: 'user', orgId: user.orgId, id: user.id, name: user.name, role: user.role }
}
