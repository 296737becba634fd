// A real server that a feed can be fetched from, for tests; FEED_ALLOWED_HOSTS names 127.0.0.1 there.
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FeedServer {
  origin: string
  /** What every request is answered with. */
  content: string
  /** Awaited before an answer. */
  gate: Promise<void>
  requests: http.IncomingMessage[]
  close(): Promise<void>
}

/** Starts a server on a free port. */
export async function serveFeed(): Promise<FeedServer> {
  const server = http.createServer(async (request, response) => {
    feed.requests.push(request)
    await feed.gate
    response.writeHead(200, { 'content-type': 'text/plain' }).end(feed.content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const feed: FeedServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    content: '',
    gate: Promise.resolve(),
    requests: [],
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return feed
}

/** Lines of different documentation addresses. */
export function feedLines(count: number, first = 0): string {
  const lines = Array.from({ length: count }, (_, index) => `2001:db8:${(first + index).toString(16)}::1\n`)
  return lines.join('')
}
