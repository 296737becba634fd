// Intelligence in the embedded database: loading and patching the index, and matching backwards. Rows are made by the server itself.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { closeDatabase, sql, useDatabase, withTransaction } from '@/lib/db/database'
import { startEmbeddedPostgres } from '@/lib/db/embedded-postgres'
import { migrate } from '@/lib/db/migrate'
import { findLearnedAddresses } from '@/lib/intel/service/find-learned'
import { importFeed } from '@/lib/intel/service/import-feed'
import { createPace } from '@/lib/intel/service/in-steps'
import { compacted, forgetIndexes, loadIndex } from '@/lib/intel/service/load-index'
import { TOLERABLE } from '@/lib/intel/model'
import { findPendingMatch, raiseVersion, saveMatched } from '@/lib/intel/store/intel-version'
import { explainInside } from '@/lib/intel/store/learned'
import { commandActor } from '@/lib/kernel/actor'
import { ensurePartitions } from '@/lib/okta/store/partition'
import { registerOrg } from '@/lib/okta/service/register-org'
import { retroMatch, type RetroMatchReport } from '@/lib/pipeline/service/retro-match'
import { printBar, timed, timedWithStall } from './measure'

const ORG = 'bench'
const actor = commandActor(ORG, 'bench')
const POLICY = 'malicious+tor'
const MILLION = 1_000_000
const PUBLISHED = new Date('2026-11-01T00:00:00.000Z')

/** A scattered but repeatable IPv4 address of `n`, in 16.0.0.0 to 127.0.0.0 and outside every special range. */
const scattered = (n: string) => `('16.0.0.0'::inet + (((${n})::bigint * 2654435761) % 1845493760))`

