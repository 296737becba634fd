// The simulated Okta org as an HTTP server of this process: for the demo, for tests, for benchmarks.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { now as wallClock } from '@/lib/kernel/clock'
import type { Company } from '../core/company'
import type { ExpectedSignal, Scenario } from '../core/scenario'
import type { Fault, JsonObject, SimulatorStats } from '../model'
import { answerRequest } from '../server/answer-request'
import { oktaError, type Answer } from '../server/answer'
import { SimulatedOrg, type SimulatedOrgOptions } from '../server/simulated-org'

export interface SimulatorOptions extends Partial<Omit<SimulatedOrgOptions, 'epoch'>> {
  /** Default 0: any free port. */
  port?: number
  /** Default 127.0.0.1. */
  host?: string
  /** Where history ends and live events begin. */
  epoch: Date
}

export interface Simulator {
  /** Origin without a slash at the end, e.g. `http://127.0.0.1:8089`. */
  url: string
  port: number
  /** SSWS token that may do everything. */
  apiToken: string
  company: Company
  /** Scenarios that lie within the history. */
  scenarios: Scenario[]
  /** Signals that must exist once everything on record at the instant was read; without live cases. */
  expectedSignals(at: Date): ExpectedSignal[]
  /** Puts events on record now; objects are completed, text is delivered as it is. Returns them as they will be delivered. */
  publish(events: readonly (JsonObject | string)[]): (JsonObject | string)[]
  /** Puts a case on record now that must raise a signal. */
  publishFlagged(severity: 'medium' | 'high'): JsonObject[]
  inject(...faults: Fault[]): void
  /** Ends all faults; requests that hang are cut off. */
  clearFaults(): void
  setLinks(links: 'combined' | 'split'): void
  setRateLimit(perMinute: number): void
  /** Access tokens issued so far stop working. */
  expireTokens(): void
  stats(): SimulatorStats
  close(): Promise<void>
}

const LARGEST_BODY_BYTES = 32 * 1024 * 1024
/** Longer than clients keep idle connections, so that none meets a closing server. */
const KEEP_ALIVE_MS = 75_000

/**
 * Starts the simulated org. Defaults: seed 1, 300 people, 90 days of history, live events, 600 requests a minute, clock of the
 * machine. The port is open and every endpoint answers when the promise resolves; events are made when they are asked for.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const org = new SimulatedOrg({
    seed: options.seed ?? 1,
    epoch: options.epoch,
    people: options.people ?? 300,
    historyDays: options.historyDays ?? 90,
    isLive: options.isLive ?? true,
    apiToken: options.apiToken,
    rateLimitPerMinute: options.rateLimitPerMinute ?? 600,
    principalSharePercent: options.principalSharePercent ?? 100,
    links: options.links ?? 'combined',
    oauth: options.oauth ?? { clients: [] },
    clock: options.clock ?? wallClock,
  })
  const hanging = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    serve(org, hanging, request, response).catch((cause: unknown) => {
      send(response, oktaError('E0000009', cause instanceof Error ? cause.message : String(cause)))
    })
  })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const host = options.host ?? '127.0.0.1'
  await listen(server, options.port ?? 0, host)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    apiToken: org.apiToken,
    company: org.company,
    scenarios: org.timeline.scenarios,
    expectedSignals: (at) => org.timeline.expectedSignals(at.getTime()),
    publish: (events) => org.publish(events),
    publishFlagged: (severity) => org.publishFlagged(severity),
    inject: (...faults) => org.faults.add(faults),
    clearFaults: () => {
      org.faults.clear()
      cutOff(hanging)
    },
    setLinks: (links) => void (org.links = links),
    setRateLimit: (perMinute) => void (org.limits.perMinute = perMinute),
    expireTokens: () => org.tokenEndpoint.expireTokens(),
    stats: () => ({ ...structuredClone(org.stats), faultsStruck: org.faults.struck }),
    close: () => stop(server),
  }
}

async function serve(
  org: SimulatedOrg,
  hanging: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.url ?? '/'
  const url = new URL(target, `http://${request.headers.host ?? 'localhost'}`)
  const path = url.pathname
  const body = await readBody(request)
  org.stats.requests++
  org.stats.requestsByPath[path] = (org.stats.requestsByPath[path] ?? 0) + 1
  if (org.faults.take(path, 'hang')) {
    hanging.add(response)
    response.on('close', () => hanging.delete(response))
    return
  }
  const slow = org.faults.take(path, 'slow')
  if (slow) await wait(slow.milliseconds)
  const headers = request.headers as Record<string, string | undefined>
  const answer = await answerRequest(org, { method: request.method ?? 'GET', url, target, headers, body })
  org.stats.statuses[answer.status] = (org.stats.statuses[answer.status] ?? 0) + 1
  if (path === '/_control') cutOffUnlessHanging(org, hanging)
  if (org.faults.take(path, 'truncated'))
    return send(response, { ...answer, body: answer.body.slice(0, answer.body.length / 2) })
  if (org.faults.take(path, 'disconnect')) return breakOff(response, answer)
  send(response, answer)
}

function send(response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return
  const body = Buffer.from(answer.body, 'utf8')
  const length = answer.status === 204 || answer.status === 304 ? {} : { 'content-length': body.byteLength }
  response.writeHead(answer.status, { ...answer.headers, ...length })
  response.end(body)
}

/** Promises the whole body, sends half of it and breaks the connection. */
function breakOff(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body, 'utf8')
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.byteLength })
  response.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => response.destroy())
}

function cutOff(hanging: Set<ServerResponse>): void {
  for (const response of hanging) response.destroy()
}

function cutOffUnlessHanging(org: SimulatedOrg, hanging: Set<ServerResponse>): void {
  if (!org.faults.list().some((fault) => fault.kind === 'hang')) cutOff(hanging)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > LARGEST_BODY_BYTES) throw new Error('The body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
