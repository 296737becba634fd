// Keys with which scripts call the API.
import { randomBytes, randomUUID } from 'node:crypto'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { prisma, sqlOf } from '@/lib/db/database'
import type { Actor, Role } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { API_KEY_PREFIX, hashSecret, keyHint } from '../core/secret'
import { insertApiKey, type ApiKeyRow } from '../store'

/** Makes a key of the actor's org. The key itself is returned once and kept only as a hash. @throws AppError invalid_input */
export async function createApiKey(
  { actor, input }: { actor: Actor; input: { name: string; role: Role } },
  at: Date,
): Promise<ApiKeyRow & { key: string }> {
  const name = input.name.trim()
  if (name === '' || name.length > 100)
    throw new AppError('invalid_input', 'Give the key a name of 1 to 100 characters.')
  const key = `${API_KEY_PREFIX}${randomBytes(32).toString('base64url')}`
  return prisma().$transaction(async (tx) => {
    const row = await insertApiKey(tx, {
      orgId: actor.orgId,
      id: randomUUID(),
      name,
      role: input.role,
      keyHash: hashSecret(key),
      hint: keyHint(key),
      createdAt: at,
    })
    const record = {
      action: 'api_key.created',
      subjectType: 'api_key',
      subjectId: row.id,
      detail: { name, role: row.role, hint: row.hint },
    }
    await appendAudit(sqlOf(tx), actor, [record], at)
    return { ...row, key }
  })
}
