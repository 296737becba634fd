// Starts the product once for all browser tests, as `npm start` does, on a free port and a data folder of its own, in front of a small
// simulated company.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { LISTED_LATER_MINUTES } from '../lib/simulator/core/scenario'
import { findFreePort } from '../lib/scripts/supervisor/port.mjs'

const START_TIMEOUT_MS = 120_000
/** Few people, so that it is read in seconds, but the whole history: baselines and "never seen before" need all of it. */
const DAYS = '90'
const COMPANY = ['--seed', '7', '--people', '30', '--days', DAYS, '--rate-limit', '100000']
/** The org's history ends so long before the start that the one address that is listed only later is listed while tests run. */
const LIVE_FOR_MS = 5 * 60_000

interface Simulator {
  url: string
  apiToken: string
  process: ChildProcess
}

/** Settings of the person who runs the tests must not reach the product under test. */
const UNSET = {
  DATABASE_URL: '',
  OKTA_CLIENT_ID: '',
  OKTA_PRIVATE_KEY: '',
  OKTA_KEY_ID: '',
  SALLYPORT_URL: '',
  SALLYPORT_SECRET: '',
}

export default async function setUp(): Promise<() => Promise<void>> {
  const epoch = Date.now() - LIVE_FOR_MS
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-e2e-'))
  fs.chmodSync(dataDir, 0o755) // as root, PostgreSQL runs as another user who must reach its data below
  const simulator = await startSimulator(epoch)
  const port = await findFreePort()
  const product = await startProduct(dataDir, port, simulator).catch(async (error) => {
    await stop(simulator.process)
    throw error
  })
  // Playwright's workers inherit these; fixtures.ts reads them.
  Object.assign(process.env, UNSET, {
    SALLYPORT_DATA: dataDir,
    SALLYPORT_E2E_ADDRESS: `http://localhost:${port}`,
    SALLYPORT_E2E_SIMULATOR: simulator.url,
    SALLYPORT_E2E_LISTED_AT: new Date(epoch + LISTED_LATER_MINUTES * 60_000).toISOString(),
  })
  return async () => {
    await stop(product)
    await stop(simulator.process)
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Both children hang on a channel to us, so that they end when the tests are killed. */
async function startSimulator(epoch: number): Promise<Simulator> {
  const child = fork('lib/scripts/simulate.ts', ['--port', '0', '--epoch', new Date(epoch).toISOString(), ...COMPANY], {
    execArgv: ['--import', './lib/scripts/supervisor/follow-parent.mjs', '--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The simulated org did not start.')))
  const [ready] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string; apiToken: string }]
  return { ...ready, process: child }
}

/** Resolves when the product answers. Its log goes to a file that a failed start quotes. */
async function startProduct(dataDir: string, port: number, simulator: Simulator): Promise<ChildProcess> {
  const logFile = path.join(dataDir, 'product.log')
  const log = fs.openSync(logFile, 'a')
  const child = fork('lib/scripts/start.mjs', {
    stdio: ['ignore', log, log, 'ipc'],
    env: {
      ...process.env,
      ...UNSET,
      PORT: String(port),
      HOST: '127.0.0.1',
      SALLYPORT_DATA: dataDir,
      SALLYPORT_SIMULATED: '1',
      OKTA_ORG_URL: simulator.url,
      OKTA_API_TOKEN: simulator.apiToken,
      FEED_ALLOWED_HOSTS: new URL(simulator.url).host,
      POLL_INTERVAL_SECONDS: '1',
      BACKFILL_DAYS: DAYS,
      LOG_LEVEL: 'info',
    },
  })
  fs.closeSync(log)
  const ready = once(child, 'message', { signal: AbortSignal.timeout(START_TIMEOUT_MS) })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('ended')))
  try {
    await Promise.race([ready, ended])
    return child
  } catch (error) {
    child.kill('SIGTERM')
    const lastLines = fs.readFileSync(logFile, 'utf8').trim().split('\n').slice(-30).join('\n')
    throw new Error(`The product did not start (${(error as Error).message}):\n${lastLines}`, { cause: error })
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
