// Sign-in, sign-out and the change of org from the browser. After each, the whole page is loaded anew: nothing of the other session stays in memory.
import { api } from '@/lib/http/client'
import { CsrfToken } from '@/lib/auth/contract'

/** Signs in with e-mail address and password. @throws ApiError unauthenticated, rate_limited */
export function signInWithPassword(credentials: { email: string; password: string }): Promise<void> {
  return act('callback/password', credentials)
}

/** Uses a one-time link: sets name and password, and signs in. @throws ApiError unauthenticated, invalid_input, conflict */
export function signInWithLink(credentials: {
  token: string
  email?: string
  name: string
  password: string
}): Promise<void> {
  return act('callback/link', credentials)
}

/** Signs out on every device of the user. */
export function signOut(): Promise<void> {
  return act('signout', {})
}

/** Goes on in another of the own orgs, in every tab. @throws ApiError not_found, unauthenticated */
export async function switchOrg(orgId: string): Promise<void> {
  await api('/api/account/org', { method: 'POST', body: { orgId } })
}

async function act(action: string, fields: Record<string, string | undefined>): Promise<void> {
  const { csrfToken } = CsrfToken.parse(await api('/api/auth/csrf'))
  await api(`/api/auth/${action}`, { method: 'POST', body: { ...fields, csrfToken } })
}
