import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Actor } from '@/lib/kernel/actor'
import { ingestPage, preparePage } from '@/lib/pipeline/service/ingest-page'
import { Runbook } from '../contract/runbook'
import {
  caseEvent as event,
  createCaseOrg,
  DANA,
  DAY,
  ingestCase,
  KIM,
  MINUTE,
  OFFICE,
  START,
  TOKEN,
} from '../testing/case-org'
import { readRunbook } from './read-runbook'

useTestDatabase()

let actor: Actor
beforeEach(async () => {
  actor = await createCaseOrg()
})

/** The runbook of the only signal of an account, checked against the contract. */
async function read(of: Actor = actor, actorId = DANA.id): Promise<Runbook> {
  const [row] = await sql().query<{ id: number }>('SELECT id FROM signal WHERE org_id = $1 AND actor_id = $2', [
    of.orgId,
    actorId,
  ])
  return Runbook.parse(await readRunbook({ actor: of, signalId: row!.id }))
}

async function remember(kind: string, subjectId: string, content: unknown, age = '1 minute'): Promise<void> {
  const result = content === null ? 'refused' : 'found'
  await sql().query(
    `INSERT INTO okta_record (org_id, kind, subject_id, asked_at, result, content, found_at, problem_message)
     VALUES ($1, $2, $3, now() - $6::interval, $4, $5, CASE WHEN $4 = 'found' THEN now() - $6::interval END,
       CASE WHEN $4 = 'refused' THEN 'Grant okta.users.read.' END)`,
    [actor.orgId, kind, subjectId, result, content === null ? null : JSON.stringify(content), age],
  )
}

const office = { ip: OFFICE, as: 64496, device: 'dt-old', session: 'old' }

it('refuses a signal that does not exist', async () => {
  await expect(readRunbook({ actor, signalId: 1 })).rejects.toMatchObject({ code: 'not_found' })
})

describe('of a sign-in and what followed', () => {
  beforeEach(async () => {
    await ingestCase(
      actor,
      ...Array.from({ length: 5 }, (_, day) => event(-(day + 2) * DAY, 'user.session.start', office)),
      event(0, 'user.session.start', { session: 's1' }),
      event(MINUTE, 'user.mfa.factor.activate', { session: 's1', targets: [{ id: DANA.id, type: 'User' }] }),
      event(2 * MINUTE, 'user.account.update_secondary_email', {
        session: 's1',
        targets: [{ id: DANA.id, type: 'User' }],
      }),
    )
  })

  it('answers all six steps in order and derives the verdict from them', async () => {
    await sql().query(
      `INSERT INTO coverage_span (org_id, stream, covered_from, covered_to) VALUES ($1, 'import', '2025-01-01', now() + interval '1 day')`,
      [actor.orgId],
    )
    const { steps, suggestion } = await read()
    expect(steps.map(({ step, answer }) => [step, answer])).toEqual([
      [1, 'yes'],
      [2, 'no'],
      [3, 'yes'],
      [4, 'no'],
      [5, 'yes'],
      [6, 'no'],
    ])
    expect(suggestion).toMatchObject({ verdict: 'malicious', answered: 6 })
    // Every fact can be pinned as it is.
    expect(suggestion.evidence.length).toBeGreaterThan(0)
    for (const { step } of suggestion.evidence) expect(steps.map((each) => each.step)).toContain(step)
  })

  it('answers the same twice', async () => {
    const [one, other] = [await read(), await read()]
    expect(
      other.steps.map(({ sentence, answer, weight }) => [sentence.replace(/\d\d:\d\d UTC/g, ''), answer, weight]),
    ).toEqual(one.steps.map(({ sentence, answer, weight }) => [sentence.replace(/\d\d:\d\d UTC/g, ''), answer, weight]))
    expect(other.suggestion).toEqual(one.suggestion)
  })

  it('never claims absence where nothing says that the log is whole', async () => {
    const { steps, suggestion } = await read()
    // Imported, and nobody called the import complete.
    expect(steps.filter(({ answer, step }) => answer === 'no' && step !== 2)).toEqual([])
    expect(suggestion).toMatchObject({
      verdict: null,
      because: expect.stringMatching(/^A verdict needs 4 clear answers/),
    })
    expect(steps[5].coverage).toMatchObject({
      isComplete: false,
      gaps: [{ reason: expect.stringContaining('complete') }],
    })
  })

  it('shows what Okta said with its age, and what it was not asked or refused', async () => {
    await remember('user', DANA.id, {
      status: 'ACTIVE',
      ...{ login: null, name: null, department: null, lastLogin: null },
      created: '2025-01-02T03:04:05Z',
      passwordChanged: 'never',
    })
    await remember('user_roles', DANA.id, [{ type: 'SUPER_ADMIN', label: 'Super administrator' }], '1 hour')
    await remember('user_factors', DANA.id, null)
    const { account, lookups } = await read()
    expect(account).toEqual({
      status: 'ACTIVE',
      createdAt: '2025-01-02T03:04:05.000Z',
      passwordChangedAt: null,
      roles: ['Super administrator'],
      factors: null,
    })
    expect(lookups).toMatchObject([
      { kind: 'user', state: 'fresh', askedAt: expect.any(String) },
      { kind: 'user_roles', state: 'stale' },
      { kind: 'user_factors', state: 'refused', message: 'Grant okta.users.read.' },
    ])
  })

  it('shows nothing of an account that Okta has no more', async () => {
    await remember('user_roles', DANA.id, [{ type: 'SUPER_ADMIN', label: 'Super administrator' }], '1 hour')
    await sql().query(`UPDATE okta_record SET result = 'not_found' WHERE org_id = $1`, [actor.orgId])
    const { account, lookups } = await read()
    expect(account).toMatchObject({ status: null, roles: null, factors: null })
    expect(lookups).toMatchObject([{ state: 'not_asked' }, { state: 'not_found' }, { state: 'not_asked' }])
  })

  it('knows nothing of other orgs', async () => {
    const before = await read()
    const other = await createCaseOrg()
    await ingestCase(
      other,
      event(0, 'user.session.start', { session: 's1' }),
      event(MINUTE, 'user.account.privilege.grant', { session: 's1', targets: [{ id: DANA.id, type: 'User' }] }),
      event(MINUTE, 'user.session.start', { who: KIM }),
    )
    const { steps } = await read()
    expect(steps[2].notable).toEqual(before.steps[2].notable)
    expect(steps[4].changes).toEqual(before.steps[4].changes)
    expect(steps[5].accountsTotal).toBe(1)
    expect((await read(other)).steps[5].accountsTotal).toBe(2)
  })
})

