// The OpenAPI 3.1 document, made from the declarations that also validate: it cannot say anything the handlers do not do.
import { z } from 'zod'
import { ERROR_CODES } from '@/lib/kernel/error'
import { isRawResponse, type Endpoint } from './endpoint'
import { PROBLEM_JSON } from './problem'

type Json = Record<string, unknown>

/** The document of a set of endpoints. */
export function buildOpenApi(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const endpoint of [...endpoints].sort((a, b) => a.path.localeCompare(b.path))) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: describe(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Sallyport', version, description: 'Signals raised from Okta activity of malicious addresses.' },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'npm run -s api-key -- create --name NAME --role ROLE' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'sallyport-session',
          description: 'Set by signing in; `__Host-` before the name on https',
        },
      },
      schemas: { Problem: schemaOf(Problem, 'output') },
      responses: {
        Problem: { description: 'What went wrong (RFC 9457)', content: { [PROBLEM_JSON]: { schema: PROBLEM_REF } } },
      },
    },
  }
}

const PROBLEM_REF = { $ref: '#/components/schemas/Problem' }
const PROBLEM_RESPONSE = { $ref: '#/components/responses/Problem' }

/** The shape that lib/http/problem.ts writes. */
const Problem = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What to do, for a person'),
  code: z.enum(ERROR_CODES).describe('What a program should switch on'),
  requestId: z.string(),
  issues: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .describe('Fields that were wrong'),
  facts: z.record(z.string(), z.unknown()).optional().describe('E.g. the current state after a conflict'),
})

function describe(endpoint: Endpoint): Json {
  const isPublic = endpoint.permission === 'public'
  const hasInput = endpoint.params ?? endpoint.query ?? endpoint.body
  return {
    operationId: operationId(endpoint),
    tags: [endpoint.path.split('/')[2]],
    summary: endpoint.summary,
    // Public endpoints may tell more to who is known, so credentials are optional there.
    security: [...(isPublic ? [{}] : []), { apiKey: [] }, { session: [] }],
    'x-permission': endpoint.permission,
    ...(endpoint.params || endpoint.query
      ? { parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')] }
      : {}),
    ...(endpoint.body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } } },
    }),
    responses: {
      [endpoint.status ?? 200]: answer(endpoint),
      ...(!isPublic && { 401: PROBLEM_RESPONSE, 403: PROBLEM_RESPONSE }),
      ...(endpoint.params && { 404: PROBLEM_RESPONSE }),
      ...(hasInput && { 422: PROBLEM_RESPONSE }),
      default: PROBLEM_RESPONSE,
    },
  }
}

function answer({ response }: Endpoint): Json {
  if (isRawResponse(response)) return { description: response.description, content: { [response.contentType]: {} } }
  return { description: 'OK', content: { 'application/json': { schema: schemaOf(response, 'output') } } }
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...shape }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(typeof description === 'string' && { description }),
    schema: shape,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io }) as Json
  return json
}

/** E.g. `getSignalsBySignalId`. */
function operationId({ method, path }: Endpoint): string {
  const words = path.replace('/api/', '').split(/[/.-]/)
  const named = words.map((word) => (word.startsWith('{') ? `By${capital(word.slice(1, -1))}` : capital(word)))
  return method.toLowerCase() + named.join('')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
