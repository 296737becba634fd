// Asks the configured org for one event, to tell an operator whether polling can work. Writes nothing.
import type { Env } from '@/lib/kernel/env'
import { createOktaClient } from '../gateway/client'
import { oktaConfigFromEnv } from '../gateway/config'
import type { OktaProblem } from '../model'

const RECENT_MS = 5 * 60_000

export type OrgProbe =
  | { status: 'absent' }
  | { status: 'ok'; orgUrl: string }
  | { status: 'problem'; orgUrl: string | null; problem: OktaProblem }

/** Reads `OKTA_*` and tries them out. */
export async function probeOrg(env: Env, now: Date): Promise<OrgProbe> {
  const configured = oktaConfigFromEnv(env)
  if (configured.status === 'absent') return { status: 'absent' }
  if (configured.status === 'invalid') return { status: 'problem', orgUrl: null, problem: configured.problem }
  const { orgUrl } = configured.config
  const client = createOktaClient(configured.config)
  const result = await client.fetchLogPage(client.firstLogUrl({ since: new Date(now.getTime() - RECENT_MS), limit: 1 }))
  return result.status === 'ok' ? { status: 'ok', orgUrl } : { status: 'problem', orgUrl, problem: result.problem }
}
