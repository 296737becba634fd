// Gives quarantined texts another try, e.g. after an update that understands them. What parses now goes the normal way and is marked.
import { sql } from '@/lib/db/database'
import { now as clock } from '@/lib/kernel/clock'
import { parseEvent } from '@/lib/okta/core/parse-event'
import type { ParsedEvent } from '@/lib/okta/model'
import { savePollState } from '@/lib/okta/store/poll-state'
import { listQuarantine, markReplayed } from '@/lib/okta/store/quarantine'
import { addReports, emptyReport, type PageReport } from '../model'
import { ingestPage } from './ingest-page'

const TEXTS_PER_PAGE = 500

export interface ReplayResult {
  /** Texts that were looked at. */
  tried: number
  /** Texts that stay in quarantine. */
  remaining: number
  report: PageReport
}

/** Replays everything that waits in an org's quarantine, once. */
export async function replayQuarantine(orgId: string): Promise<ReplayResult> {
  const result: ReplayResult = { tried: 0, remaining: 0, report: emptyReport() }
  let afterDigest: string | null = null
  for (;;) {
    const texts = await listQuarantine(sql(), orgId, { afterDigest, limit: TEXTS_PER_PAGE })
    if (texts.length === 0) return result
    afterDigest = texts.at(-1)!.digest
    const receivedAt = clock()
    const parsed: ParsedEvent[] = []
    const digests: string[] = []
    for (const text of texts) {
      const outcome = parseEvent(text.raw, receivedAt)
      if (outcome.status !== 'parsed') continue
      parsed.push(outcome.parsed)
      digests.push(text.digest)
    }
    result.tried += texts.length
    result.remaining += texts.length - parsed.length
    if (parsed.length === 0) continue
    const report = await ingestPage({
      orgId,
      source: 'replay',
      page: { parsed, rejected: [], parseMs: 0 },
      receivedAt,
      saveProgress: async (transaction, page) => {
        await markReplayed(transaction, orgId, digests, receivedAt)
        await savePollState(transaction, orgId, { addEvents: page.new, addDuplicates: page.duplicate })
      },
    })
    result.report = addReports(result.report, report)
  }
}
