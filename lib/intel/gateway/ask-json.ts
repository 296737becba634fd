// One question to a look-up provider: a guarded GET whose answer is JSON, and what every other answer means in words.
import { z } from 'zod'
import { AppError } from '@/lib/kernel/error'
import type { Credentials, LookupAnswer } from '../model'
import { guardedGet, type GuardedAnswer } from './guarded-get'
import { readJson } from './read-json'

/** How a provider is to be reached. */
export interface AskConfig {
  /** Without a slash at the end. */
  url: string
  key: string | null
  allowedHosts: readonly string[]
  now: Date
}

/** What a provider answered; `closedUntil` when it said that it does not want to be asked before. */
export interface AskOutcome {
  answer: LookupAnswer
  closedUntil: Date | null
}

type JsonOutcome =
  | { status: 'json'; value: unknown }
  | { status: 'not_found'; value: unknown }
  | { status: 'failed'; outcome: AskOutcome }

const LIMITS = { maxBytes: 4 * 1024 * 1024, idleMs: 10_000, totalMs: 15_000 }
/** For a 429 that does not say how long. */
const CLOSED_MS = 15 * 60_000
/** A Retry-After beyond this is a mistake or a dismissal; somebody may try again. */
const MAX_CLOSED_MS = 7 * 24 * 3_600_000

/** Asks for JSON. 404 is handed out as an answer of its own; whatever else goes wrong is a failed answer that says what to do. */
export async function askJson(
  path: string,
  { url, allowedHosts, now }: AskConfig,
  credentials: Credentials | null,
): Promise<JsonOutcome> {
  const deadline = AbortSignal.timeout(LIMITS.totalMs)
  const headers = { accept: 'application/json' }
  const request = { headers, credentials, limits: LIMITS, deadline, allowedHosts }
  const answer = await guardedGet(`${url}${path}`, request)
  if (answer.status === 'problem') return failed(answer.message)
  const { httpStatus, host } = answer
  const problem = describeProblem(answer)
  if (problem !== null) {
    answer.discard()
    return failed(problem, httpStatus === 429 ? closedUntil(answer, now) : null)
  }
  try {
    const { value } = await readJson(answer)
    if (value !== undefined) return { status: httpStatus === 404 ? 'not_found' : 'json', value }
  } catch (error) {
    if (error instanceof AppError) return failed(error.message)
    throw error
  }
  // A 404 that is no JSON is a page of somebody who does not know the path.
  return failed(`${host} answered with something else than JSON: check its address under Sources.`)
}

/** The value, read by a schema, or a failed answer. */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { status: 'read'; data: z.output<Schema> } | { status: 'failed'; outcome: AskOutcome } {
  const read = schema.safeParse(value)
  if (read.success) return { status: 'read', data: read.data }
  return failed('The provider answered in a form that is not understood.')
}

/** An answer that concludes nothing about the future. */
export function concluded(answer: LookupAnswer): AskOutcome {
  return { answer, closedUntil: null }
}

/** Facts without those that have no value. */
export function factsOf(values: Record<string, string | number | null | undefined>): LookupAnswer['facts'] {
  return Object.entries(values).flatMap(([label, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value: String(value).slice(0, 500) }],
  )
}

/** Foreign fields: of the wanted kind, or as if they were not there. */
export const text = z.string().trim().nullish().catch(null)
export const count = z.number().nullish().catch(null)
export const flag = z.boolean().nullish().catch(null)
export const texts = z.array(z.coerce.string()).nullish().catch(null)

function failed(summary: string, until: Date | null = null): { status: 'failed'; outcome: AskOutcome } {
  return { status: 'failed', outcome: { answer: { result: 'failed', summary, facts: [] }, closedUntil: until } }
}

function describeProblem({ httpStatus, host }: GuardedAnswer): string | null {
  if (httpStatus === 200 || httpStatus === 404) return null
  if (httpStatus === 401 || httpStatus === 403)
    return `${host} refused the key (${httpStatus}): an administrator can enter another under Sources.`
  if (httpStatus === 429) return `${host} says that it was asked too often (429).`
  if (httpStatus === 400 || httpStatus === 422) return `${host} does not understand this address (${httpStatus}).`
  if (httpStatus >= 500) return `${host} answered with a failure of its own (${httpStatus}): ask again later.`
  return `${host} answered ${httpStatus}.`
}

/** Retry-After as RFC 9110 has it: seconds or a date. */
function closedUntil({ headers }: GuardedAnswer, now: Date): Date {
  const given = headers['retry-after'] ?? ''
  const waitMs = /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given) - now.getTime()
  const usable = Number.isFinite(waitMs) && waitMs > 0 ? Math.min(waitMs, MAX_CLOSED_MS) : CLOSED_MS
  return new Date(now.getTime() + usable)
}
