// @ts-check
// A lock file that names the processes that hold it. Invariant: a lock whose processes are all gone never blocks anybody,
// not even when their process ids belong to others by now.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A process, told apart from a later one with the same id by when it started.
 * @typedef {{ pid: number, started: string }} ProcessIdentity
 */

/** @typedef {{ holders: ProcessIdentity[], note: string }} LockContent */

/**
 * @typedef {object} ProcessLock
 * @property {LockContent | null} abandoned what an earlier holder left behind when it was killed
 * @property {(pid: number) => void} add lets another process hold the lock too, e.g. a child that may survive us
 * @property {(note: string) => void} note what the holder is doing, for whoever finds the lock
 * @property {() => void} release
 */

/**
 * Takes the lock, or returns null while a living process holds it.
 *
 * @param {string} file
 * @param {string} [note]
 * @returns {ProcessLock | null}
 */
export function tryLock(file, note = '') {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  /** @type {LockContent} */
  const content = { holders: [identify(process.pid)], note }
  const draft = `${file}.${process.pid}`
  /** @type {LockContent | null} */
  let abandoned = null
  for (let attempt = 0; attempt < 10; attempt++) {
    fs.writeFileSync(draft, JSON.stringify(content))
    try {
      fs.linkSync(draft, file) // appears complete or not at all
      return openLock(file, content, abandoned)
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    } finally {
      fs.rmSync(draft, { force: true })
    }
    const found = readLock(file)
    if (found && found.holders.some(isRunning)) return null
    if (found) abandoned = found
    removeAbandoned(file)
  }
  return null
}

/**
 * Takes the lock, waiting for its holder to end.
 *
 * @param {string} file
 * @param {{ note?: string, onWait: (holder: LockContent) => void }} options
 * @returns {Promise<ProcessLock>}
 */
export async function waitForLock(file, { note = '', onWait }) {
  for (let waited = 0; ; waited++) {
    const lock = tryLock(file, note)
    if (lock) return lock
    const holder = readLock(file)
    if (waited === 0 && holder) onWait(holder)
    await sleep(200)
  }
}

/**
 * The content of a lock that a living process holds, else null.
 *
 * @param {string} file
 * @returns {LockContent | null}
 */
export function readHeldLock(file) {
  const content = readLock(file)
  return content && content.holders.some(isRunning) ? content : null
}

/**
 * True while that very process runs; false for a zombie, and for another process that has its id by now.
 *
 * @param {ProcessIdentity} identity
 * @returns {boolean}
 */
export function isRunning({ pid, started }) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false
  }
  return startOf(pid) === started
}

/**
 * Which process has this id now.
 *
 * @param {number} pid
 * @returns {ProcessIdentity}
 */
export function identify(pid) {
  return { pid, started: startOf(pid) }
}

/**
 * When a process started, in whatever form the system tells it; empty when it cannot be told.
 *
 * @param {number} pid
 * @returns {string}
 */
function startOf(pid) {
  if (process.platform === 'linux') {
    try {
      // The name in brackets may hold anything; the start time is the 20th field after it (proc(5), field 22). A zombie runs no more.
      const fields = fs
        .readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return fields[0] === 'Z'
        ? 'ended'
        : `${fields[19]} ${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`
    } catch {
      return ''
    }
  }
  if (process.platform === 'win32') return ''
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/**
 * @param {string} file
 * @returns {LockContent | null}
 */
function readLock(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Two starters may find the same dead lock: whoever moves it aside looks again at what it moved and puts a living one back.
 *
 * @param {string} file
 */
function removeAbandoned(file) {
  const aside = `${file}.${process.pid}.old`
  try {
    fs.renameSync(file, aside)
  } catch {
    return // the other starter was faster
  }
  if (readHeldLock(aside)) {
    try {
      fs.linkSync(aside, file)
    } catch {
      // a third starter holds it by now; the one we moved notices nothing worse than a shared set-up
    }
  }
  fs.rmSync(aside, { force: true })
}

/**
 * @param {string} file
 * @param {LockContent} content
 * @param {LockContent | null} abandoned
 * @returns {ProcessLock}
 */
function openLock(file, content, abandoned) {
  const save = () => {
    const draft = `${file}.${process.pid}`
    fs.writeFileSync(draft, JSON.stringify(content))
    fs.renameSync(draft, file)
  }
  return {
    abandoned,
    add: (pid) => {
      content.holders.push(identify(pid))
      save()
    },
    note: (note) => {
      content.note = note
      save()
    },
    release: () => fs.rmSync(file, { force: true }),
  }
}