/** Prints every bar that needs a database: an embedded one in a temporary folder, gone at the end. */
export async function benchDatabase(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-bench-'))
  fs.chmodSync(folder, 0o755) // as root, the server runs as another user
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), database: 'bench' })
  try {
    await migrate(server.url)
    useDatabase(server.url)
    await registerOrg({ orgId: ORG, name: 'Bench', url: null, kind: 'imported' })
    await fillIndicators()
    await benchControl()
    await benchLoading()
    await benchPatching()
    await benchLearned()
    await benchCurve()
    await benchBusyAddress()
  } finally {
    await closeDatabase()
    await server.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** A million in twenty feeds, mixed as feeds are; one opinion for each 5,000. */
async function fillIndicators(): Promise<void> {
  await sql().query(
    `INSERT INTO feed (org_id, feed_id, name, format, category, entry_count)
     SELECT $1, 'feed-' || n, 'Feed ' || n, 'list', 'hosting', 50000 FROM generate_series(0, 19) n`,
    [ORG],
  )
  await sql().query(
    `INSERT INTO indicator (org_id, feed_id, range, category, intent, confidence, valid_from, known_from)
     SELECT $1, 'feed-' || n / 50000, network(CASE
         WHEN n % 5 = 0 THEN set_masklen(('2001:db8:' || to_hex(n / 5 / 256) || ':' || to_hex(n / 5 % 256 * 256) || '::')::inet,
           CASE WHEN n % 10 = 0 THEN 64 ELSE 56 END)
         WHEN n % 5 = 1 THEN set_masklen(${scattered('n')}, 24)
         ELSE ${scattered('n')} END)::inet,
       'hosting', 'suspicious', 50, at, at
     FROM generate_series(0, ${MILLION - 1}) n, LATERAL (SELECT $2::timestamptz + n / 5000 * interval '1 minute' AS at) t
     ON CONFLICT DO NOTHING`,
    [ORG, PUBLISHED],
  )
  await sql().query('VACUUM ANALYZE indicator')
  await withTransaction((tx) => raiseVersion(tx, ORG))
}

async function benchLoading(): Promise<void> {
  const times: number[] = []
  const stalls: number[] = []
  let size = 0
  for (let round = 0; round < 7; round++) {
    forgetIndexes()
    const { ms, stallMs } = await timedWithStall(async () => (size = (await loadIndex(ORG)).index.size))
    times.push(ms)
    stalls.push(stallMs)
  }
  printBar(`cold start, ${size.toLocaleString('en')} entries from PostgreSQL`, times, 'ms', 1500)
  printBar('cold start: longest stall of the event loop', stalls, 'ms', 20)
}

/** Refreshes of a feed that close 500 entries and add 500. */
async function benchPatching(): Promise<void> {
  const refresh = (first: number) => {
    const lines = Array.from(
      { length: 5_000 },
      (_, n) => `2001:db8:${(0xf000 + ((first + n) >> 12)).toString(16)}:${((first + n) & 0xfff).toString(16)}::/64`,
    )
    return importFeed({
      ...{ actor, name: 'Changing', format: 'list', category: 'hosting' },
      content: lines.join('\n'),
      tolerates: [...TOLERABLE],
    })
  }
  await refresh(0)
  const times: number[] = []
  const stalls: number[] = []
  for (let round = 1; round <= 12; round++) {
    await loadIndex(ORG)
    await compacted(ORG)
    await refresh(round * 500)
    const { ms, stallMs } = await timedWithStall(() => loadIndex(ORG))
    times.push(ms)
    stalls.push(stallMs)
  }
  printBar('a refresh that changes 1,000 entries is in force after', times, 'ms', 250)
  printBar('meanwhile: longest stall of the event loop', stalls, 'ms', 20)
  const compactions: number[] = []
  for (let round = 1; round <= 5; round++) {
    await refresh(round * 10_000) // changes 10,000: the overlay is too large then
    const { stallMs } = await timedWithStall(async () => {
      await loadIndex(ORG)
      await compacted(ORG)
    })
    compactions.push(stallMs)
  }
  printBar('compaction: longest stall of the event loop', compactions, 'ms', 20)
}

/** What a stall is on this machine at this moment: a loop that does nothing but give way every two milliseconds. */
async function benchControl(): Promise<void> {
  const stalls: number[] = []
  for (let round = 0; round < 5; round++) {
    const { stallMs } = await timedWithStall(async () => {
      const pace = createPace()
      for (const end = performance.now() + 1000; performance.now() < end;) await pace()
    })
    stalls.push(stallMs)
  }
  printBar('for comparison: longest stall of a loop that only gives way every 2 ms', stalls, 'ms', null)
}

/** Which stored addresses new prefixes cover: many prefixes over ever more addresses, then few. */
async function benchLearned(): Promise<void> {
  await saveMatched(sql(), ORG, (await findPendingMatch(sql(), ORG))!)
  let stored = 0
  for (const addresses of [MILLION / 4, MILLION / 2, MILLION]) {
    await fillAddresses(stored, addresses)
    stored = addresses
    if (addresses === MILLION / 4) await learn(100_000)
    await benchLookUp(100_000, addresses, addresses === MILLION ? 3000 : null)
  }
  await saveMatched(sql(), ORG, (await findPendingMatch(sql(), ORG))!)
  await learn(10_000)
  await benchLookUp(10_000, MILLION, 500)
  const pending = (await findPendingMatch(sql(), ORG))!
  const plan = await explainInside(sql(), ORG, pending, POLICY)
  const line = plan.find((step) => step.includes('address_ip_idx')) ?? 'NOT by address_ip_idx'
  process.stdout.write(`plan: ${line.replace(/^[\s>-]+/, '')}; ${await accessMethod('address_ip_idx')}\n`)
  await saveMatched(sql(), ORG, pending)
}

async function benchLookUp(prefixes: number, addresses: number, bar: number | null): Promise<void> {
  const pending = (await findPendingMatch(sql(), ORG))!
  const times: number[] = []
  let found = 0
  for (let round = 0; round < 5; round++) {
    times.push(await timed(async () => (found = (await findLearnedAddresses(ORG, pending, POLICY)).length)))
  }
  const name = `${prefixes.toLocaleString('en')} new prefixes, ${addresses.toLocaleString('en')} addresses`
  printBar(`${name}: look-up of ${found}`, times, 'ms', bar)
}

let learnedCount = 0

/** New malicious prefixes in place of those before: one in a hundred covers an address that `fillAddresses` stored. */
async function learn(count: number): Promise<void> {
  const first = (learnedCount += 1_000_000)
  await sql().query(
    `UPDATE indicator SET known_to = now() WHERE org_id = $1 AND known_to IS NULL AND category = 'malicious'`,
    [ORG],
  )
  await sql().query(
    `INSERT INTO indicator (org_id, feed_id, range, category, intent, confidence, valid_from, known_from)
     SELECT $1, 'feed-0', CASE WHEN n % 100 = 0 THEN ${scattered('n + 5000000')} ELSE ${scattered(`n + 20000000 + ${first}`)} END,
       'malicious', 'malicious', 50, now(), now() FROM generate_series(1, $2::int) n ON CONFLICT DO NOTHING`,
    [ORG, count],
  )
  await sql().query('ANALYZE indicator')
  await withTransaction((tx) => raiseVersion(tx, ORG))
  await loadIndex(ORG)
  await compacted(ORG)
}

async function fillAddresses(from: number, to: number): Promise<void> {
  await sql().query(
    `INSERT INTO address (org_id, ip) SELECT $1, ${scattered('n + 5000000')} FROM generate_series($2::int, $3::int - 1) n ON CONFLICT DO NOTHING`,
    [ORG, from, to],
  )
  await sql().query('VACUUM ANALYZE address')
}

async function accessMethod(index: string): Promise<string> {
  const [row] = await sql().query<{ amname: string }>(
    'SELECT amname FROM pg_class JOIN pg_am ON pg_am.oid = relam WHERE relname = $1',
    [index],
  )
  return `${index} is ${row?.amname ?? 'missing'}`
}

/**
 * The same addresses with ever more events: the whole of retro-match, of which 10,000 new prefixes cover 100 addresses with ten events
 * each. Their findings are stored before, so that every size does the same.
 */
async function benchCurve(): Promise<void> {
  await withTransaction((tx) => ensurePartitions(tx, [PUBLISHED]))
  let stored = 0
  for (const millions of [1, 2, 4]) {
    await fillEvents(stored, millions * MILLION)
    if (stored === 0) await retroMatchAnew()
    stored = millions * MILLION
    const times: number[] = []
    let events = 0
    for (let round = 0; round < 5; round++) {
      const { ms, report } = await retroMatchAnew()
      times.push(ms)
      events = report?.events ?? 0
    }
    printBar(`retro-match over ${millions} M events, ${events} judged`, times, 'ms', null)
  }
}

/** Learns 10,000 prefixes and matches them. */
async function retroMatchAnew(): Promise<{ ms: number; report: RetroMatchReport | null }> {
  await learn(10_000)
  let report: RetroMatchReport | null = null
  const ms = await timed(async () => (report = await retroMatch(ORG)))
  return { ms, report }
}

/** Events of addresses that nothing new covers, but for ten of each of the hundred that `learn` lists, in the first million. */
async function fillEvents(from: number, to: number): Promise<void> {
  await sql().query(
    `INSERT INTO event (org_id, published, uuid, event_type, outcome, actor_id, client_ip, target_ids, raw)
     SELECT $1, $2::timestamptz + n * interval '500 milliseconds', 'curve-' || n, 'user.session.start', 'SUCCESS', 'actor-' || n % 5000,
       CASE WHEN n <= 1000 THEN ${scattered('(n % 100 + 1) * 100 + 5000000')} ELSE ${scattered('n % 900000 * 100 / 99 + 5000001')} END,
       '{}', '{"request":{"ipChain":[{"ip":"198.51.100.7"}]}}'
     FROM generate_series($3::int + 1, $4::int) n`,
    [ORG, PUBLISHED, from, to],
  )
  await sql().query('VACUUM ANALYZE event')
}

/** One address with 200,000 events, of which one in a hundred raises a finding and half are failures. */
async function benchBusyAddress(): Promise<void> {
  await sql().query(
    `INSERT INTO event (org_id, published, uuid, event_type, outcome, actor_id, client_ip, target_ids, raw)
     SELECT $1, $2::timestamptz + n * interval '1 second', 'busy-' || n,
       CASE WHEN n % 100 = 0 THEN 'user.session.start' ELSE 'system.operation.rate_limit.warning' END,
       CASE WHEN n % 2 = 0 THEN 'SUCCESS' ELSE 'FAILURE' END, 'actor-' || n % 7, '192.0.2.200', '{}', rpad('{"request":{"ipChain":[]},"pad":"', 2400, md5(n::text)) || '"}'
     FROM generate_series(1, 200000) n`,
    [ORG, PUBLISHED],
  )
  await sql().query(`INSERT INTO address (org_id, ip) VALUES ($1, '192.0.2.200')`, [ORG])
  for (const name of ['Busy', 'Busy again']) {
    await importFeed({ ...{ actor, name, format: 'list', category: 'malicious' }, content: '192.0.2.200' })
    let report: RetroMatchReport | null = null
    const { ms, stallMs } = await timedWithStall(async () => (report = await retroMatch(ORG)))
    printBar(`busy address of 200,000 events: ${JSON.stringify(report)}`, [ms], 'ms', null)
    printBar('meanwhile: longest stall of the event loop', [stallMs], 'ms', null)
  }
}
