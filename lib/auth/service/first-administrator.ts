// How the first person gets into a fresh installation.
import { systemActor } from '@/lib/kernel/actor'
import { now } from '@/lib/kernel/clock'
import { UNCHOSEN_EMAIL } from '../core/credentials'
import { hasPasswordUser } from '../store'
import { createSignInLink } from './create-sign-in-link'

/**
 * The token of a fresh one-time link (`/welcome?token=…`) for the first administrator of an org; null once somebody there has a
 * password. Every call ends the link of the call before.
 */
export async function ensureFirstSignInLink(orgId: string): Promise<string | null> {
  if (await hasPasswordUser(orgId)) return null
  const input = { email: UNCHOSEN_EMAIL, role: 'admin', name: 'Administrator' } as const
  const { token } = await createSignInLink({ actor: systemActor(orgId), input }, now())
  return token
}
