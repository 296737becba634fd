// Calls a handler as Next would, for tests of routes.
import type { RouteHandler } from '../route'

/** What is beside the body of a good answer where it is a problem. */
interface Problem {
  code: string
  detail: string
  issues?: Array<{ path: string; message: string }>
  facts?: Record<string, unknown>
}

export interface RouteAnswer<Body> {
  status: number
  body: Body & Problem
  /** The body as it was sent. */
  text: string
}

/** Sends one request to a handler and reads its JSON. `{name}` of its path is filled from `params`. */
export async function callRoute<Body>(
  handler: Pick<RouteHandler, 'endpoint'> &
    ((request: Request, context: { params: Promise<unknown> }) => Promise<Response>),
  input: {
    headers: Record<string, string>
    params?: Record<string, string>
    query?: Record<string, string>
    body?: unknown
  },
): Promise<RouteAnswer<Body>> {
  const { headers, params = {}, query = {}, body } = input
  const path = handler.endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const request = new Request(`http://localhost:3000${path}?${new URLSearchParams(query)}`, {
    method: handler.endpoint.method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const response = await handler(request, { params: Promise.resolve(params) })
  const text = await response.text()
  return { status: response.status, body: JSON.parse(text) as Body & Problem, text }
}
