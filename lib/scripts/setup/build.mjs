// @ts-check
// The stage "build": next build, unless the build in .next was made of the same sources. The stamp goes first and comes back
// last, so that an interrupted build is never served.
import fs from 'node:fs'
import path from 'node:path'
import { runQuietly } from '../run-quietly.mjs'
import { hashFiles } from './hash-files.mjs'

const STAMP = '.next/sources-hash'
const INPUTS = ['app', 'components', 'lib', 'prisma', 'public', 'proxy.ts', 'instrumentation.ts']
const CONFIGS = ['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json']

/** What no page contains; the layer rules forbid that app or components import it. */
const NOT_SERVED = /\.test\.tsx?$|\.md$|^lib\/(scripts|bench|simulator|decisions|db\/generated|db\/testing)\//

/** @param {string} root */
export function isBuilt(root) {
  try {
    return (
      fs.readFileSync(path.join(root, STAMP), 'utf8') === hashSources(root) &&
      fs.existsSync(path.join(root, '.next/BUILD_ID'))
    )
  } catch {
    return false
  }
}

/**
 * @param {string} root
 * @param {(pid: number) => void} onStart
 */
export async function build(root, onStart) {
  fs.rmSync(path.join(root, STAMP), { force: true })
  const hash = hashSources(root) // before: a file saved during the build makes the build stale
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  await runQuietly([process.execPath, 'node_modules/next/dist/bin/next', 'build'], { cwd: root, env, onStart })
  fs.writeFileSync(path.join(root, STAMP), hash)
}

/** @param {string} root */
function hashSources(root) {
  return hashFiles(root, [...INPUTS, ...CONFIGS], (file) => !NOT_SERVED.test(file))
}
