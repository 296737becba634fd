// What the steps of a signal ask Okta, and how old each answer is.
import type { OktaRecord, OktaRecordKind } from '@/lib/okta/model'
import type { OktaLookup } from '../contract/runbook'

/** An answer older than this is asked for again when somebody looks. */
const FRESH_MS = 10 * 60_000

/** One line per question. `record` gives what Okta last said, null where it was never asked. */
export function presentLookups(
  keys: ReadonlyArray<{ kind: OktaRecordKind; subjectId: string }>,
  record: (kind: OktaRecordKind, subjectId: string) => OktaRecord | null,
  now: Date,
): OktaLookup[] {
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

function stateOf({ result, askedAt }: OktaRecord, now: Date): OktaLookup['state'] {
  if (result !== 'found') return result
  return now.getTime() - askedAt.getTime() > FRESH_MS ? 'stale' : 'fresh'
}
