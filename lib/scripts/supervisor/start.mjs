// @ts-check
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../fail.mjs'
import { loadEnvFile } from '../load-env-file.mjs'
import { isRunning, readHeldLock, tryLock } from '../process-lock.mjs'
import { beginStage } from '../progress.mjs'
import { ROOT, setUp } from '../setup.mjs'
import { isPortInUse } from './port.mjs'

/** How long what a killed supervisor left behind may take to end by itself. */
const LEFTOVERS_END_MS = 8000

/**
 * Sets up what is missing and starts the product. What can be refused is refused before the work that takes long: a second
 * start and a port in use before the dependencies are there, wrong settings and an unreachable database before the build.
 *
 * @throws Error that says what to do
 */
export async function start() {
  process.chdir(ROOT)
  loadEnvFile(ROOT)
  process.stderr.write('Sallyport\n')
  const lock = takeLock()
  process.once('exit', lock.release)
  await endLeftovers(lock.abandoned)
  await refuseTakenPort()

  await setUp(['dependencies', 'client'])
  const { register } = await import('tsx/esm/api')
  register()
  const { preflight } = await import(pathToFileURL(path.join(import.meta.dirname, 'preflight.ts')).href)
  await preflight()
  await setUp(['build'])
  const { supervise } = await import(pathToFileURL(path.join(ROOT, 'lib/scripts/supervisor.ts')).href)
  await supervise(lock)
}

/** Held to the end: two supervisors on one data folder would stop each other's database. */
function takeLock() {
  const dataDir = path.resolve(process.env.SALLYPORT_DATA?.trim() || '.data')
  const file = path.join(dataDir, 'supervisor.lock')
  let lock
  try {
    lock = tryLock(file)
  } catch (error) {
    const { message } = /** @type {Error} */ (error)
    throw new SetupError(
      `Cannot write to the data folder ${dataDir} (${message}): run as its owner, or set SALLYPORT_DATA to another folder.`,
    )
  }
  if (lock) return lock
  const holder = readHeldLock(file)
  throw new SetupError(
    `Sallyport runs already on ${dataDir} (process ${holder?.holders[0]?.pid ?? 'unknown'}${holder?.note ? `, ${holder.note}` : ''}): stop it first, or set SALLYPORT_DATA and PORT for a second one.`,
  )
}

/**
 * After kill -9 of a supervisor its children notice and end; a child that hangs is ended here.
 *
 * @param {import('../process-lock.mjs').LockContent | null} abandoned
 */
async function endLeftovers(abandoned) {
  const isLeft = () => abandoned?.holders.filter(isRunning) ?? []
  if (isLeft().length === 0) return
  const progress = beginStage('clean-up', 'waiting for processes of a killed start')
  const deadline = Date.now() + LEFTOVERS_END_MS
  while (isLeft().length > 0 && Date.now() < deadline) await sleep(100)
  for (const { pid } of isLeft()) process.kill(pid, 'SIGKILL')
  progress.done()
}

async function refuseTakenPort() {
  const port = Number(process.env.PORT?.trim() || 3000)
  const host = process.env.HOST?.trim() || '127.0.0.1'
  if (!Number.isInteger(port) || port < 1 || port > 65535) return // the settings are judged as a whole later
  if (await isPortInUse(port, host)) throw new SetupError(`Port ${port} is in use: stop the other program or set PORT.`)
}
