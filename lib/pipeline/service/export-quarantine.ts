// Reads the quarantine of an org for people: counts, and every text with its reason as one line of JSON.
import { sql } from '@/lib/db/database'
import type { QuarantineReason } from '@/lib/okta/model'
import { countQuarantine, listQuarantine } from '@/lib/okta/store/quarantine'

const TEXTS_PER_PAGE = 500

/** Texts that still wait, by reason. */
export function countQuarantined(orgId: string): Promise<Partial<Record<QuarantineReason, number>>> {
  return countQuarantine(sql(), orgId)
}

/** Yields one line of JSON per waiting text, in bounded memory. */
export async function* exportQuarantine(orgId: string): AsyncGenerator<string> {
  let afterDigest: string | null = null
  for (;;) {
    const texts = await listQuarantine(sql(), orgId, { afterDigest, limit: TEXTS_PER_PAGE })
    for (const text of texts) yield JSON.stringify(text)
    if (texts.length < TEXTS_PER_PAGE) return
    afterDigest = texts.at(-1)!.digest
  }
}
