// `npm run simulate`: the simulated Okta org and its feeds until stopped. One line of JSON on standard output says when and where.
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { now } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { startSimulator, type Simulator } from '@/lib/simulator/service/start-simulator'
import { runCommand } from './run-script'
import { findFreePort } from './supervisor/port.mjs'

const USAGE = `Usage: npm run simulate -- [--port N] [--host H] [--seed N] [--people N] [--days N] [--epoch ISO] [--rate-limit N] [--state FILE]
  --seed, --people, --days, --epoch  which company, and the instant where its history ends (default: now)
  --rate-limit                       requests a minute (default 600)
  --state                            keeps all of these in FILE: the next start is the same org, on the same port if it is free`

const DEFAULT_PORT = 8089

/** What makes an org the same org at the next start. */
const State = z.object({
  seed: z.number().int(),
  people: z.number().int().positive(),
  days: z.number().int().min(0),
  epoch: z.iso.datetime(),
  port: z.number().int().min(1).max(65535),
})
type State = z.infer<typeof State>

await runCommand(USAGE, simulate)

async function simulate(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      seed: { type: 'string' },
      people: { type: 'string' },
      days: { type: 'string' },
      epoch: { type: 'string' },
      'rate-limit': { type: 'string' },
      state: { type: 'string' },
    },
  })
  const kept = values.state === undefined ? null : readState(values.state)
  const port = wholeNumber('--port', values.port)
  const wanted: State = {
    seed: wholeNumber('--seed', values.seed) ?? kept?.seed ?? 1,
    people: wholeNumber('--people', values.people) ?? kept?.people ?? 300,
    days: wholeNumber('--days', values.days) ?? kept?.days ?? 90,
    epoch: instant(values.epoch) ?? kept?.epoch ?? now().toISOString(),
    port: port ?? (await findFreePort(kept?.port ?? DEFAULT_PORT)),
  }
  const simulator = await start(wanted, {
    host: values.host,
    rateLimit: wholeNumber('--rate-limit', values['rate-limit']),
  })
  if (values.state !== undefined) writeState(values.state, { ...wanted, port: simulator.port })
  const ready = { url: simulator.url, apiToken: simulator.apiToken, seed: wanted.seed, epoch: wanted.epoch }
  if (process.send)
    process.send(ready) // the supervisor waits for this, and keeps the token out of its log
  else process.stdout.write(`${JSON.stringify(ready)}\n`)
  await untilStopped()
  await simulator.close()
  process.channel?.unref()
}

async function start(state: State, options: { host: string; rateLimit: number | undefined }): Promise<Simulator> {
  try {
    return await startSimulator({
      port: state.port,
      host: options.host,
      seed: state.seed,
      people: state.people,
      historyDays: state.days,
      epoch: new Date(state.epoch),
      rateLimitPerMinute: options.rateLimit,
      apiToken: process.env.SIMULATOR_TOKEN || undefined,
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new AppError(
      'conflict',
      `Port ${state.port} is in use: stop what listens there or choose another with --port.`,
    )
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}

function readState(file: string): State | null {
  if (!fs.existsSync(file)) return null
  try {
    return State.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new AppError('invalid_input', `${file} is no state of the simulator: delete it to begin with a new org.`, {
      cause,
    })
  }
}

/** Written beside and renamed, so that a crash leaves the old or the new state. */
function writeState(file: string, state: State): void {
  fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
  fs.writeFileSync(`${file}.new`, JSON.stringify(state))
  fs.renameSync(`${file}.new`, file)
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new AppError('invalid_input', `${option} must be a whole number, not ${text}.`)
  return Number(text)
}

function instant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const at = new Date(text)
  if (Number.isNaN(at.getTime()))
    throw new AppError('invalid_input', `--epoch must be an instant such as 2026-08-05T09:00:00Z.`)
  return at.toISOString()
}
