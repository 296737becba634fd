// Which stored addresses and autonomous systems new intelligence concerns. Answered from the table that has each address once, so the
// cost does not grow with events.
import { to as copyTo } from 'pg-copy-streams'
import type { Sql, Transaction } from '@/lib/db/sql'
import { POLICY_COUNTS } from '../core/apply-policy'
import type { IntentPolicy } from '../model'
import type { PendingMatch } from './intel-version'

/** Live indicators of ranges that are pending and that the policy could count; counting stops at `limit`. */
export async function countLearned(
  sql: Sql,
  orgId: string,
  pending: PendingMatch,
  policy: IntentPolicy,
  limit: number,
): Promise<number> {
  const [size] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (
       SELECT FROM indicator i WHERE ${PENDING} AND i.range IS NOT NULL LIMIT $6::int) few`,
    [...valuesOf(orgId, pending, policy), limit],
  )
  return size!.count
}

/**
 * Distinct stored client addresses inside live indicators that are pending and that the policy could count: one SP-GiST look-up for each
 * indicator. Addresses that carry an IPv4 address (6to4, NAT64) are few and always included: the caller judges each event anyway.
 */
export async function addressesInside(
  sql: Sql,
  orgId: string,
  pending: PendingMatch,
  policy: IntentPolicy,
): Promise<string[]> {
  const rows = await sql.query<{ ip: string }>(INSIDE, valuesOf(orgId, pending, policy))
  return rows.map(({ ip }) => ip)
}

/** Streams every distinct client address of an org, a million a second. */
export async function streamAddresses(
  tx: Transaction,
  orgId: string,
  sink: (ip: string) => void,
  pace: () => Promise<void> | void,
): Promise<void> {
  const org = tx.client.escapeLiteral(orgId)
  const stream = tx.client.query(copyTo(`COPY (SELECT ip FROM address WHERE org_id = ${org}) TO STDOUT`))
  stream.setEncoding('latin1')
  let rest = ''
  for await (const chunk of stream as AsyncIterable<string>) {
    const text = rest + chunk
    let from = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      sink(text.slice(from, end))
      from = end + 1
    }
    rest = text.slice(from)
    await pace()
  }
}

/** Autonomous systems that live indicators which are pending name, and that the policy could count. */
export async function systemsLearned(
  sql: Sql,
  orgId: string,
  pending: PendingMatch,
  policy: IntentPolicy,
): Promise<number[]> {
  const rows = await sql.query<{ asNumber: bigint }>(
    `SELECT DISTINCT i.as_number AS "asNumber" FROM indicator i WHERE ${PENDING} AND i.as_number IS NOT NULL`,
    valuesOf(orgId, pending, policy),
  )
  return rows.map(({ asNumber }) => Number(asNumber))
}

/** How the server looks addresses up, in the words of `EXPLAIN`. For the benchmark. */
export async function explainInside(
  sql: Sql,
  orgId: string,
  pending: PendingMatch,
  policy: IntentPolicy,
): Promise<string[]> {
  const rows = await sql.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${INSIDE}`, valuesOf(orgId, pending, policy))
  return rows.map((row) => row['QUERY PLAN'])
}

function valuesOf(orgId: string, { fromId, toId }: PendingMatch, policy: IntentPolicy): unknown[] {
  const { intents, categories } = POLICY_COUNTS[policy]
  return [orgId, fromId.toString(), toId.toString(), intents, categories]
}

const PENDING = `i.org_id = $1 AND i.id > $2::bigint AND i.id <= $3::bigint AND i.known_to IS NULL AND i.intent <> 'benign'
  AND (i.intent::text = ANY($4::text[]) OR i.category = ANY($5::text[]))`

// The inner query knows nothing but the range, and OFFSET 0 keeps it so: each is one look-up in the SP-GiST index. Given more
// conditions, the planner walks the primary key for every row instead, which is a thousand times slower.
const INSIDE = `SELECT known.ip FROM indicator i
  CROSS JOIN LATERAL (SELECT a.org_id, a.ip FROM address a WHERE a.ip <<= i.range OFFSET 0) known
  WHERE ${PENDING} AND known.org_id = i.org_id
  UNION SELECT ip FROM address WHERE org_id = $1 AND ip <<= '2002::/16'
  UNION SELECT ip FROM address WHERE org_id = $1 AND ip <<= '64:ff9b::/96'`
