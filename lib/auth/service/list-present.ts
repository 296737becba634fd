// Which of the ids that rows remember belong to people who can still sign in.
import { listEnabledIds } from '../store'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Those of some ids of actors that are people of the org and not disabled: no keys, no commands, nobody who left. */
export async function listPresent(orgId: string, actorIds: readonly string[]): Promise<Set<string>> {
  const ids = actorIds.filter((id) => UUID.test(id))
  return new Set(ids.length > 0 ? await listEnabledIds(orgId, ids) : [])
}
