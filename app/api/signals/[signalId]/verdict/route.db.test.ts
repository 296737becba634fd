// Deciding a signal over HTTP: what is asked for, what is answered, and what a refusal says. The rules themselves are tested in lib/signals.
import { beforeAll, describe, expect, test } from 'vitest'
import { keyOf, sessionOf } from '@/lib/auth/testing/credentials-of'
import { withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { callRoute } from '@/lib/http/testing/call-route'
import { lockOrg } from '@/lib/okta/store/org'
import { buildFinding } from '@/lib/signals/fixtures/build-finding'
import { ADDRESS_FACT } from '@/lib/signals/fixtures/fold-in-org'
import { foldFindings } from '@/lib/signals/service/fold-findings'
import * as claim from '../claim/route'
import * as evidenceNumber from '../evidence/[number]/route'
import * as evidence from '../evidence/route'
import * as acknowledge from '../notes/[noteId]/acknowledge/route'
import * as notes from '../notes/route'
import * as reviews from '../reviews/[step]/route'
import { GET as getSignal } from '../route'
import { POST as decide } from './route'
import { POST as withdraw } from './withdraw/route'

useTestDatabase()

const now = new Date('2026-11-22T10:00:00.000Z')
let analyst: Record<string, string>
let second: Record<string, string>

beforeAll(async () => {
  analyst = await sessionOf('analyst')
  second = await keyOf('analyst')
  const findings = Array.from({ length: 9 }, (_, at) => buildFinding(at, { actorId: `00u${at}` }))
  await withTransaction(async (tx) =>
    foldFindings(tx, { org: await lockOrg(tx, 'example'), findings, isRetroactive: false, now }),
  )
})

type Handler = Parameters<typeof callRoute>[0]
const call = (handler: Handler, signalId: number, body?: unknown, params = {}, headers = analyst) =>
  callRoute<Record<string, unknown>>(handler, { headers, params: { signalId: String(signalId), ...params }, body })
const verdict = { verdict: 'malicious', version: 1, evidence: [ADDRESS_FACT] }

describe('POST verdict', () => {
  test('closes, and undo opens again', async () => {
    const { status, body } = await call(decide, 1001, verdict)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      signalId: 1001,
      version: 2,
      status: 'closed',
      verdict: 'malicious',
      suppressionId: null,
    })
    const undone = await call(withdraw, 1001, { version: 2 })
    expect(undone.body).toEqual({ signalId: 1001, version: 3, status: 'open', verdict: null })
  })

  test('loses against the one before with who, what and when', async () => {
    await call(decide, 1002, verdict, {}, second)
    const { status, body } = await call(decide, 1002, verdict)
    expect(status).toBe(409)
    expect(body.detail).toMatch(
      /^Couldn't decide SIG-1002: of the analyst gave the verdict malicious on E1, and closed it at \d{4}-\d\d-\d\d \d\d:\d\d UTC\./,
    )
    expect(body.facts).toMatchObject({
      ...{ status: 'closed', verdict: 'malicious', version: 2 },
      ...{ changedBy: 'of the analyst', changedAt: expect.any(String) },
    })
  })

  test.each([
    ['no evidence', { ...verdict, evidence: [] }],
    ['an event that is not stored', { ...verdict, evidence: [{ ...ADDRESS_FACT, kind: 'event', ref: 'none' }] }],
    ['no version', { ...verdict, version: undefined }],
    ['a verdict that does not exist', { ...verdict, verdict: 'false_positive' }],
    ['a NUL in a label', { ...verdict, evidence: [{ ...ADDRESS_FACT, label: 'a\0b' }] }],
    ['a label of 10 kB', { ...verdict, evidence: [{ ...ADDRESS_FACT, label: 'a'.repeat(10_000) }] }],
    ['an instant in a year that is none', { ...verdict, evidence: [{ ...ADDRESS_FACT, at: '0000-01-01T00:00:00Z' }] }],
    ['more than 50 facts', { ...verdict, evidence: Array.from({ length: 51 }, () => ADDRESS_FACT) }],
    ['a duplicate of nothing', { ...verdict, verdict: 'duplicate' }],
  ])('with %s is refused', async (_name, body) => {
    const answer = await call(decide, 1003, body)
    expect(answer.status).toBe(422)
    expect((await call(getSignal, 1003)).body).toMatchObject({ status: 'open', version: 1, evidence: [] })
  })

  test('with a suppression for everybody needs a lead', async () => {
    const suppression = { scope: 'org_network', reason: 'known_corporate_vpn', days: 30 }
    const body = { ...verdict, verdict: 'benign_vpn', suppression }
    const { status, body: problem } = await call(decide, 1004, body)
    expect([status, problem.detail]).toEqual([403, expect.stringContaining('Needs a lead')])
    const lead = await sessionOf('lead')
    expect((await call(decide, 1004, body, {}, lead)).body).toMatchObject({ status: 'closed', suppressionId: 1 })
  })
})

test('evidence is pinned and removed', async () => {
  const pinned = await call(evidence.POST, 1005, { evidence: [ADDRESS_FACT] })
  expect(pinned.body).toMatchObject({ evidence: [{ number: 1, pinnedByName: 'The analyst', ...ADDRESS_FACT }] })
  expect((await call(evidenceNumber.DELETE, 1005, undefined, { number: '1' })).body).toEqual({ evidence: [] })
  expect((await call(evidenceNumber.DELETE, 1005, undefined, { number: '2' })).status).toBe(404)
  expect((await call(evidenceNumber.DELETE, 1005, undefined, { number: '0' })).status).toBe(422)
})

test('a hand-off note is written and taken over', async () => {
  const { body } = await call(notes.POST, 1006, { kind: 'handoff', body: 'Ask **whom**.' })
  const [note] = body.notes as { id: string }[]
  const taken = await call(acknowledge.POST, 1006, undefined, { noteId: note!.id }, second)
  expect(taken.body.notes).toMatchObject([{ body: 'Ask **whom**.', acknowledgedByName: 'of the analyst' }])
  expect((await call(notes.POST, 1006, { kind: 'note', body: ' ' })).status).toBe(422)
})

test('a claim is refused to others, and given back', async () => {
  expect((await call(claim.POST, 1007, {})).body).toMatchObject({ claim: { byName: 'The analyst' } })
  expect(await call(claim.POST, 1007, {}, {}, second)).toMatchObject({ status: 409, body: { code: 'conflict' } })
  expect((await call(claim.POST, 1007, { takeOver: true }, {}, second)).body).toMatchObject({
    claim: { byName: 'of the analyst' },
  })
  expect((await call(claim.DELETE, 1007)).body).toMatchObject({ claim: { byName: 'of the analyst' } })
  expect((await call(getSignal, 1007)).body.claim).toMatchObject({ byName: 'of the analyst' })
  expect((await call(claim.DELETE, 1007, undefined, {}, second)).body).toEqual({ claim: null })
})

test('steps are reviewed', async () => {
  expect((await call(reviews.PUT, 1008, undefined, { step: '6' })).body).toMatchObject({ reviews: [{ step: 6 }] })
  expect((await call(reviews.DELETE, 1008, undefined, { step: '6' })).body).toEqual({ reviews: [] })
  expect((await call(reviews.PUT, 1008, undefined, { step: '7' })).status).toBe(422)
})
