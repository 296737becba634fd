import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashFiles } from './hash-files.mjs'

let root: string
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-hash-'))
  fs.mkdirSync(path.join(root, 'lib/deep'), { recursive: true })
  fs.writeFileSync(path.join(root, 'lib/a.ts'), 'a')
  fs.writeFileSync(path.join(root, 'lib/deep/b.ts'), 'b')
})
afterEach(() => fs.rmSync(root, { recursive: true }))

describe('the hash of sources', () => {
  const hash = () => hashFiles(root, ['lib', 'missing.json'], (file) => !file.endsWith('.md'))

  test.each<[string, () => void]>([
    ['the content of a file', () => fs.writeFileSync(path.join(root, 'lib/deep/b.ts'), 'B')],
    ['a new file', () => fs.writeFileSync(path.join(root, 'lib/c.ts'), '')],
    ['the name of a file', () => fs.renameSync(path.join(root, 'lib/a.ts'), path.join(root, 'lib/z.ts'))],
    ['a file that is gone', () => fs.rmSync(path.join(root, 'lib/a.ts'))],
    ['an input that was missing', () => fs.writeFileSync(path.join(root, 'missing.json'), '{}')],
    [
      'where one file ends and the next begins',
      () => {
        fs.writeFileSync(path.join(root, 'lib/a.ts'), '')
        fs.writeFileSync(path.join(root, 'lib/deep/b.ts'), 'ab')
      },
    ],
  ])('tells %s', (_, change) => {
    const before = hash()
    change()
    expect(hash()).not.toBe(before)
  })

  test('does not tell what is excluded, nor the age of files', () => {
    const before = hash()
    fs.writeFileSync(path.join(root, 'lib/README.md'), 'text')
    fs.utimesSync(path.join(root, 'lib/a.ts'), 1, 1)
    expect(hash()).toBe(before)
  })
})
