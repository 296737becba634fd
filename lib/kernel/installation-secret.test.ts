import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOrMakeSecret } from './installation-secret'

let folder: string
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-secret-'))))
afterEach(() => fs.rmSync(folder, { recursive: true }))

test('is made once, in a folder that may not exist yet, and only its owner can read it', () => {
  const data = path.join(folder, 'data')
  const secret = readOrMakeSecret(data)
  expect(secret).toMatch(/^[\w-]{64}$/)
  expect(readOrMakeSecret(data)).toBe(secret)
  expect(fs.readdirSync(data)).toEqual(['session.secret'])
  if (process.platform !== 'win32') expect(fs.statSync(path.join(data, 'session.secret')).mode & 0o777).toBe(0o600)
})

test('a file without a usable secret is named, not replaced', () => {
  fs.writeFileSync(path.join(folder, 'session.secret'), 'short')
  expect(() => readOrMakeSecret(folder)).toThrow(/session\.secret holds no usable secret: delete it/)
  expect(fs.readFileSync(path.join(folder, 'session.secret'), 'utf8')).toBe('short')
})
