// The simulated Okta org steps in when nothing about Okta is set. Its address and token are chosen before it starts, so that the
// rest of the product is configured as for a real org.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { parseEnv, type Env } from '@/lib/kernel/env'
import { findFreePort } from './port.mjs'

const PORT_FILE = 'simulator.port'

export interface SimulatedOrg {
  port: number
  token: string
}

/** True when no setting names an Okta org. Half a setting is a mistake that the health page shows, not a wish for a demo. */
export function wantsSimulator(env: Env): boolean {
  const { OKTA_ORG_URL, OKTA_API_TOKEN, OKTA_CLIENT_ID, OKTA_PRIVATE_KEY, OKTA_KEY_ID } = env
  return !(OKTA_ORG_URL || OKTA_API_TOKEN || OKTA_CLIENT_ID || OKTA_PRIVATE_KEY || OKTA_KEY_ID)
}

/** Lets a command fetch what the simulated org of this installation serves, as the demo does. Before settings are read. */
export function allowSimulatedFeeds(): void {
  const settings = parseEnv(process.env)
  const port = wantsSimulator(settings) ? readPort(settings.dataDir) : undefined
  if (port !== undefined) allowFeedsOf(`127.0.0.1:${port}`)
}

function readPort(dataDir: string): number | undefined {
  const file = path.join(dataDir, PORT_FILE)
  return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : undefined
}

function allowFeedsOf(host: string): void {
  process.env.FEED_ALLOWED_HOSTS = [process.env.FEED_ALLOWED_HOSTS, host].filter(Boolean).join(',')
}

/**
 * Chooses where the simulated org listens, the same port at every start as long as it is free because saved links name it, and
 * configures this process and its children for it.
 */
export async function configureSimulatedOrg(dataDir: string): Promise<SimulatedOrg> {
  const port = await findFreePort(readPort(dataDir))
  fs.writeFileSync(path.join(dataDir, PORT_FILE), String(port))
  const token = randomBytes(24).toString('base64url')
  const host = `127.0.0.1:${port}`
  process.env.OKTA_ORG_URL = `http://${host}`
  process.env.OKTA_API_TOKEN = token
  process.env.SALLYPORT_SIMULATED = '1'
  allowFeedsOf(host)
  return { port, token }
}
