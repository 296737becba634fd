// Every API handler is made here: authenticate, authorise, parse, run, check the answer, and turn any failure into a problem document.
// The only `catch` that makes a response.
import { randomUUID } from 'node:crypto'
import { isAllowed } from '@/lib/auth/model'
import { findActor, requireActor } from '@/lib/auth/service/find-actor'
import type { UserActor } from '@/lib/kernel/actor'
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'
import { logger } from '@/lib/kernel/logger'
import { isRawResponse, type Endpoint, type EndpointInput, type EndpointOutput } from './endpoint'
import { presentableError, problemResponse } from './problem'
import { readInput } from './read-input'
import { isSafeMethod, isSameOrigin } from './same-origin'

/** A handler as Next calls it, with its declaration on it for the OpenAPI document and the tests. */
export interface RouteHandler<E extends Endpoint = Endpoint> {
  (request: Request, context?: { params: Promise<unknown> }): Promise<Response>
  endpoint: E
}

/** The handler of an endpoint. `run` gets parsed input and an actor who may do this; what it returns is checked against the contract. */
export function route<E extends Endpoint>(
  endpoint: E,
  run: (input: EndpointInput<E>) => Promise<EndpointOutput<E>> | EndpointOutput<E>,
): RouteHandler<E> {
  const handler = async (request: Request, context?: { params: Promise<unknown> }): Promise<Response> => {
    const startedAt = performance.now()
    const requestId = readRequestId(request.headers)
    const line: Record<string, unknown> = { requestId, method: endpoint.method, path: endpoint.path }
    let response: Response
    try {
      const actor = await admit(endpoint, request)
      line.actor = actor ? `${actor.kind}:${actor.id}` : null
      const pathParams = ((await context?.params) ?? {}) as Record<string, unknown>
      const input = { actor, ...(await readInput(endpoint, request, pathParams)), request, requestId }
      response = present(endpoint, await run(input as EndpointInput<E>), requestId)
    } catch (error) {
      const shown = presentableError(error)
      line.code = shown.code
      if (shown.code === 'internal' || shown.cause) line.error = describeCause(shown.cause)
      response = problemResponse(shown, requestId)
    }
    const ms = Math.round(performance.now() - startedAt)
    logger[response.status >= 500 ? 'error' : 'info']({ ...line, status: response.status, ms }, 'request')
    return response
  }
  return Object.assign(handler, { endpoint })
}

/** The actor of a request, if the endpoint lets them in. @throws AppError unauthenticated, forbidden */
async function admit(endpoint: Endpoint, request: Request): Promise<UserActor | null> {
  const actor = endpoint.permission === 'public' ? await findGuest(request) : await requireActor(request)
  const isByCookie = actor?.kind === 'user'
  if (isByCookie && !isSafeMethod(endpoint.method) && !isSameOrigin(request.headers, env().SALLYPORT_URL)) {
    throw new AppError('forbidden', 'This request came from another site. Use the pages of Sallyport, or an API key.')
  }
  if (!isAllowed(actor, endpoint.permission)) {
    throw new AppError(
      'forbidden',
      `Your role (${actor?.role}) may not do this: it needs the permission ${endpoint.permission}.`,
    )
  }
  return actor
}

/** For public endpoints: who asks if that can be told. A database that is down must not hide what is public. */
async function findGuest(request: Request): Promise<UserActor | null> {
  try {
    return await findActor(request.headers)
  } catch (error) {
    logger.warn({ error: describeCause(error) }, 'could not tell who asks')
    return null
  }
}

function present(endpoint: Endpoint, output: unknown, requestId: string): Response {
  if (isRawResponse(endpoint.response)) {
    const response = output as Response
    response.headers.set('x-request-id', requestId)
    return response
  }
  const answer = endpoint.response.safeParse(output)
  if (!answer.success)
    throw new Error(`The answer of ${endpoint.method} ${endpoint.path} breaks its contract: ${answer.error.message}`)
  return Response.json(answer.data, {
    status: endpoint.status ?? 200,
    headers: { 'cache-control': 'no-store', 'x-request-id': requestId },
  })
}

/** The caller's own id of the request if it is harmless in logs, else a new one. */
function readRequestId(headers: Headers): string {
  const given = headers.get('x-request-id')
  return given !== null && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}

function describeCause(cause: unknown): unknown {
  return cause instanceof Error ? { message: cause.message, stack: cause.stack } : cause
}
