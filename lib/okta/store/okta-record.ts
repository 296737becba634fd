// What Okta last said about users and tokens. Invariant: an answer without content leaves that of the last good one, with its age.
import type { Sql } from '@/lib/db/sql'
import type { OktaRecord, OktaRecordKey } from '../model'

const COLUMNS = `kind, subject_id AS "subjectId", asked_at AS "askedAt", result, content, found_at AS "foundAt", problem_message AS "problemMessage"`

/** The records of these keys that exist. */
export function findOktaRecords(sql: Sql, orgId: string, keys: readonly OktaRecordKey[]): Promise<OktaRecord[]> {
  return sql.query<OktaRecord>(
    `SELECT ${COLUMNS} FROM okta_record
     WHERE org_id = $1 AND (kind, subject_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
    [orgId, keys.map(({ kind }) => kind), keys.map(({ subjectId }) => subjectId)],
  )
}

/** Keeps an answer and returns the record as it is then. */
export async function saveOktaRecord(
  tx: Sql,
  orgId: string,
  answer: Pick<OktaRecord, keyof OktaRecordKey | 'askedAt' | 'result' | 'content' | 'problemMessage'>,
): Promise<OktaRecord> {
  const { kind, subjectId, askedAt, result, content, problemMessage } = answer
  const [record] = await tx.query<OktaRecord>(
    `INSERT INTO okta_record AS stored (org_id, kind, subject_id, asked_at, result, content, found_at, problem_message)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, CASE WHEN $6::jsonb IS NOT NULL THEN $4::timestamptz END, $7)
     ON CONFLICT (org_id, kind, subject_id) DO UPDATE SET
       asked_at = EXCLUDED.asked_at, result = EXCLUDED.result, problem_message = EXCLUDED.problem_message,
       content = coalesce(EXCLUDED.content, stored.content), found_at = coalesce(EXCLUDED.found_at, stored.found_at)
     RETURNING ${COLUMNS}`,
    [orgId, kind, subjectId, askedAt, result, content === null ? null : JSON.stringify(content), problemMessage],
  )
  return record!
}
