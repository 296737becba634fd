// Who may make a suppression of which scope (rule, lines 15 and 17).
import { isAllowed, type Permission } from '@/lib/auth/model'
import type { Actor } from '@/lib/kernel/actor'
import type { SuppressionScope } from '../model'

/** What a scope needs. */
export const SCOPE_PERMISSIONS: Readonly<Record<SuppressionScope, Permission>> = {
  user_network: 'suppressions:write',
  user_ip: 'suppressions:write',
  org_network: 'suppressions:org',
  token: 'suppressions:token',
}

const NEEDS: Readonly<Record<SuppressionScope, string>> = {
  user_network: 'Needs an analyst.',
  user_ip: 'Needs an analyst.',
  org_network: 'Needs a lead: it is for everybody.',
  token: 'Needs an admin: it hides HIGH.',
}

/** Why an actor may not make a suppression of a scope; null if they may. */
export function whyNotAllowed(actor: Actor, scope: SuppressionScope): string | null {
  return isAllowed(actor, SCOPE_PERMISSIONS[scope]) ? null : NEEDS[scope]
}

/** The same with whom to ask instead, e.g. `Needs a lead: it is for everybody. Ask Tom Oduya.` */
export function withWhoMay(reason: string, people: readonly { name: string }[]): string {
  const [first, ...rest] = people.map(({ name }) => name)
  if (first === undefined) return `${reason} Nobody here is one yet.`
  const last = rest.pop()
  return last === undefined ? `${reason} Ask ${first}.` : `${reason} Ask ${[first, ...rest].join(', ')} or ${last}.`
}
