// Who may do what: the permissions, and the one function that answers. Pure and browser-safe.
import type { Actor, Role } from '@/lib/kernel/actor'

/** What a route or page asks for. `public` asks for nothing and may have no actor. */
export const PERMISSIONS = [
  'public',
  'account:self',
  'signals:read',
  'signals:write',
  'events:read',
  'intel:read',
  'health:read',
  'audit:read',
  'suppressions:read',
  'suppressions:write',
  'suppressions:org',
  'suppressions:token',
  'poll:run',
  'intel:write',
  'settings:write',
  'users:write',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** The least role that has a permission; each role has what the ones before it have. */
const LEAST_ROLE: Record<Permission, Role> = {
  public: 'viewer',
  'account:self': 'viewer',
  'signals:read': 'viewer',
  'events:read': 'viewer',
  'intel:read': 'viewer',
  'health:read': 'viewer',
  'audit:read': 'viewer',
  'signals:write': 'analyst',
  'suppressions:read': 'viewer',
  'suppressions:write': 'analyst',
  'suppressions:org': 'lead',
  'suppressions:token': 'admin',
  'poll:run': 'admin',
  'intel:write': 'admin',
  'settings:write': 'admin',
  'users:write': 'admin',
}

const RANK: Record<Role, number> = { viewer: 0, analyst: 1, lead: 2, admin: 3 }

/** True if a role has a permission. */
export function can(role: Role, permission: Permission): boolean {
  return RANK[role] >= RANK[LEAST_ROLE[permission]]
}

/** True if an actor, or nobody, has a permission. The product itself and an operator's command may do everything. */
export function isAllowed(actor: Actor | null, permission: Permission): boolean {
  if (actor === null) return permission === 'public'
  return 'role' in actor ? can(actor.role, permission) : true
}
