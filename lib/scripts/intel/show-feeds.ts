// list, test and formats.
import { FEED_FORMATS, type FeedRun } from '@/lib/intel/model'
import { listFeeds } from '@/lib/intel/service/list-feeds'
import type { Actor } from '@/lib/kernel/actor'
import { testAddress } from '@/lib/timeline/service/test-address'
import { table } from './describe-run'

/** All feeds and how they are. */
export async function list({ orgId }: Actor): Promise<string> {
  const feeds = await listFeeds(orgId)
  if (feeds.length === 0) return 'No feeds yet: npm run intel -- import FILE --feed NAME --category C'
  const rows = feeds.map(({ feedId, format, category, entryCount, url, isEnabled, lastSuccessAt, lastRun }) => [
    feedId,
    format,
    category,
    String(entryCount),
    url === null ? 'file' : new URL(url).host, // the rest of the address may carry a key
    lastSuccessAt?.toISOString() ?? 'never',
    isEnabled ? describeLast(lastRun) : 'off',
  ])
  return table([['feed', 'format', 'category', 'entries', 'from', 'last good', 'last result'], ...rows])
}

function describeLast(run: FeedRun | null): string {
  if (run === null) return 'not fetched yet'
  if (run.result !== 'held') return run.error ?? run.result
  return run.decision === null ? 'held, waits for a decision' : `held, ${run.decision}`
}

/** What the feeds say about an address now, and the network it is in. */
export async function showAddress(actor: Actor, ip: string): Promise<string> {
  const { sentence, matches } = await testAddress({ actor, ip })
  if (matches.length === 0) return sentence
  const rows = matches.map(({ feedId, range, category, intent, confidence, since, source, isCounted }) => [
    feedId,
    range,
    category,
    intent,
    String(confidence),
    isCounted ? 'yes' : 'no',
    since,
    source ?? '',
  ])
  const head = ['feed', 'range', 'category', 'intent', 'confidence', 'counts', 'since', 'source']
  return `${sentence}\n${table([head, ...rows])}`
}

/** Formats by name. */
export function listFormats(): string {
  return `${FEED_FORMATS.join('\n')}\nlib/intel/README.md says what each is and which options it takes.`
}
