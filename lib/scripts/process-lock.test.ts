import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isRunning, readHeldLock, tryLock, waitForLock } from './process-lock.mjs'

const MODULE = pathToFileURL(path.join(import.meta.dirname, 'process-lock.mjs')).href
let folder: string
let file: string

beforeAll(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-lock-'))))
beforeEach(() => void (file = path.join(folder, `${crypto.randomUUID()}.lock`)))
afterAll(() => fs.rmSync(folder, { recursive: true }))

/** Runs a script in another process with the module's functions at hand. */
function elsewhere(script: string) {
  return [
    '--input-type=module',
    '-e',
    `import * as lock from '${MODULE}'; const file = ${JSON.stringify(file)}; ${script}`,
  ]
}

describe('a lock', () => {
  test('is had by one at a time, and again after its release', () => {
    const first = tryLock(file, 'first')
    expect(first).not.toBeNull()
    expect(tryLock(file)).toBeNull()
    expect(readHeldLock(file)).toMatchObject({ note: 'first', holders: [{ pid: process.pid }] })
    first!.release()
    expect(readHeldLock(file)).toBeNull()
    expect(tryLock(file)).not.toBeNull()
  })

  test('says what its holder is doing', () => {
    tryLock(file)!.note('building')
    expect(readHeldLock(file)?.note).toBe('building')
  })

  test('of a killed process is free, and tells what that one was doing', () => {
    spawnSync(process.execPath, elsewhere(`lock.tryLock(file, 'installing'); process.kill(process.pid, 'SIGKILL')`))
    expect(fs.existsSync(file)).toBe(true)
    expect(tryLock(file)?.abandoned).toMatchObject({ note: 'installing' })
  })

  test('of a process id that another process has by now is free', () => {
    fs.writeFileSync(file, JSON.stringify({ holders: [{ pid: process.pid, started: 'long ago' }], note: '' }))
    expect(readHeldLock(file)).toBeNull()
    expect(tryLock(file)).not.toBeNull()
  })

  test('that was cut off while it was written is free', () => {
    fs.writeFileSync(file, '{"holders":[{"pi')
    expect(tryLock(file)).not.toBeNull()
  })

  test('is held on by a child of a killed holder', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    spawnSync(process.execPath, elsewhere(`lock.tryLock(file).add(${child.pid}); process.kill(process.pid, 'SIGKILL')`))
    expect(tryLock(file)).toBeNull()
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    expect(tryLock(file)).not.toBeNull()
  })

  test('is had by exactly one of many that start at once and find a dead one', async () => {
    spawnSync(process.execPath, elsewhere(`lock.tryLock(file); process.kill(process.pid, 'SIGKILL')`))
    const script = elsewhere(`process.stdout.write(lock.tryLock(file) ? 'x' : '-'); process.stdin.resume()`)
    const starters = Array.from({ length: 6 }, () =>
      spawn(process.execPath, script, { stdio: ['pipe', 'pipe', 'inherit'] }),
    )
    const answers = await Promise.all(starters.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])))
    await Promise.all(starters.map((starter) => (starter.stdin.end(), once(starter, 'exit'))))
    expect(answers.filter((answer) => answer === 'x')).toHaveLength(1)
  })

  test('can be waited for', async () => {
    const first = tryLock(file, 'first')!
    const notes: string[] = []
    const second = await waitForLock(file, {
      onWait: ({ note }) => {
        notes.push(note)
        first.release()
      },
    })
    expect(notes).toEqual(['first'])
    second.release()
  })
})

test('a process that ended does not run', () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  expect(isRunning({ pid, started: 'then' })).toBe(false)
})
