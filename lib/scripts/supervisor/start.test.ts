// What npm start refuses before it does any work, as the person at the terminal sees it.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tryLock } from '../process-lock.mjs'

let dataDir: string
beforeEach(() => void (dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-start-'))))
afterEach(() => fs.rmSync(dataDir, { recursive: true }))

async function start(env: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const child = spawn(process.execPath, ['lib/scripts/start.mjs'], {
    env: { ...process.env, SALLYPORT_DATA: dataDir, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += chunk))
  const [code] = (await once(child, 'close')) as [number]
  return { code, lines: errors.trim().split('\n') }
}

describe('npm start refuses with one line', () => {
  test('a port in use', async () => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as net.AddressInfo
    const message = `Port ${port} is in use: stop the other program or set PORT.`
    expect(await start({ PORT: String(port) })).toEqual({ code: 1, lines: ['Sallyport', message] })
    server.close()
  })

  test('a second start on the same data folder', async () => {
    const lock = tryLock(path.join(dataDir, 'supervisor.lock'), 'http://localhost:3000')!
    const message = `Sallyport runs already on ${dataDir} (process ${process.pid}, http://localhost:3000): stop it first, or set SALLYPORT_DATA and PORT for a second one.`
    expect(await start({ PORT: '1' })).toEqual({ code: 1, lines: ['Sallyport', message] })
    lock.release()
  })

  test('a data folder that is none', async () => {
    const file = path.join(dataDir, 'file')
    fs.writeFileSync(file, '')
    const { code, lines } = await start({ SALLYPORT_DATA: path.join(file, 'data') })
    expect(code).toBe(1)
    expect(lines.at(-1)).toMatch(/^Cannot write to the data folder .* set SALLYPORT_DATA to another folder\.$/)
  })

  test('an old Node.js', () => {
    const script = `Object.defineProperty(process, 'versions', { value: { node: '18.20.1' } }); import('./lib/scripts/require-node.mjs')`
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([
      1,
      'Node.js 18.20.1 is too old: install version 20.19 or newer (see https://nodejs.org).\n',
    ])
  })
})
