import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { importFeed } from '@/lib/intel/service/import-feed'
import type { Actor } from '@/lib/kernel/actor'
import { AccountsStep } from '../contract/steps'
import {
  type CaseOptions,
  caseEvent as event,
  createCaseOrg,
  DANA,
  DAY,
  type EventShape,
  ingestCase,
  KIM,
  MINUTE,
  openTestCase,
  START,
  storedWithGaps,
  TOR,
} from '../testing/case-org'
import { answerAccountsStep } from './load-accounts'

useTestDatabase()

let actor: Actor
beforeEach(async () => {
  actor = await createCaseOrg()
})

async function read(options?: CaseOptions) {
  return AccountsStep.parse(await answerAccountsStep(await openTestCase(actor, options)))
}
const at = (ms: number) => new Date(START + ms).toISOString()
const person = (n: number) => ({
  id: `00up${n}`,
  type: 'User',
  alternateId: `p${n}@example.com`,
  displayName: `P ${n}`,
})
const signIn = (ms: number, shape: EventShape = {}) => event(ms, 'user.session.start', shape)
const failed = (ms: number, who: object) => signIn(ms, { who, outcome: 'FAILURE' })
const role = (who: { id: string }, eventType: string, roles?: string) =>
  JSON.stringify({
    ...(JSON.parse(
      event(-DAY, eventType, { ip: '203.0.113.4', who: person(99), targets: [{ id: who.id, type: 'User' }] }),
    ) as object),
    debugContext: { debugData: roles === undefined ? {} : { privilegeGranted: roles } },
  })

describe('nobody else', () => {
  it('is no where everything is stored', async () => {
    await ingestCase(actor, signIn(0))
    const step = await read()
    expect(step).toMatchObject({ answer: 'no', weight: 'none', speaksForBenign: false, accountsTotal: 1, spray: null })
    expect(step.accounts).toMatchObject([
      { actorId: DANA.id, isThisAccount: true, successes: 1, openSignalIds: [expect.any(Number)] },
    ])
    expect(step.sentence).toMatch(/^No other account used 198\.51\.100\.7 between 18 Feb 2026 07:31 UTC and .*\.$/)
  })

  it('cannot be told where something is missing', async () => {
    await ingestCase(actor, signIn(0))
    expect(await read({ coverageOf: storedWithGaps })).toMatchObject({ answer: 'cannot_tell' })
  })
})

describe('others', () => {
  it('who succeeded are possible, three of them likely, with their roles and open signals', async () => {
    await ingestCase(
      actor,
      signIn(0),
      signIn(-DAY, { who: KIM }),
      role(KIM, 'user.account.privilege.grant', 'Super administrator, Help desk administrator'),
      failed(-2 * DAY, person(1)),
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'yes', weight: 'possible', accountsTotal: 3, shared: null })
    expect(step.accounts.find(({ actorId }) => actorId === KIM.id)).toMatchObject({
      login: 'kim@example.com',
      name: 'Kim Weber',
      roles: ['Super administrator', 'Help desk administrator'],
      firstAt: at(-DAY),
      openSignalIds: [expect.any(Number)],
    })
    expect(step.sentence).toBe(
      '1 other account succeeded from 198.51.100.7: kim@example.com (administrator); 1 more only failed.',
    )
    await ingestCase(actor, signIn(DAY, { who: person(2) }), signIn(DAY, { who: person(3) }))
    expect(await read()).toMatchObject({ weight: 'likely' })
  })

  it('lose a role that was revoked, for what is left is not known', async () => {
    await ingestCase(
      actor,
      signIn(0),
      signIn(-DAY, { who: KIM }),
      role(KIM, 'user.account.privilege.grant', 'Super administrator'),
      role(KIM, 'user.account.privilege.revoke').replace(at(-DAY), at(-DAY + MINUTE)),
    )
    expect((await read()).accounts.find(({ actorId }) => actorId === KIM.id)).toMatchObject({ roles: null })
  })

  it('who were at home on the network share it', async () => {
    const home = { ip: '198.51.100.200' }
    await ingestCase(
      actor,
      signIn(-9 * DAY, home),
      signIn(-9 * DAY, { ...home, who: KIM }),
      signIn(0),
      signIn(MINUTE, { who: KIM }),
    )
    // The exit list would say that everybody shares it.
    expect(await read()).toMatchObject({ weight: 'possible', shared: null })
    await sql().query(`UPDATE signal SET intelligence = '[]' WHERE org_id = $1`, [actor.orgId])
    await importFeed({
      actor,
      name: 'Tor exits',
      feedId: 'tor-exits',
      format: 'list',
      category: 'tor',
      content: '192.0.2.1\n',
    } as never)
    const step = await read()
    expect(step).toMatchObject({ weight: 'none', speaksForBenign: true, shared: { kind: 'carrier' } })
    expect(step.sentence).toContain(
      'All 2 accounts that succeeded there had used its network, AS64500 Example network 64500, a day or more before',
    )
  })

  it('whose use of the address was judged malicious confirm it', async () => {
    await ingestCase(actor, signIn(0), signIn(-DAY, { who: KIM }))
    await sql().query(
      `UPDATE signal SET status = 'closed', verdict = 'malicious' WHERE org_id = $1 AND actor_id = $2`,
      [actor.orgId, KIM.id],
    )
    const step = await read()
    expect(step).toMatchObject({ weight: 'confirmed' })
    expect(step.sentence).toMatch(/From this address, SIG-\d+ was judged malicious\.$/)
  })
})

