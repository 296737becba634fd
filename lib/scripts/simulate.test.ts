import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-simulate-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  fs.rmSync(folder, { recursive: true, force: true })
})

function simulate(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/scripts/simulate.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SIMULATOR_TOKEN: '' },
  })
  children.push(child)
  return child
}

interface Ready {
  url: string
  apiToken: string
  seed: number
  epoch: string
}

async function untilReady(child: ChildProcess): Promise<Ready> {
  const [line] = (await once(readline.createInterface({ input: child.stdout! }), 'line')) as [string]
  return JSON.parse(line) as Ready
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  child.kill(signal)
  const [code] = (await once(child, 'exit')) as [unknown]
  return code
}

it('is the same org at the next start, and stops cleanly', { timeout: 60_000 }, async () => {
  const state = path.join(folder, 'new', 'state.json')
  const first = simulate('--state', state, '--seed', '7', '--people', '24', '--days', '1', '--port', '0')
  const ready = await untilReady(first)
  const logs = async ({ url, apiToken }: Ready) => {
    const since = new Date(Date.parse(ready.epoch) - 86_400_000).toISOString()
    const response = await fetch(`${url}/api/v1/logs?since=${since}&limit=20`, {
      headers: { authorization: `SSWS ${apiToken}` },
    })
    return response.text()
  }
  const before = await logs(ready)
  expect(before.length).toBeGreaterThan(10_000)
  expect(await stop(first, 'SIGTERM')).toBe(0)
  const second = simulate('--state', state)
  const again = await untilReady(second)
  expect(again).toEqual(ready)
  expect(await logs(again)).toBe(before)
  expect(await stop(second, 'SIGINT')).toBe(0)
})

it('says in one line what to do when the port is taken or an option is wrong', { timeout: 60_000 }, async () => {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  const broken = path.join(folder, 'broken.json')
  fs.writeFileSync(broken, '{')
  const cases: [string[], string][] = [
    [['--port', String(port)], `Port ${port} is in use`],
    [['--epoch', 'soon'], '--epoch must be an instant'],
    [['--people', 'many'], '--people must be a whole number'],
    [['--state', broken], 'delete it to begin with a new org'],
  ]
  await Promise.all(
    cases.map(async ([args, message]) => {
      const child = simulate(...args)
      let errors = ''
      child.stderr!.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk))
      const [code] = (await once(child, 'close')) as [number]
      expect(code).toBe(1)
      expect(errors).toContain(message)
      expect(errors.trim().split('\n')).toHaveLength(1)
    }),
  )
  server.close()
})
