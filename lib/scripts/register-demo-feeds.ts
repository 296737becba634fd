// Makes the feeds that the simulated org serves known, and follows them when it is started on another port.
import { listFeeds } from '@/lib/intel/service/list-feeds'
import { saveFeed } from '@/lib/intel/service/save-feed'
import { systemActor } from '@/lib/kernel/actor'
import { FEEDS } from '@/lib/simulator/core/feeds'

/** Adds what is missing and corrects addresses; changes nothing else, so that what an operator edits stays. */
export async function registerDemoFeeds(orgId: string, origin: string): Promise<void> {
  const known = new Map((await listFeeds(orgId)).map((feed) => [feed.name, feed]))
  for (const { name, path, format, category, cadenceMinutes } of FEEDS) {
    const url = `${origin}${path}`
    const before = known.get(name)
    if (before?.url === url) continue
    const settings = before ?? { name, format, category, cadenceSeconds: cadenceMinutes * 60 }
    await saveFeed({ actor: systemActor(orgId), input: { ...settings, url } })
  }
}