describe('a spray', () => {
  const tries = (count: number, ms: number) => Array.from({ length: count }, (_, n) => failed(ms + n * 1000, person(n)))

  it('that tried this account too is confirmed', async () => {
    await ingestCase(actor, ...tries(5, -10 * MINUTE), failed(-5 * MINUTE, DANA), signIn(0))
    const step = await read()
    expect(step).toMatchObject({
      answer: 'yes',
      weight: 'confirmed',
      spray: { accounts: 6, failures: 6, window: { from: at(-10 * MINUTE), to: at(0) } },
    })
    expect(step.sentence).toContain(
      '6 sign-ins on 6 accounts failed there in the 10 min before the first event (20 Mar 2026 07:31 UTC), dana@example.com among them: a password spray.',
    )
    expect(step.evidence[0]).toMatchObject({ kind: 'event', at: at(-5 * MINUTE) })
  })

  it('of others only is likely', async () => {
    await ingestCase(actor, ...tries(5, -10 * MINUTE), signIn(0))
    expect(await read()).toMatchObject({ weight: 'likely', spray: { accounts: 5 } })
  })

  it.each([
    ['fewer accounts', () => tries(4, -10 * MINUTE)],
    ['more than a day before', () => tries(9, -25 * 60 * MINUTE)],
    [
      'people who mistype and get in',
      () => [...tries(9, -20 * MINUTE), ...Array.from({ length: 9 }, (_, n) => signIn(-MINUTE, { who: person(n) }))],
    ],
  ])('is not made of %s', async (_, events) => {
    await ingestCase(actor, ...events(), signIn(0))
    expect((await read()).spray).toBeNull()
  })
})

it('reads a busy address in bounds, newest days first, and says what it left out', async () => {
  await ingestCase(actor, signIn(0))
  await sql().query(
    `INSERT INTO ip_actor_day (org_id, ip, day, actor_id, successes, failures, first_at, last_at)
     SELECT $1, $2::inet, date '2026-03-30' - n / 1000, 'busy' || n % 1000, 0, 1, timestamptz '2026-03-01', timestamptz '2026-03-01'
     FROM generate_series(0, 9999) n`,
    [actor.orgId, TOR],
  )
  const step = await read()
  // With the account itself, whose use is older than what was read.
  expect(step.accountsTotal).toBe(1001)
  expect(step.accounts).toHaveLength(50)
  expect(step.accounts[0]).toMatchObject({ actorId: DANA.id })
  expect(step.missing).toContain('Only 50 of at least 1,001 accounts are listed.')
  expect(step.missing[0]).toMatch(/^Uses of the address on 26 Mar 2026 and before: it is too busy to read them all\.$/)
})

describe('an address that thousands share', () => {
  const stored = (accounts: string, successes: number) =>
    sql().query(
      `INSERT INTO ip_actor_day (org_id, ip, day, actor_id, successes, failures, first_at, last_at)
       SELECT $1, $2::inet, date '2026-03-19', id, $4, 0, timestamptz '2026-03-19', timestamptz '2026-03-19'
       FROM unnest(string_to_array($3, ',')) id`,
      [actor.orgId, TOR, accounts, successes],
    )
  const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${n}`).join(',')

  it('makes no spray of people who mistype, although busier accounts fill the list', async () => {
    await ingestCase(actor, ...Array.from({ length: 8 }, (_, n) => failed(-10 * MINUTE + n, person(n))), signIn(0))
    await stored(ids('busy', 60), 900)
    expect(await read()).toMatchObject({ spray: { accounts: 8 } })
    await stored(ids('00up', 8), 1)
    expect(await read()).toMatchObject({ spray: null, accountsTotal: 69 })
  })

  it('counts no more accounts than it read', async () => {
    await ingestCase(actor, signIn(0))
    await stored(ids('a', 5_500), 1)
    expect((await read()).sentence).toMatch(/^At least [45],\d{3} other accounts succeeded from 198\.51\.100\.7: /)
  })

  it('is never a no where more sign-ins were tried the day before than were read', async () => {
    await ingestCase(actor, signIn(0))
    await sql().query(
      `INSERT INTO event (SELECT (jsonb_populate_record(e, jsonb_build_object('uuid', 'copy-' || n, 'published', e.published - interval '1 hour'))).*
       FROM event e, generate_series(1, 2000) n WHERE e.org_id = $1)`,
      [actor.orgId],
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'cannot_tell', accountsTotal: 1 })
    expect(step.missing).toContain('All failed sign-ins of the day before: only the newest 2,000 events were read.')
  })
})

it('tells of names that no account has', async () => {
  const nobody = (name: string) => ({ id: 'unknown', type: 'User', alternateId: name })
  await ingestCase(actor, failed(-MINUTE, nobody('root')), failed(-2 * MINUTE, nobody('admin')), signIn(0))
  const step = await read()
  expect(step).toMatchObject({ answer: 'no', spray: null })
  expect(step.sentence).toMatch(/\. 2 sign-ins under names of no known account failed there in the day before\.$/)
})
