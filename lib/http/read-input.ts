// Turns the parts of a request into the input an endpoint declared, or into an `invalid_input` that names every wrong field.
import { z } from 'zod'
import { AppError, type FieldIssue } from '@/lib/kernel/error'
import type { Endpoint } from './endpoint'

/** Bodies are small JSON documents; files have another way in. */
const MAX_BODY_BYTES = 1024 * 1024

/** The parsed params, query and body of a request. @throws AppError invalid_input */
export async function readInput(endpoint: Endpoint, request: Request, pathParams: Record<string, unknown>) {
  const issues: FieldIssue[] = []
  const take = (schema: z.ZodType | undefined, value: unknown, prefix = ''): unknown => {
    if (!schema) return undefined
    const parsed = schema.safeParse(value)
    if (!parsed.success) issues.push(...fieldIssues(parsed.error, prefix))
    return parsed.data
  }
  const params = take(endpoint.params, pathParams) ?? {}
  const query =
    take(endpoint.query?.strict(), endpoint.query && readQuery(endpoint.query, new URL(request.url).searchParams)) ?? {}
  const body = endpoint.body && take(endpoint.body, await readJson(request))
  if (issues.length > 0) throw new AppError('invalid_input', describe(issues), { issues })
  return { params, query, body }
}

/** Query parameters as the schema wants them: a list where it has a list, else one text. */
function readQuery(schema: z.ZodObject, search: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = {}
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name)
    if (isList(schema.shape[name]))
      query[name] = values.flatMap((value) => value.split(',')).filter((value) => value !== '')
    else query[name] = values.length === 1 ? values[0] : values
  }
  return query
}

function isList(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return isList(schema.unwrap())
  return schema instanceof z.ZodArray
}

async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new AppError('invalid_input', 'Send the body as JSON, with "Content-Type: application/json".')
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new AppError('invalid_input', 'The body is larger than 1 MiB.')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw new AppError('invalid_input', 'The body is not valid JSON.')
  }
}

function fieldIssues(error: z.ZodError, prefix: string): FieldIssue[] {
  return error.issues.map((issue) => ({ path: `${prefix}${issue.path.join('.')}`, message: issue.message }))
}

function describe(issues: readonly FieldIssue[]): string {
  const [first] = issues
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return first ? `${first.path ? `${first.path}: ` : ''}${first.message}${more}` : 'The input is not valid.'
}
