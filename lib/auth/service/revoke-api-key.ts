// Ends API keys, at once and for good.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { prisma, sqlOf } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { listApiKeyRows, revokeApiKeyRow, type ApiKeyRow } from '../store'

/**
 * Revokes the key of the actor's org that has this id, name or hint.
 *
 * @throws AppError not_found if no live key fits; conflict if several do.
 */
export async function revokeApiKey(
  { actor, input }: { actor: Actor; input: { key: string } },
  at: Date,
): Promise<ApiKeyRow> {
  const live = (await listApiKeyRows(actor.orgId)).filter((row) => row.revokedAt === null)
  const [found, second] = live.filter((row) => [row.id, row.name, row.hint].includes(input.key))
  if (!found) throw new AppError('not_found', `No live key is called ${input.key}.`)
  if (second) throw new AppError('conflict', `Several keys are called ${input.key}: name one by its id.`)
  await prisma().$transaction(async (tx) => {
    if (!(await revokeApiKeyRow(tx, actor.orgId, found.id, at))) return
    const detail = { name: found.name, role: found.role, hint: found.hint }
    await appendAudit(
      sqlOf(tx),
      actor,
      [{ action: 'api_key.revoked', subjectType: 'api_key', subjectId: found.id, detail }],
      at,
    )
  })
  return found
}
