// Suppressions and notifications over HTTP handlers, with real sessions and keys: who may do what, and that an org sees its own only.
import { beforeAll, describe, expect, test } from 'vitest'
import { keyOf, sessionOf } from '@/lib/auth/testing/credentials-of'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { encodeCursor } from '@/lib/http/cursor'
import { callRoute } from '@/lib/http/testing/call-route'
import type { NotificationList } from '@/lib/notifications/contract'
import { tellOwners } from '@/lib/pipeline/service/tell-owners'
import { fold } from '@/lib/signals/fixtures/fold-in-org'
import type {
  HiddenFindingPage,
  SuppressionDetail,
  SuppressionList,
  SuppressionOptions,
  SuppressionView,
} from '@/lib/suppressions/contract'
import { buildFinding, buildTokenFinding, TOKEN } from '@/lib/suppressions/fixtures/build-rule'
import { POST as readNotifications } from '../notifications/read/route'
import { GET as getNotifications } from '../notifications/route'
import { GET as getOptions } from '../signals/[signalId]/suppression-options/route'
import { GET as getSuppressed } from '../suppressed-findings/route'
import { POST as endSuppression } from './[suppressionId]/end/route'
import { POST as renewSuppression } from './[suppressionId]/renew/route'
import { GET as getSuppression } from './[suppressionId]/route'
import { GET as getSuppressions, POST as postSuppression } from './route'

useTestDatabase()

type Headers = Record<string, string>
let signalId = 0
let viewer: Headers
let analyst: Headers
let lead: Headers
let admin: Headers
let stranger: Headers

beforeAll(async () => {
  ;[viewer, analyst, lead, admin] = [
    await keyOf('viewer'),
    await sessionOf('analyst'),
    await keyOf('lead'),
    await keyOf('admin'),
  ]
  stranger = await keyOf('admin', 'other')
  const { opened } = await fold('example', [buildFinding(0), buildTokenFinding(1)])
  signalId = opened[0]!
})

const draft = { scope: 'user_network', reason: 'vpn_confirmed_by_user', days: 30 }
const create = (headers: Headers, changes: object = {}) =>
  callRoute<SuppressionView>(postSuppression, { headers, body: { ...draft, signalId, ...changes } })

describe('who may make which suppression', () => {
  test.each([
    ['user_network', { viewer: 403, analyst: 200, lead: 200, admin: 200 }],
    ['user_ip', { viewer: 403, analyst: 200, lead: 200, admin: 200 }],
    ['org_network', { viewer: 403, analyst: 403, lead: 200, admin: 200 }],
    ['token', { viewer: 403, analyst: 403, lead: 403, admin: 200 }],
  ])('%s', async (scope, expected) => {
    const people = { viewer, analyst, lead, admin }
    for (const [role, status] of Object.entries(expected)) {
      const answer = await create(people[role as keyof typeof people], { scope })
      expect([role, answer.status]).toEqual([role, status])
    }
  })

  test('the account is that of the signal, whatever else is sent', async () => {
    expect((await create(admin, { actorId: '00uother' })).body.actorId).toBe('00u1maria')
  })

  test('a signal of another org is not there', async () => {
    expect((await create(stranger)).status).toBe(404)
  })

  test.each([
    ['no end', { days: undefined }],
    ['more than 90 days', { days: 91 }],
    ['a token for more than 30', { scope: 'token', tokenId: TOKEN, days: 31 }],
    ['no reason', { reason: undefined }],
    ['a reason of its own', { reason: 'because' }],
    ['a block of everything', { scope: 'user_ip', range: '0.0.0.0/0' }],
    ['a NUL in the note', { note: 'a\0b' }],
    ['a number that no signal has', { signalId: 2_147_483_648 }],
  ])('refuses %s', async (_name, changes) => {
    expect((await create(admin, changes)).status).toBe(422)
  })
})

test('what could be suppressed says who may instead', async () => {
  const { status, body } = await callRoute<SuppressionOptions>(getOptions, {
    headers: analyst,
    params: { signalId: String(signalId) },
  })
  expect([status, body.default, body.windowDays]).toEqual([200, 'user_network', 30])
  expect(body.options.map(({ scope, isAllowed }) => [scope, isAllowed])).toEqual([
    ['user_network', true],
    ['user_ip', true],
    ['org_network', false],
    ['token', false],
  ])
})

test('list, detail, what was hidden, renewing and ending; an org sees its own only', async () => {
  const { body: made } = await create(analyst, { days: 31 })
  const params = { suppressionId: String(made.id) }
  const list = await callRoute<SuppressionList>(getSuppressions, {
    headers: viewer,
    query: { state: 'active,expiring' },
  })
  expect(list.body.suppressions.map(({ id }) => id)).toContain(made.id)
  expect((await callRoute<SuppressionList>(getSuppressions, { headers: stranger })).body.suppressions).toEqual([])
  const detail = await callRoute<SuppressionDetail>(getSuppression, { headers: viewer, params })
  expect(detail.body).toMatchObject({ id: made.id, findings: [], mayEnd: false, renewal: { isAllowed: false } })
  expect((await callRoute(getSuppression, { headers: stranger, params })).status).toBe(404)
  expect((await callRoute(endSuppression, { headers: viewer, params })).status).toBe(403)
  expect((await callRoute(endSuppression, { headers: stranger, params })).status).toBe(404)
  const renewed = await callRoute<SuppressionView>(renewSuppression, {
    headers: analyst,
    params,
    body: { reason: 'privacy_tool', days: 7 },
  })
  expect(renewed.body).toMatchObject({ state: 'active', reason: 'privacy_tool' })
  const ended = await callRoute<SuppressionView>(endSuppression, {
    headers: lead,
    params: { suppressionId: String(renewed.body.id) },
  })
  expect(ended.body).toMatchObject({ state: 'ended', endedByName: expect.any(String) as string })
  const hidden = await callRoute<HiddenFindingPage>(getSuppressed, { headers: viewer, query: { actorId: '00u1maria' } })
  expect([hidden.status, hidden.body.findings]).toEqual([200, []])
})

const beyond = encodeCursor([true, '2026-11-22T08:00:00.000Z', 2_147_483_648])
test.each<Record<string, string>>([
  { cursor: beyond },
  { ip: 'nonsense' },
  { cursor: 'nonsense' },
  { state: 'lapsed' },
  { limit: '0' },
])('a list with %o is refused', async (query) => {
  expect((await callRoute(getSuppressions, { headers: viewer, query })).status).toBe(422)
})

test('one is told of own suppressions, and nobody else is', async () => {
  const { body: made } = await create(analyst)
  await callRoute(endSuppression, { headers: admin, params: { suppressionId: String(made.id) } })
  await tellOwners('example', new Date())
  const { body } = await callRoute<NotificationList>(getNotifications, { headers: analyst })
  const own = body.notifications.filter(({ subjectId }) => subjectId === String(made.id))
  expect(own).toMatchObject([{ kind: 'suppression_ended', readAt: null }])
  expect((await callRoute<NotificationList>(getNotifications, { headers: viewer })).body.notifications).toEqual([])
  const read = await callRoute<{ unread: number }>(readNotifications, { headers: analyst, body: { ids: [own[0]!.id] } })
  expect(read.body.unread).toBe(body.unread - 1)
  expect((await callRoute(readNotifications, { headers: {}, body: {} })).status).toBe(401)
})
