// What one method of one path takes, gives and asks for. The same declaration validates requests, guards answers and becomes the
// OpenAPI document. Browser-safe.
import type { z } from 'zod'
import type { Permission } from '@/lib/auth/model'
import type { UserActor } from '@/lib/kernel/actor'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** An answer that is not one JSON value, e.g. an event stream. The handler returns a `Response`. */
export interface RawResponse {
  isRaw: true
  contentType: string
  description: string
}

export interface Endpoint {
  method: Method
  /** As OpenAPI writes it, e.g. `/api/signals/{signalId}`. */
  path: `/api/${string}`
  /** One line for the document, e.g. `Signals of the queue, newest HIGH first`. */
  summary: string
  /** What the actor needs. */
  permission: Permission
  /** Every `{name}` of the path. */
  params?: z.ZodObject
  /** Unknown names are refused. A list may be repeated (`a=1&a=2`) or separated by commas. */
  query?: z.ZodObject
  body?: z.ZodType
  response: z.ZodType | RawResponse
  /** Status of the answer when all went well; 200 unless told. */
  status?: 200 | 201 | 202
}

/** What the function behind an endpoint is given: all of it parsed. */
export interface EndpointInput<E extends Endpoint> {
  actor: E['permission'] extends 'public' ? UserActor | null : UserActor
  params: E extends { params: infer Schema extends z.ZodType } ? z.output<Schema> : Record<never, never>
  query: E extends { query: infer Schema extends z.ZodType } ? z.output<Schema> : Record<never, never>
  body: E extends { body: infer Schema extends z.ZodType } ? z.output<Schema> : undefined
  request: Request
  requestId: string
}

/** What the function behind an endpoint returns: checked against the contract before it leaves. */
export type EndpointOutput<E extends Endpoint> = E['response'] extends z.ZodType ? z.input<E['response']> : Response

/** Declares an endpoint; keeps the exact types for `route` and for clients. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint
}

/** Declares an answer of another kind than JSON. */
export function rawResponse(contentType: string, description: string): RawResponse {
  return { isRaw: true, contentType, description }
}

/** True for answers the handler builds itself. */
export function isRawResponse(response: Endpoint['response']): response is RawResponse {
  return 'isRaw' in response
}
