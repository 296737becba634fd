// @ts-check
import fs from 'node:fs'
import path from 'node:path'

/**
 * Reads settings from `.env` if there is one; what the environment sets already wins.
 *
 * @param {string} root
 */
export function loadEnvFile(root) {
  const file = path.join(root, '.env')
  if (fs.existsSync(file)) process.loadEnvFile(file)
}
