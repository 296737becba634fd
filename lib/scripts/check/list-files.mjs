// @ts-check
import fs from 'node:fs'
import path from 'node:path'

const NOT_OURS = new Set([
  'node_modules',
  '.git',
  '.next',
  '.data',
  'generated',
  'test-results',
  'playwright-report',
  'coverage',
])

/**
 * Paths of the project's own files relative to its root, `/` as separator, sorted.
 *
 * @param {string} root
 * @param {RegExp} wanted
 * @returns {string[]}
 */
export function listFiles(root, wanted, folder = '') {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const file = folder ? `${folder}/${entry.name}` : entry.name
      if (NOT_OURS.has(entry.name)) return []
      if (entry.isDirectory()) return listFiles(root, wanted, file)
      return wanted.test(file) ? [file] : []
    })
    .sort()
}
