// A TAXII 2.1 server with one collection, as tests need it: media type, authorization, added_after, match[type], limit, next and more,
// X-TAXII-Date-Added headers. What it gets wrong, it is told to.
import http from 'node:http'
import type { AddressInfo } from 'node:net'

const MEDIA_TYPE = 'application/taxii+json;version=2.1'
const OBJECTS = '/api1/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/objects/'

export interface TaxiiServer {
  /** Of the collection, without `objects/`. */
  url: string
  /** Objects with the moment at which each was added, in any order. */
  objects: Array<{ addedAt: string; object: { type: string; [key: string]: unknown } }>
  /** Expected header `authorization`; null lets everybody in. */
  authorization: string | null
  /** Most objects on a page. */
  pageSize: number
  /** Answers instead of the collection, when set. */
  misbehave: http.RequestListener | null
  /** Changes pages before they are sent. */
  distort: (page: Page) => Page
  /** Requests since the test began. */
  requests: http.IncomingMessage[]
  close(): Promise<void>
}

interface Page {
  body: { more?: boolean; next?: string; objects?: unknown[] }
  headers: http.OutgoingHttpHeaders
}

/** Starts a server on this machine. */
export async function startTaxiiServer(): Promise<TaxiiServer> {
  const listener = http.createServer((request, response) => {
    server.requests.push(request)
    if (server.misbehave) server.misbehave(request, response as never)
    else answer(server, request, response)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const server: TaxiiServer = {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}${OBJECTS.replace(/objects\/$/, '')}`,
    objects: [],
    authorization: null,
    pageSize: 1000,
    misbehave: null,
    distort: (page) => page,
    requests: [],
    async close() {
      listener.closeAllConnections()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
  return server
}

function answer(server: TaxiiServer, request: http.IncomingMessage, response: http.ServerResponse): void {
  const url = new URL(request.url!, server.url)
  const fail = (status: number) =>
    response.writeHead(status, { 'content-type': MEDIA_TYPE }).end(JSON.stringify({ title: http.STATUS_CODES[status] }))
  if (server.authorization !== null && request.headers.authorization !== server.authorization) return void fail(401)
  if (url.pathname !== OBJECTS) return void fail(404)
  if (request.headers.accept !== MEDIA_TYPE) return void fail(406)
  const { body, headers } = server.distort(pageOf(server, url.searchParams))
  response.writeHead(200, { 'content-type': MEDIA_TYPE, ...headers }).end(JSON.stringify(body))
}

function pageOf(server: TaxiiServer, parameters: URLSearchParams): Page {
  const type = parameters.get('match[type]')
  // A token that is not ours stands for the first page; one without a moment counts from `added_after`.
  const [, offset = '0', after] = /^(\d+)(?: (.*))?$/.exec(parameters.get('next') ?? '') ?? []
  const addedAfter = after ?? parameters.get('added_after') ?? ''
  const begin = Number(offset)
  const all = server.objects
    .filter(({ addedAt, object }) => addedAt > addedAfter && (type === null || object.type === type))
    .sort((a, b) => (a.addedAt < b.addedAt ? -1 : 1))
  const end = begin + Math.min(server.pageSize, Number(parameters.get('limit') ?? 1000))
  const page = all.slice(begin, end)
  if (page.length === 0) return { body: {}, headers: {} }
  const more = end < all.length
  return {
    body: { more, ...(more && { next: `${end} ${addedAfter}` }), objects: page.map(({ object }) => object) },
    headers: {
      'x-taxii-date-added-first': page[0]!.addedAt,
      'x-taxii-date-added-last': page.at(-1)!.addedAt,
    },
  }
}
