// Who sends a request: the one place where a session cookie or an API key becomes an actor. Route handlers and pages share it.
import type { UserActor } from '@/lib/kernel/actor'
import { now } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { hashSecret, readBearer } from '../core/secret'
import { toActor } from '../core/to-actor'
import { findLiveApiKey, findSessionUser, saveApiKeyUse } from '../store'
import { readSession } from './read-session'

/** Last use of a key is stored at most this often. */
const KEY_USE_RESOLUTION_MS = 60_000

/**
 * The actor behind the credentials in request headers; null if there are none or they do not count (revoked, expired, disabled).
 * An `Authorization` header is decisive: the cookie beside it is ignored.
 */
export async function findActor(headers: Headers): Promise<UserActor | null> {
  const authorization = headers.get('authorization')
  return authorization === null ? findSessionActor(headers) : findKeyActor(authorization)
}

/**
 * Like `findActor`, for where nobody may be anonymous.
 *
 * @throws AppError unauthenticated
 */
export async function requireActor(request: { headers: Headers }): Promise<UserActor> {
  const actor = await findActor(request.headers)
  if (actor) return actor
  throw new AppError(
    'unauthenticated',
    request.headers.has('authorization')
      ? 'This API key is unknown or was revoked. Make one with: npm run -s api-key -- create --name NAME --role ROLE'
      : 'Sign in, or send an API key as "Authorization: Bearer KEY".',
  )
}

async function findSessionActor(headers: Headers): Promise<UserActor | null> {
  const claims = await readSession(headers)
  const user = claims && (await findSessionUser(claims))
  return user && toActor(user)
}

async function findKeyActor(authorization: string): Promise<UserActor | null> {
  const secret = readBearer(authorization)
  const key = secret === null ? null : await findLiveApiKey(hashSecret(secret))
  if (!key) return null
  const at = now()
  if (!key.lastUsedAt || at.getTime() - key.lastUsedAt.getTime() >= KEY_USE_RESOLUTION_MS)
    await saveApiKeyUse(key.orgId, key.id, at)
  return { kind: 'api_key', orgId: key.orgId, id: key.id, name: key.name, role: key.role }
}
