// @ts-check
// The stage "client": prisma generate, unless the client was generated from the same schema by the same version.
import fs from 'node:fs'
import path from 'node:path'
import { runQuietly } from '../run-quietly.mjs'
import { hashFiles } from './hash-files.mjs'

const GENERATED = 'lib/db/generated'
const STAMP = `${GENERATED}/.schema-hash`
const INPUTS = ['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json']

/** @param {string} root */
export function isClientGenerated(root) {
  try {
    return (
      fs.readFileSync(path.join(root, STAMP), 'utf8') === hashFiles(root, INPUTS) &&
      fs.existsSync(path.join(root, GENERATED, 'client.ts'))
    )
  } catch {
    return false
  }
}

/**
 * @param {string} root
 * @param {(pid: number) => void} onStart
 */
export async function generateClient(root, onStart) {
  fs.rmSync(path.join(root, STAMP), { force: true })
  const hash = hashFiles(root, INPUTS)
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' }
  await runQuietly([process.execPath, 'node_modules/prisma/build/index.js', 'generate'], { cwd: root, env, onStart })
  fs.writeFileSync(path.join(root, STAMP), hash)
}
