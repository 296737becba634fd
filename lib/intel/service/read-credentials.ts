// The key of a feed in the clear, for the moment of a request.
import type { Sql } from '@/lib/db/sql'
import { unseal } from '@/lib/kernel/secret-box'
import type { Credentials } from '../model'
import { readSealedCredentials } from '../store/credentials'

/**
 * The key of a feed, or null if it has none. It is stored as `seal(JSON.stringify(credentials))`. Never log or return it.
 *
 * @throws AppError conflict if it was sealed with another secret.
 */
export async function readCredentials(sql: Sql, orgId: string, feedId: string): Promise<Credentials | null> {
  const sealed = await readSealedCredentials(sql, orgId, feedId)
  return sealed === null ? null : (JSON.parse(unseal(sealed)) as Credentials)
}
