// One child of the supervisor: started in a process group of its own, started again with growing pauses when it ends by itself,
// stopped in order with a deadline. Invariant: after `stop` nothing of its process group runs.
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** A child that ran this long was well: the next pause is short again. */
const WELL_AFTER_MS = 60_000
/** How long a child that is restarted may take to end. */
const RESTART_WITHIN_MS = 5000
const FOLLOW_PARENT = pathToFileURL(path.join(import.meta.dirname, 'follow-parent.mjs')).href

export interface ProcessSpec {
  name: string
  /** Arguments of Node.js. */
  args: string[]
  /** Asked at every start. */
  environment: () => NodeJS.ProcessEnv
  /** Everything the child prints, line by line. */
  onLine: (line: string) => void
  /** One sentence for the person at the terminal, whenever the child ended by itself. */
  onTrouble: (sentence: string) => void
  /** Called with the id of each process that was started. */
  onStart: (pid: number) => void
}

export interface SupervisedProcess {
  readonly name: string
  /** Resolves with what the child sends first over its channel, e.g. that it is ready and where. */
  readonly firstMessage: Promise<unknown>
  /** How often it ended by itself. */
  readonly failures: () => number
  /** Ends it and starts it again, with the environment of now. */
  restart: () => void
  /** SIGTERM, and SIGKILL to the whole group at the deadline. */
  stop: (deadline: number) => Promise<void>
}

/** Starts a child and keeps it running until `stop`. */
export function startSupervised(spec: ProcessSpec): SupervisedProcess {
  let child: ChildProcess | null = null
  let timer: NodeJS.Timeout | undefined
  let isStopping = false
  let isRestarting = false
  let pauseMs = FIRST_PAUSE_MS
  let failures = 0
  let tellFirstMessage: (message: unknown) => void
  const firstMessage = new Promise<unknown>((resolve) => (tellFirstMessage = resolve))

  function start(): void {
    const startedAt = performance.now()
    const current = launch(spec)
    child = current
    current.once('message', (message) => tellFirstMessage(message))
    current.once('error', (error) => {
      if (current.pid === undefined) ended(error.message)
    })
    current.once('exit', (code, signal) => {
      killGroup(current.pid, 'SIGKILL') // what it may have started itself
      ended(signal ? `signal ${signal}` : `exit code ${code}`)
    })

    function ended(reason: string): void {
      if (isStopping) return
      if (isRestarting) {
        isRestarting = false
        return start()
      }
      failures++
      if (performance.now() - startedAt > WELL_AFTER_MS) pauseMs = FIRST_PAUSE_MS
      spec.onTrouble(`${spec.name} stopped unexpectedly (${reason}): starting it again in ${pauseMs / 1000} s.`)
      timer = setTimeout(start, pauseMs)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }

  async function stop(deadline: number): Promise<void> {
    isStopping = true
    clearTimeout(timer)
    const last = child
    if (!last?.pid || last.exitCode !== null || last.signalCode !== null) return
    const exited = new Promise<void>((resolve) => last.once('exit', () => resolve()))
    last.kill('SIGTERM')
    const impatience = setTimeout(() => killGroup(last.pid, 'SIGKILL'), Math.max(0, deadline - Date.now()))
    await exited
    clearTimeout(impatience)
  }

  function restart(): void {
    if (isStopping || !child?.pid || child.exitCode !== null || child.signalCode !== null) return
    isRestarting = true
    child.kill('SIGTERM')
    const { pid } = child
    setTimeout(() => isRestarting && child?.pid === pid && killGroup(pid, 'SIGKILL'), RESTART_WITHIN_MS).unref()
  }

  start()
  return { name: spec.name, firstMessage, failures: () => failures, restart, stop }
}

function launch(spec: ProcessSpec): ChildProcess {
  const child = spawn(process.execPath, ['--import', FOLLOW_PARENT, ...spec.args], {
    env: spec.environment(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C reaches the supervisor alone, which stops its children in order.
    detached: process.platform !== 'win32',
  })
  if (child.pid) spec.onStart(child.pid)
  for (const stream of [child.stdout!, child.stderr!]) {
    let rest = ''
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      for (const line of lines) spec.onLine(line)
    })
    stream.on('end', () => rest && spec.onLine(rest))
  }
  return child
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (!pid) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    // nobody left in it
  }
}
