import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { identify, isRunning } from '../process-lock.mjs'
import { startSupervised, type SupervisedProcess } from './supervised-process'

const FOLLOW_PARENT = pathToFileURL(path.join(import.meta.dirname, 'follow-parent.mjs')).href
let folder: string
let running: SupervisedProcess | null = null

beforeEach(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-child-'))))
afterEach(async () => {
  await running?.stop(Date.now())
  running = null
  fs.rmSync(folder, { recursive: true })
})

function start(script: string, environment: () => NodeJS.ProcessEnv = () => process.env) {
  const lines: string[] = []
  const troubles: string[] = []
  const pids: number[] = []
  running = startSupervised({
    name: 'child',
    args: ['-e', script],
    environment,
    onLine: (line) => lines.push(line),
    onTrouble: (sentence) => troubles.push(sentence),
    onStart: (pid) => pids.push(pid),
  })
  return { child: running, lines, troubles, pids }
}

const FOREVER = 'setInterval(() => {}, 1000);'

describe('a supervised process', () => {
  test('tells what it prints, line by line, and what it sends first', async () => {
    const { child, lines } = start(
      `process.stdout.write('one\\ntw'); process.stdout.write('o\\n'); process.send({ ready: true }); ${FOREVER}`,
    )
    expect(await child.firstMessage).toEqual({ ready: true })
    await vi.waitFor(() => expect(lines).toEqual(['one', 'two']))
  })

  test('is started again when it ends by itself, with the environment of then', async () => {
    let starts = 0
    const script = `console.log(process.env.START); if (process.env.START === '1') process.exit(3); ${FOREVER}`
    const { child, lines, troubles } = start(script, () => ({ ...process.env, START: String(++starts) }))
    await vi.waitFor(() => expect(lines).toEqual(['1', '2']), { timeout: 10_000 })
    expect(troubles).toEqual(['child stopped unexpectedly (exit code 3): starting it again in 0.5 s.'])
    expect(child.failures()).toBe(1)
  })

  test('is started again after a wanted restart, which is no trouble', async () => {
    const { child, pids, troubles, lines } = start(`console.log('up'); ${FOREVER}`)
    await vi.waitFor(() => expect(lines).toHaveLength(1))
    child.restart()
    await vi.waitFor(() => expect(lines).toHaveLength(2), { timeout: 10_000 })
    expect(new Set(pids).size).toBe(2)
    expect(troubles).toEqual([])
  })

  test('may end in its own way when it is stopped, and is not started again', async () => {
    const { child, lines, troubles, pids } = start(
      `process.on('SIGTERM', () => { console.log('bye'); process.exit(0) }); console.log('up'); ${FOREVER}`,
    )
    await vi.waitFor(() => expect(lines).toEqual(['up']))
    await child.stop(Date.now() + 10_000)
    await vi.waitFor(() => expect(lines).toEqual(['up', 'bye']))
    expect([troubles, pids.length]).toEqual([[], 1])
  })

  test('is killed with everything it started when it does not end in time', async () => {
    const grandchild = `require('node:child_process').spawn(process.execPath, ['-e', '${FOREVER}'], { stdio: 'ignore' }).pid`
    const { child, lines, pids } = start(`process.on('SIGTERM', () => {}); console.log(${grandchild}); ${FOREVER}`)
    await vi.waitFor(() => expect(lines).toHaveLength(1))
    const both = [pids[0]!, Number(lines[0])].map(identify)
    await child.stop(Date.now() + 100)
    await vi.waitFor(() => expect(both.map(isRunning)).toEqual([false, false]))
  })

  test('follows a parent that was killed', async () => {
    const script = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['--import', '${FOLLOW_PARENT}', '-e', '${FOREVER}'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true });
      console.log(child.pid); ${FOREVER}`
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const child = identify(Number(String((await once(parent.stdout, 'data'))[0])))
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(isRunning(child)).toBe(false), { timeout: 10_000 })
  })
})
