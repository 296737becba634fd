import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineEndpoint, rawResponse } from './endpoint'
import { buildOpenApi } from './openapi'

const change = defineEndpoint({
  method: 'PATCH',
  path: '/api/things/{thingId}',
  summary: 'Change a thing',
  permission: 'signals:write',
  params: z.object({ thingId: z.coerce.number().int() }),
  query: z.object({
    tag: z.array(z.enum(['a', 'b'])).optional(),
    limit: z.coerce.number().max(200).default(50).describe('Rows'),
  }),
  body: z.object({ name: z.string().trim().min(1) }),
  response: z.object({ name: z.string() }),
  status: 202,
})
const read = defineEndpoint({ ...change, method: 'GET', permission: 'public', summary: 'A thing' })
const watch = defineEndpoint({
  method: 'GET',
  path: '/api/live',
  summary: 'Events',
  permission: 'signals:read',
  response: rawResponse('text/event-stream', 'Until either side closes'),
})

interface Operation {
  operationId: string
  parameters: { name: string; in: string; required: boolean; schema: object }[]
  requestBody: { content: Record<string, { schema: object }> }
  responses: Record<string, { content?: Record<string, unknown> }>
  security: object[]
}
const document = buildOpenApi([change, read, watch], '1.2.3')
const paths = document.paths as Record<string, Record<string, Operation>>
const operation = paths['/api/things/{thingId}']!.patch!

describe('buildOpenApi', () => {
  test('is OpenAPI 3.1 of this version, paths in order, methods of one path together', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } })
    expect(Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods)])).toEqual([
      ['/api/live', ['get']],
      ['/api/things/{thingId}', ['patch', 'get']],
    ])
  })

  test('says what may be sent, as it is before parsing', () => {
    expect(operation.operationId).toBe('patchThingsByThingId')
    expect(operation.parameters).toEqual([
      { name: 'thingId', in: 'path', required: true, schema: expect.objectContaining({ type: 'integer' }) },
      {
        name: 'tag',
        in: 'query',
        required: false,
        schema: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
      },
      {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'Rows',
        schema: { type: 'number', maximum: 200, default: 50 },
      },
    ])
    expect(operation.requestBody.content['application/json']!.schema).toMatchObject({ required: ['name'] })
  })

  test('says what comes back, and which problems may', () => {
    expect(Object.keys(operation.responses)).toEqual(['202', '401', '403', '404', '422', 'default'])
    expect(operation.responses['202']!.content).toHaveProperty(['application/json', 'schema'])
    expect(paths['/api/live']!.get!.responses['200']!.content).toEqual({ 'text/event-stream': {} })
  })

  test('credentials are optional where the public may ask', () => {
    expect(operation.security).toEqual([{ apiKey: [] }, { session: [] }])
    expect(paths['/api/things/{thingId}']!.get!.security).toContainEqual({})
  })

  test('every reference leads somewhere, and ids are unique', () => {
    const text = JSON.stringify(document)
    for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g))
      expect(document).toHaveProperty(pointer!.split('/'))
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId))
    expect(new Set(ids).size).toBe(ids.length)
  })
})
