import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { areDependenciesInstalled } from './dependencies.mjs'

const HERE = { os: [process.platform], cpu: [process.arch] }
const ELSEWHERE = { os: ['sunos'], cpu: ['mips'] }
const PLAIN = { version: '1.0.0', integrity: 'sha512-a' }

let root: string
beforeEach(() => void (root = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-dependencies-'))))
afterEach(() => fs.rmSync(root, { recursive: true }))

type Packages = Record<string, object>

function write(wanted: Packages, installed: Packages | string, onDisk = Object.keys(installed)): void {
  fs.writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }))
  for (const folder of onDisk) {
    fs.mkdirSync(path.join(root, folder), { recursive: true })
    fs.writeFileSync(path.join(root, folder, 'package.json'), '{}')
  }
  fs.mkdirSync(path.join(root, 'node_modules'), { recursive: true })
  const text = typeof installed === 'string' ? installed : JSON.stringify({ packages: installed })
  fs.writeFileSync(path.join(root, 'node_modules/.package-lock.json'), text)
}

describe('dependencies count as installed', () => {
  const a = 'node_modules/a'
  const b = 'node_modules/b'

  test.each<[string, Packages, Packages]>([
    ['when all are there in their version', { [a]: PLAIN, [b]: PLAIN }, { [a]: PLAIN, [b]: PLAIN }],
    [
      'without packages for other platforms',
      { [a]: PLAIN, [b]: { ...PLAIN, ...ELSEWHERE, optional: true } },
      { [a]: PLAIN },
    ],
    [
      'without optional packages that belong to those',
      { [a]: PLAIN, [b]: { ...PLAIN, optional: true } },
      { [a]: PLAIN },
    ],
    ['with more than is wanted', { [a]: PLAIN }, { [a]: PLAIN, [b]: PLAIN }],
  ])('%s', (_, wanted, installed) => {
    write(wanted, installed)
    expect(areDependenciesInstalled(root)).toBe(true)
  })

  test.each<[string, Packages, Packages]>([
    ['when one is missing', { [a]: PLAIN, [b]: PLAIN }, { [a]: PLAIN }],
    ['when one has another version', { [a]: { ...PLAIN, version: '2.0.0' } }, { [a]: PLAIN }],
    ['when one has other content', { [a]: { ...PLAIN, integrity: 'sha512-b' } }, { [a]: PLAIN }],
    ['when the native package of this platform is missing', { [a]: { ...PLAIN, ...HERE, optional: true } }, {}],
  ])('but not %s', (_, wanted, installed) => {
    write(wanted, installed)
    expect(areDependenciesInstalled(root)).toBe(false)
  })

  test('but not on a fresh clone', () => {
    fs.writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: { [a]: PLAIN } }))
    expect(areDependenciesInstalled(root)).toBe(false)
  })

  test('but not when the list that npm writes last is cut off', () => {
    write({ [a]: PLAIN }, '{"packages":{"node_mod', [a])
    expect(areDependenciesInstalled(root)).toBe(false)
  })

  test('but not when a listed folder is gone', () => {
    write({ [a]: PLAIN }, { [a]: PLAIN }, [])
    expect(areDependenciesInstalled(root)).toBe(false)
  })
})
