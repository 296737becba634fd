// People of an org by what they may do: whom to ask, and whom to tell.
import { ROLES } from '@/lib/kernel/actor'
import { can, type Permission } from '../model'
import { listPeople } from '../store'

/** People of an org who can sign in and have a permission, those with the least role first, then by name; at most `limit`. */
export function listPeopleWhoMay(
  orgId: string,
  permission: Permission,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  return listPeople(
    orgId,
    ROLES.filter((role) => can(role, permission)),
    limit,
  )
}
