// Asks Okta about users and tokens, read-only, and keeps the answers. Invariants: a quarter of each rate limit is left alone, and however many
// people look at a subject at a time, it is asked for once.
import { sql } from '@/lib/db/database'
import { now as clock } from '@/lib/kernel/clock'
import { phraseInstant } from '@/lib/kernel/phrase-instant'
import { runLimited } from '@/lib/kernel/run-limited'
import { readOktaRecord } from '../core/read-okta-record'
import type { JsonResult, OktaClient } from '../gateway/client'
import type { OktaProblem, OktaProblemCode, OktaRecord, OktaRecordKey, OktaRecordKind, RateBudget } from '../model'
import { saveOktaRecord } from '../store/okta-record'

export type AskedOkta =
  | { status: 'answered'; record: OktaRecord }
  /** Nothing was sent; `message` says why, and when to ask again. */
  | { status: 'spared'; key: OktaRecordKey; message: string }

interface Question {
  path: (subjectId: string) => string
  /** What a service app needs. */
  scope: string
  /** Questions that may draw from the same rate limit; they are asked one after the other. */
  bucket: 'api-tokens' | 'users'
  /** What it means that Okta knows no such subject. */
  absent: string
}

const NO_USER = 'Okta has no such user: it was deleted, or lies outside of what our credentials may see.'
/** @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApiToken/ and …/tag/User/ */
const QUESTIONS: Record<OktaRecordKind, Question> = {
  api_token: {
    path: (id) => `/api/v1/api-tokens/${id}`,
    scope: 'okta.apiTokens.read',
    bucket: 'api-tokens',
    absent: 'Okta has no such token any more: it was revoked or has expired.',
  },
  user: { path: (id) => `/api/v1/users/${id}`, scope: 'okta.users.read', bucket: 'users', absent: NO_USER },
  user_roles: { path: (id) => `/api/v1/users/${id}/roles`, scope: 'okta.roles.read', bucket: 'users', absent: NO_USER },
  user_factors: {
    path: (id) => `/api/v1/users/${id}/factors`,
    scope: 'okta.users.read',
    bucket: 'users',
    absent: NO_USER,
  },
}

/** What a person must change in Okta or here, rather than what passes by itself. */
const REFUSALS: ReadonlySet<OktaProblemCode> = new Set([
  'unauthenticated',
  'invalid_client',
  'missing_scope',
  'missing_role',
  'forbidden',
  'feature_unavailable',
  'dpop_required',
])
const CUT_SHORT: OktaProblem = {
  code: 'rate_limited',
  message: "The list is longer than what is left of Okta's rate limit allows to read: ask again in a minute.",
  isRetryable: true,
  retryAfterMs: null,
}
const MAX_PAGES = 5
/** Somebody waits for the answer. */
const PATIENCE_MS = 15_000
const ID = /^[A-Za-z0-9][\w.-]{0,199}$/

const store = globalThis as typeof globalThis & {
  sallyportAsking?: Map<string, Promise<AskedOkta>>
  sallyportOktaBudgets?: Map<string, RateBudget>
}

/**
 * Asks for each key, keeps what Okta says, and resolves when all are done, after 15 seconds at most. Never throws for what Okta does.
 *
 * @param now when it is asked, by our clock
 */
export function askOkta(
  client: OktaClient,
  orgId: string,
  keys: readonly OktaRecordKey[],
  now: Date,
): Promise<AskedOkta[]> {
  const asking = (store.sallyportAsking ??= new Map())
  return Promise.all(
    keys.map((key) => {
      const name = JSON.stringify([orgId, key.kind, key.subjectId])
      const pending = asking.get(name) ?? askOnce(client, orgId, key, now).finally(() => asking.delete(name))
      asking.set(name, pending)
      return pending
    }),
  )
}

async function askOnce(client: OktaClient, orgId: string, key: OktaRecordKey, now: Date): Promise<AskedOkta> {
  if (!ID.test(key.subjectId)) return { status: 'spared', key, message: 'This is no id that Okta gives.' }
  const { bucket } = QUESTIONS[key.kind]
  const name = `${client.orgUrl} ${bucket}`
  const signal = AbortSignal.timeout(PATIENCE_MS)
  return runLimited(`okta ${name}`, 1, async () => {
    const budgets = (store.sallyportOktaBudgets ??= new Map())
    const budget = budgets.get(name)
    if (budget && budget.pollWaitMs > 0 && clock() < budget.resetAt) {
      const message = `What is left of Okta's rate limit is kept for others: ask again after ${phraseInstant(budget.resetAt)}.`
      return { status: 'spared', key, message }
    }
    const result = await ask(client, key, signal)
    if (result.rate) budgets.set(name, result.rate)
    return { status: 'answered', record: await saveOktaRecord(sql(), orgId, answerOf(key, result, now)) }
  })
}

/** One object, or the items of all pages of a list. */
async function ask(client: OktaClient, { kind, subjectId }: OktaRecordKey, signal: AbortSignal): Promise<JsonResult> {
  const { path, scope } = QUESTIONS[kind]
  let result = await client.getJson(path(subjectId), scope, { signal })
  const items: unknown[] = []
  for (let page = 1; result.status === 'ok' && Array.isArray(result.value); page++) {
    items.push(...result.value)
    if (result.nextPath === null || page === MAX_PAGES) return { ...result, value: items }
    if (result.rate && result.rate.pollWaitMs > 0) return { status: 'problem', problem: CUT_SHORT, rate: result.rate }
    result = await client.getJson(result.nextPath, scope, { signal })
  }
  return result
}

function answerOf(key: OktaRecordKey, result: JsonResult, askedAt: Date): Parameters<typeof saveOktaRecord>[2] {
  const nothing = { ...key, askedAt, content: null }
  if (result.status === 'problem') return { ...nothing, ...judgeProblem(key, result.problem) }
  const content = readOktaRecord(key.kind, result.value)
  if (content !== null) return { ...key, askedAt, result: 'found', content, problemMessage: null }
  const problemMessage = 'Okta answered with something else than what was asked for: check OKTA_ORG_URL.'
  return { ...nothing, result: 'failed', problemMessage }
}

function judgeProblem(
  { kind }: OktaRecordKey,
  { code, message }: OktaProblem,
): Pick<OktaRecord, 'result' | 'problemMessage'> {
  if (code === 'not_found') return { result: 'not_found', problemMessage: QUESTIONS[kind].absent }
  if (code === 'aborted')
    return { result: 'failed', problemMessage: `Okta did not answer within ${PATIENCE_MS / 1000} seconds: ask again.` }
  return { result: REFUSALS.has(code) ? 'refused' : 'failed', problemMessage: message }
}
