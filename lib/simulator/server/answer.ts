// What an endpoint answers, and Okta's error bodies.
import { randomUUID } from 'node:crypto'

export interface Answer {
  status: number
  headers: Record<string, string | string[]>
  body: string
}

/** A JSON answer; a string is taken as JSON text already. */
export function json(body: unknown, status = 200, headers: Answer['headers'] = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: text }
}

export const NO_CONTENT: Answer = { status: 204, headers: {}, body: '' }

const SUMMARIES = {
  E0000001: [400, 'Api validation failed'],
  E0000006: [403, 'You do not have permission to perform the requested action'],
  E0000007: [404, 'Not found: Resource not found'],
  E0000009: [500, 'Internal Server Error'],
  E0000011: [401, 'Invalid token provided'],
  E0000022: [405, 'The endpoint does not support the provided HTTP method'],
  E0000030: [400, 'Bad request. Invalid date.'],
  E0000031: [400, 'Invalid search criteria.'],
  E0000047: [429, 'API call exceeded rate limit due to too many requests.'],
  E0000053: [400, 'Invalid filter or since parameter.'],
} as const

export type OktaErrorCode = keyof typeof SUMMARIES

/** An error as the Okta API writes it. */
export function oktaError(code: OktaErrorCode, cause?: string, headers: Answer['headers'] = {}): Answer {
  const [status, errorSummary] = SUMMARIES[code]
  const errorId = `oae${randomUUID().replaceAll('-', '').slice(0, 17)}`
  const errorCauses = cause === undefined ? [] : [{ errorSummary: cause }]
  return json({ errorCode: code, errorSummary, errorLink: code, errorId, errorCauses }, status, headers)
}

/** An error as an OAuth token endpoint writes it. */
export function oauthError(
  status: 400 | 401,
  error: string,
  description: string,
  headers: Answer['headers'] = {},
): Answer {
  return json({ error, error_description: description }, status, headers)
}
