// @ts-check
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { SetupError } from './fail.mjs'
import { loadEnvFile } from './load-env-file.mjs'
import { ROOT, setUp } from './setup.mjs'

/**
 * Runs a command written in TypeScript in this process.
 *
 * @param {string} name of a file in lib/scripts, without extension
 * @param {string[]} args
 */
export async function startCommand(name, args) {
  const file = path.join(ROOT, 'lib/scripts', `${name}.ts`)
  if (!/^[a-z-]+$/.test(name) || !fs.existsSync(file)) {
    throw new SetupError(`There is no command "${name}": see "scripts" in package.json.`)
  }
  loadEnvFile(ROOT)
  await setUp(['dependencies', 'client'], { isSilentWhenDone: true })
  const { register } = await import('tsx/esm/api')
  register()
  process.argv = [process.execPath, file, ...args]
  await import(pathToFileURL(file).href)
}
