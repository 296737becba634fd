// Runs the product: database, simulator if no Okta org is configured, worker, web. Starts them in this order, starts again what
// ends by itself, and stops them in the reverse order, so that PostgreSQL goes last. Invariant: nothing outlives the supervisor
// but, after kill -9, the database, which the next start adopts.
import path from 'node:path'
import { ensureFirstSignInLink } from '@/lib/auth/service/first-administrator'
import { readOrMakeSecret } from '@/lib/kernel/installation-secret'
import { closeDatabase } from '@/lib/db/database'
import { env, parseEnv } from '@/lib/kernel/env'
import { connectOkta } from '@/lib/pipeline/service/connect-okta'
import type { ProcessLock } from './process-lock.mjs'
import { beginStage } from './progress.mjs'
import { configureSimulatedOrg, wantsSimulator, type SimulatedOrg } from './supervisor/simulated-org'
import { keepDatabase } from './supervisor/keep-database'
import { openStack, type Stack } from './supervisor/stack'
import { stopOnSignal } from './supervisor/stop-on-signal'
import { untilHealthy } from './supervisor/until-healthy'

/** When, after a request to stop, each is killed. Containers get 10 s in all. */
const STOP_WITHIN_MS = { web: 3500, worker: 6500, simulator: 7500, database: 9500 }

const TSX = ['--import', 'tsx']

/**
 * Starts everything and resolves when the product answers; the process then lives until it is asked to stop.
 *
 * @throws Error that says what to do, after stopping what had been started.
 */
export async function supervise(lock: ProcessLock): Promise<void> {
  const { dataDir, ...settings } = parseEnv(process.env)
  const simulated = wantsSimulator({ dataDir, ...settings }) ? await configureSimulatedOrg(dataDir) : null
  const address = settings.SALLYPORT_URL ?? `http://localhost:${settings.PORT}`
  lock.note(address)
  const stack = openStack(lock, dataDir)
  stopOnSignal(stack.stop)
  try {
    await startDatabase(stack)
    if (simulated) await startSimulator(stack, simulated)
    stack.startChild('worker', [...TSX, 'lib/scripts/worker.ts'], STOP_WITHIN_MS.worker)
    beginStage('worker').done('started')
    await startWeb(stack)
    announce(address, await makeFirstSignInLink(), simulated !== null)
    process.send?.({ address }) // whoever started us as a child waits for this
  } catch (error) {
    const isAsked = stack.isStopping()
    await stack.stop()
    if (!isAsked) throw error
  }
}

async function startDatabase(stack: Stack): Promise<void> {
  const { environment } = stack
  const settings = env()
  const progress = beginStage('database', settings.DATABASE_URL ? 'migrating' : 'starting embedded PostgreSQL')
  const opening = keepDatabase(stack.say, (url) => {
    environment.DATABASE_URL = url
    stack.restartChildren()
  })
  stack.onStop(async (since) => (await opening.catch(() => null))?.stop(since + STOP_WITHIN_MS.database))
  try {
    const database = await opening
    progress.done(database.isAdopted ? 'still running' : undefined)
    environment.DATABASE_URL = database.url()
  } catch (error) {
    progress.failed()
    throw error
  }
  environment.SALLYPORT_DATA = settings.dataDir
  environment.SALLYPORT_SECRET = settings.SALLYPORT_SECRET ?? readOrMakeSecret(settings.dataDir)
  environment.NODE_ENV = 'production'
  environment.NEXT_TELEMETRY_DISABLED = '1'
}

async function startSimulator(stack: Stack, { port, token }: SimulatedOrg): Promise<void> {
  const progress = beginStage('simulator', 'making a company with 90 days of events')
  stack.environment.SIMULATOR_TOKEN = token
  const args = [
    'lib/scripts/simulate.ts',
    '--port',
    String(port),
    '--state',
    path.join(env().dataDir, 'simulator.json'),
  ]
  const simulator = stack.startChild('simulator', [...TSX, ...args], STOP_WITHIN_MS.simulator)
  await simulator.process.firstMessage
  progress.done()
}

async function startWeb(stack: Stack): Promise<void> {
  const { HOST, PORT } = env()
  const progress = beginStage('web', 'starting')
  const args = ['node_modules/next/dist/bin/next', 'start', '-p', String(PORT), '-H', HOST]
  const web = stack.startChild('web', args, STOP_WITHIN_MS.web)
  try {
    await untilHealthy(web, HOST, PORT)
    progress.done()
  } catch (error) {
    progress.failed()
    throw error
  }
}

/** Null once somebody in the org has a password. */
async function makeFirstSignInLink(): Promise<string | null> {
  const okta = await connectOkta()
  const token = okta.status === 'absent' ? null : await ensureFirstSignInLink(okta.orgId)
  await closeDatabase()
  return token
}

function announce(address: string, token: string | null, isDemo: boolean): void {
  const lines = ['', `Sallyport is ready: ${address}`]
  if (token) lines.push(`First sign-in, works once: ${address.replace(/\/$/, '')}/welcome?token=${token}`)
  if (isDemo) lines.push('This is a demo on a simulated Okta org. The README says how to connect yours.')
  lines.push('Ctrl-C stops it.', '')
  process.stdout.write(lines.join('\n'))
}
