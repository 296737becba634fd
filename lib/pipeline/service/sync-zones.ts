// Keeps the org's own networks known: once an hour from its zones in Okta into the feed that stands for them.
import { replaceZones } from '@/lib/intel/service/replace-zones'
import type { StoredFeedRun } from '@/lib/intel/model'
import { systemActor } from '@/lib/kernel/actor'
import { logger } from '@/lib/kernel/logger'
import type { OktaClient } from '@/lib/okta/gateway/client'
import { readZones } from '@/lib/okta/service/read-zones'

interface SyncInput {
  orgId: string
  client: OktaClient
  signal?: AbortSignal
}

/**
 * Brings the feed of own networks up to date if its hour has passed; null if not. Without the right to read zones the run fails and says
 * which scope to grant; everything else goes on.
 */
export async function syncZones({ orgId, client, signal }: SyncInput, now: Date): Promise<StoredFeedRun | null> {
  const run = await replaceZones({
    actor: systemActor(orgId),
    now,
    read: async () => {
      const outcome = await readZones(client, { signal })
      if (outcome.status === 'ok') return outcome
      if (outcome.problem.code === 'aborted') return { status: 'aborted' }
      return {
        status: 'problem',
        message: `${outcome.problem.message} (If zones need not be read, switch this feed off.)`,
      }
    },
  })
  if (run !== null) logger.info({ org: orgId, result: run.result, error: run.error }, 'zones')
  return run
}
