// Which columns of an event every step reads, under one set of names, and the texts of those that are shown.
import type { Sql } from '@/lib/db/sql'

/** Columns of `EventRow`. */
export const EVENT_COLUMNS = `uuid, published, event_type AS "eventType", outcome, actor_id AS "actorId", actor_login AS "actorLogin",
  client_ip AS ip, session_id AS "sessionId", root_session_id AS "rootSessionId", token_id AS "tokenId",
  as_number AS "asNumber", as_org AS "asOrg", country, os, browser, device_id AS "deviceId", dt_hash AS "dtHash",
  target_ids AS "targetIds"`

/** Columns of `EventTextRow`. Reading the text costs a look elsewhere per row: only for rows that are shown. */
export const EVENT_TEXT_COLUMNS = `${EVENT_COLUMNS}, CASE WHEN octet_length(raw) <= 65536 THEN raw END AS raw`

/** Texts of some events by uuid; those that are gone, or longer than 64 KiB, are left out. */
export async function readTexts(
  sql: Sql,
  orgId: string,
  events: ReadonlyArray<{ uuid: string; published: Date }>,
): Promise<Map<string, string>> {
  if (events.length === 0) return new Map()
  const rows = await sql.query<{ uuid: string; raw: string }>(
    `SELECT uuid, raw FROM unnest($2::text[], $3::timestamptz[]) AS wanted (uuid, published) CROSS JOIN LATERAL (
       SELECT raw FROM event WHERE org_id = $1 AND published = wanted.published AND uuid = wanted.uuid
         AND octet_length(raw) <= 65536) AS event`,
    [orgId, events.map(({ uuid }) => uuid), events.map(({ published }) => published.toISOString())],
  )
  return new Map(rows.map(({ uuid, raw }) => [uuid, raw]))
}
