// Makes the feeds and look-ups that the simulated org serves known, and follows them when it is started on another port.
import type { LookupProvider } from '@/lib/intel/model'
import { editFeed } from '@/lib/intel/service/edit-feed'
import { listFeeds } from '@/lib/intel/service/list-feeds'
import { listProviders } from '@/lib/intel/service/read-lookups'
import { saveFeed } from '@/lib/intel/service/save-feed'
import { saveProvider } from '@/lib/intel/service/save-provider'
import { systemActor } from '@/lib/kernel/actor'
import { FEEDS } from '@/lib/simulator/core/feeds'

/** Where the simulated org answers for each provider. */
const LOOKUP_PATHS: Record<LookupProvider, string> = {
  abuseipdb: '/lookups/abuseipdb',
  greynoise: '/lookups/greynoise',
  internetdb: '/lookups/internetdb',
  tor_history: '/lookups/onionoo',
}

/** Adds what is missing and corrects addresses; changes nothing else, so that what an operator edits stays. */
export async function registerDemoFeeds(orgId: string, origin: string): Promise<void> {
  const actor = systemActor(orgId)
  const known = new Map((await listFeeds(orgId)).map((feed) => [feed.name, feed]))
  for (const { name, path, format, category, cadenceMinutes, terms, tolerates } of FEEDS) {
    const url = `${origin}${path}`
    const before = known.get(name)
    if (before?.url === url) continue
    if (before) await editFeed({ actor, feedId: before.feedId, change: { url } })
    else {
      const cadenceSeconds = cadenceMinutes * 60
      const input = { name, format, category, cadenceSeconds, terms, url, tolerates: [...tolerates] }
      await saveFeed({ actor, input })
    }
  }
  await registerLookups(orgId, origin)
}

/** Providers that the simulated org answers for. One that an operator gave another address or its own back is left alone. */
async function registerLookups(orgId: string, origin: string): Promise<void> {
  for (const { provider, url, isEnabled } of (await listProviders(orgId)).providers) {
    const path = LOOKUP_PATHS[provider]
    const isNew = url === null && !isEnabled
    const isMoved = url !== null && url.endsWith(path) && url !== `${origin}${path}`
    if (!isNew && !isMoved) continue
    const key = provider === 'abuseipdb' ? { key: 'demo' } : {} // the only one that answers nobody without a key
    const input = { provider, url: `${origin}${path}`, ...(isNew ? { isEnabled: true } : {}), ...key }
    await saveProvider({ actor: systemActor(orgId), input })
  }
}