it('answers for a token of an app, of which Okta is asked nothing', async () => {
  const app = { id: '0oaapp', type: 'PublicClientAppEntity', alternateId: '0oaapp', displayName: 'Sync' }
  await ingestCase(actor, event(0, 'user.account.update_profile', { who: app, token: 'AT.abc', clientId: '0oaapp' }))
  const { steps, lookups, account } = await read(actor, app.id)
  expect(lookups).toEqual([])
  expect(account.status).toBeNull()
  expect(steps[3]).toMatchObject({ answer: 'yes', tokens: [{ kind: 'oauth', okta: { state: 'not_applicable' } }] })
})

it('asks Okta for a token of a person too', async () => {
  await ingestCase(actor, event(0, 'user.account.update_profile', { token: TOKEN }))
  expect((await read()).lookups).toMatchObject([
    { kind: 'user' },
    { kind: 'user_roles' },
    { kind: 'user_factors' },
    { kind: 'api_token', subjectId: TOKEN, state: 'not_asked', askedAt: null },
  ])
})

it('stays true and readable where names are hostile and fields are missing', async () => {
  const name = `<script>alert(1)</script>\u202Egnp.exe\u0000${'x'.repeat(10_000)}`
  const hostile = { id: '00uhostile', type: 'User', alternateId: name, displayName: name }
  const bare = { session: null, as: null, device: null }
  await ingestCase(
    actor,
    event(0, 'user.session.start', { ...bare, who: hostile }),
    event(MINUTE, 'user.mfa.factor.activate', {
      ...bare,
      who: hostile,
      targets: [{ id: hostile.id, type: 'User', displayName: name }],
    }),
    event(2 * MINUTE, 'user.session.start', { ...bare, who: { ...KIM, alternateId: name } }),
  )
  const { steps, suggestion } = await read(actor, hostile.id)
  const texts = [
    ...steps.flatMap(({ sentence, missing, evidence }) => [
      sentence,
      ...missing,
      ...evidence.map(({ label }) => label),
    ]),
    ...steps[4].lifelines.map(({ subject }) => subject),
    suggestion.because,
    ...[...suggestion.reasonsFor, ...suggestion.reasonsAgainst].map(({ sentence }) => sentence),
  ]
  for (const text of texts) {
    expect(text).not.toMatch(/[\u202E\0]/)
    expect(text.length).toBeLessThan(1500)
  }
})

it('answers a signal that is dated ahead of our clock, and claims nothing of a time that no clock has reached', async () => {
  const ahead = Date.now() - START + 20 * 60 * MINUTE
  await ingestCase(actor, event(-DAY, 'user.session.start', { ...office, who: KIM }))
  const receivedAt = new Date()
  await ingestPage({
    ...{ orgId: actor.orgId, source: 'test', receivedAt, saveProgress: async () => {} },
    page: preparePage(
      [
        event(ahead, 'user.session.start', { session: 's1' }),
        event(ahead + MINUTE, 'user.authentication.sso', { session: 's1' }),
      ],
      [],
      receivedAt,
    ),
  })
  const { steps } = await read()
  expect(steps[2]).toMatchObject({ answer: 'cannot_tell', events: 2, lanes: [{ id: 's1', events: 2 }] })
  for (const { answer, window } of steps) {
    expect(answer).not.toBe('no')
    expect(window!.from <= window!.to).toBe(true)
  }
})
