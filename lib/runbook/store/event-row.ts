// Which columns of an event every step reads, under one set of names.

/** Columns of `EventRow`. */
export const EVENT_COLUMNS = `uuid, published, event_type AS "eventType", outcome, actor_id AS "actorId", actor_login AS "actorLogin",
  client_ip AS ip, session_id AS "sessionId", root_session_id AS "rootSessionId", token_id AS "tokenId",
  as_number AS "asNumber", as_org AS "asOrg", country, os, browser, device_id AS "deviceId", dt_hash AS "dtHash",
  target_ids AS "targetIds"`

/** Columns of `EventTextRow`. Reading the text costs a look elsewhere per row: only for rows that are shown. */
export const EVENT_TEXT_COLUMNS = `${EVENT_COLUMNS}, CASE WHEN octet_length(raw) <= 65536 THEN raw END AS raw`
