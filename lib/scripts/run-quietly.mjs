// @ts-check
// Runs a tool of the set-up without showing its output, unless it fails. The tool gets a process group of its own, so that
// a signal reaches it through us and nothing it started survives.
import { spawn } from 'node:child_process'

const SHOWN_LINES = 30

/**
 * Resolves when the tool ended well.
 *
 * @param {string[]} command program and arguments
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, onStart?: (pid: number) => void }} options
 * @returns {Promise<void>}
 * @throws Error with the last lines of its output
 */
export function runQuietly([program, ...args], { cwd, env = process.env, onStart }) {
  const isWindows = process.platform === 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn(/** @type {string} */ (program), args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !isWindows,
      shell: isWindows,
    })
    let output = ''
    const collect = (/** @type {Buffer} */ chunk) => (output = (output + chunk).slice(-20_000))
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    if (child.pid) onStart?.(child.pid)

    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      process.stderr.write('\n')
      killGroup(child.pid)
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
    process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop)
    const settle = () => void process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop)

    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', (code, signal) => {
      settle()
      if (code === 0) resolve()
      else reject(new Error(output.trim().split('\n').slice(-SHOWN_LINES).join('\n') || `ended with ${code ?? signal}`))
    })
  })
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  if (!pid) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // ended by itself meanwhile
  }
}
