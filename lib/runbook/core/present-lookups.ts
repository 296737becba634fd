// What the steps of a signal ask Okta, and how old each answer is.
import { isStale } from '@/lib/okta/core/read-okta-record'
import type { OktaRecord, OktaRecordKind } from '@/lib/okta/model'

/** One question and how it stands. */
export interface PresentedLookup {
  kind: OktaRecordKind
  subjectId: string
  state: 'fresh' | 'stale' | 'not_asked' | 'not_found' | 'refused' | 'failed'
  askedAt: string | null
  /** What is wrong and what to do. */
  message: string | null
}

/** One line per question. `record` gives what Okta last said, null where it was never asked. */
export function presentLookups(
  keys: ReadonlyArray<{ kind: OktaRecordKind; subjectId: string }>,
  record: (kind: OktaRecordKind, subjectId: string) => OktaRecord | null,
  now: Date,
): PresentedLookup[] {
  return keys.map(({ kind, subjectId }) => {
    const found = record(kind, subjectId)
    return {
      kind,
      subjectId,
      state: found === null ? 'not_asked' : stateOf(found, now),
      askedAt: found?.askedAt.toISOString() ?? null,
      message: found?.problemMessage ?? null,
    }
  })
}

function stateOf(record: OktaRecord, now: Date): PresentedLookup['state'] {
  if (record.result !== 'found') return record.result
  return isStale(record, now) ? 'stale' : 'fresh'
}
