import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Child } from './stack'

const TIMEOUT_MS = 90_000
/** Ended by itself so often before it ever answered: it will not come up. */
const HOPELESS_AFTER = 3

/**
 * Resolves when the web process answers that it is healthy.
 *
 * @throws Error with its last lines when it does not come up.
 */
export async function untilHealthy(web: Child, host: string, port: number): Promise<void> {
  const url = `http://${reachable(host)}:${port}/api/health`
  const deadline = Date.now() + TIMEOUT_MS
  let answer: number | 'no answer' = 'no answer'
  while (Date.now() < deadline && web.process.failures() < HOPELESS_AFTER) {
    answer = await ask(url)
    if (answer === 200) return
    await sleep(100)
  }
  throw new Error(
    `The web process did not come up (${url} gave ${answer}). Its last lines:\n${web.log.recent().join('\n')}`,
  )
}

/** The status of the answer. On a connection of its own: one that is kept open would keep the web process from ending. */
function ask(url: string): Promise<number | 'no answer'> {
  return new Promise((resolve) => {
    const request = http.get(url, { agent: false, timeout: 5000 }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 'no answer')
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve('no answer'))
  })
}

/** An address to connect to, for one to listen on. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
