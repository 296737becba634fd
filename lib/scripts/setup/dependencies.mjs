// @ts-check
// The stage "dependencies": npm ci, unless node_modules already holds what package-lock.json names for this platform.
import fs from 'node:fs'
import path from 'node:path'
import { runQuietly } from '../run-quietly.mjs'

/**
 * An entry of a lock file.
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockEntry
 */

/** Written after our own npm ci: optional packages that are absent then could not be had, and are not worth another try. */
const STAMP = 'node_modules/.sallyport-installed'

/**
 * True when every package that the lock file wants here is installed in its version. npm writes node_modules/.package-lock.json
 * last, so an install that was interrupted has none or an old one.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function areDependenciesInstalled(root) {
  const wanted = readPackages(path.join(root, 'package-lock.json'))
  const installed = readPackages(path.join(root, 'node_modules/.package-lock.json'))
  if (!wanted || !installed) return false
  const isOurs = readStamp(root) === stampOf(root)
  return Object.entries(wanted).every(([folder, entry]) => {
    if (folder === '' || !isForThisPlatform(entry)) return true
    const found = installed[folder]
    if (!found) return entry.optional === true && (isOurs || !isBoundToPlatform(entry))
    const isSame = found.version === entry.version && found.integrity === entry.integrity
    return isSame && fs.existsSync(path.join(root, folder, 'package.json'))
  })
}

/**
 * @param {string} root
 * @param {(pid: number) => void} onStart
 */
export async function installDependencies(root, onStart) {
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  await runQuietly([...npmCommand(), ...args], { cwd: root, onStart })
  fs.writeFileSync(path.join(root, STAMP), stampOf(root))
}

/** The npm that started us, else the one on the path. @returns {string[]} */
export function npmCommand() {
  const running = process.env.npm_execpath
  return running && /npm-cli\.c?js$/.test(running) ? [process.execPath, running] : ['npm']
}

/**
 * @param {string} file
 * @returns {Record<string, LockEntry> | null}
 */
function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages
  } catch {
    return null // missing, or cut off by an interrupted install
  }
}

/** @param {string} root */
function readStamp(root) {
  try {
    return fs.readFileSync(path.join(root, STAMP), 'utf8')
  } catch {
    return null
  }
}

/** @param {string} root */
function stampOf(root) {
  const { size, mtimeMs } = fs.statSync(path.join(root, 'package-lock.json'))
  return `${process.platform}-${process.arch} ${size} ${mtimeMs}\n`
}

/** @param {LockEntry} entry */
function isBoundToPlatform({ os, cpu, libc }) {
  return Boolean(os || cpu || libc)
}

/** @param {LockEntry} entry */
function isForThisPlatform({ os, cpu, libc }) {
  return (
    allows(os, process.platform) &&
    allows(cpu, process.arch) &&
    (process.platform !== 'linux' || allows(libc, libcName()))
  )
}

/**
 * @param {string[] | undefined} list as in package.json: names, or `!name` for all but that one
 * @param {string} value
 */
function allows(list, value) {
  if (!list || list.includes('any')) return true
  if (list.includes(`!${value}`)) return false
  return list.includes(value) || list.every((name) => name.startsWith('!'))
}

function libcName() {
  return fs.existsSync(`/lib/ld-musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`) ? 'musl' : 'glibc'
}
