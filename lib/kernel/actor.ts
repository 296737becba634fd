// Who acts: passed explicitly to every service and written to the audit log.

export const ROLES = ['viewer', 'analyst', 'lead', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** A person or key that was authenticated, bound to one org. */
export interface UserActor {
  kind: 'user' | 'api_key'
  orgId: string
  id: string
  name: string
  role: Role
}

/** The product itself (worker), or an operator at the command line. May do everything. */
export interface SystemActor {
  kind: 'system' | 'command'
  orgId: string
  id: string
  name: string
}

export type Actor = UserActor | SystemActor

/** The worker as actor of an org. */
export function systemActor(orgId: string): SystemActor {
  return { kind: 'system', orgId, id: 'sallyport', name: 'Sallyport' }
}

/** An operator who runs one of our commands, named after the command. */
export function commandActor(orgId: string, command: string): SystemActor {
  return { kind: 'command', orgId, id: command, name: `npm run ${command}` }
}
