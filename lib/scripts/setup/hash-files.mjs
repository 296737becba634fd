// @ts-check
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/**
 * SHA-256 over names and contents of files and folders, hex. What does not exist counts as absent, not as an error.
 *
 * @param {string} root
 * @param {string[]} inputs relative to the root
 * @param {(file: string) => boolean} [isIncluded] asked with the path relative to the root, `/` as separator
 * @returns {string}
 */
export function hashFiles(root, inputs, isIncluded = () => true) {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap((input) => listFiles(root, input)).sort()) {
    if (!isIncluded(file)) continue
    const content = fs.readFileSync(path.join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} input
 * @returns {string[]}
 */
function listFiles(root, input) {
  const stats = fs.statSync(path.join(root, input), { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return [input]
  return fs.readdirSync(path.join(root, input)).flatMap((name) => listFiles(root, `${input}/${name}`))
}
