// Asks the configured org for one event, and for what the runbook asks, to tell an operator whether both can work. Writes nothing.
import type { Env } from '@/lib/kernel/env'
import { createOktaClient, type OktaClient } from '../gateway/client'
import { oktaConfigFromEnv } from '../gateway/config'
import type { OktaProblem } from '../model'

const RECENT_MS = 5 * 60_000

export type OrgProbe =
  | { status: 'absent' }
  /** `refused`: what keeps the runbook from asking about tokens and users; polling works without. */
  | { status: 'ok'; orgUrl: string; refused: OktaProblem[] }
  | { status: 'problem'; orgUrl: string | null; problem: OktaProblem }

/** Reads `OKTA_*` and tries them out. */
export async function probeOrg(env: Env, now: Date): Promise<OrgProbe> {
  const configured = oktaConfigFromEnv(env)
  if (configured.status === 'absent') return { status: 'absent' }
  if (configured.status === 'invalid') return { status: 'problem', orgUrl: null, problem: configured.problem }
  const { orgUrl } = configured.config
  const client = createOktaClient(configured.config)
  const result = await client.fetchLogPage(client.firstLogUrl({ since: new Date(now.getTime() - RECENT_MS), limit: 1 }))
  if (result.status === 'problem') return { status: 'problem', orgUrl, problem: result.problem }
  return { status: 'ok', orgUrl, refused: await probeLookups(client) }
}

/** One read under each scope of the runbook; a problem each that keeps it from working, in no more words than are different. */
async function probeLookups(client: OktaClient): Promise<OktaProblem[]> {
  const [tokens, users] = await Promise.all([
    client.getJson('/api/v1/api-tokens?limit=1', 'okta.apiTokens.read'),
    client.getJson('/api/v1/users?limit=1', 'okta.users.read'),
  ])
  const first =
    users.status === 'ok' && Array.isArray(users.value) ? (users.value[0] as { id?: unknown } | undefined) : undefined
  // Roles can only be read of somebody. Without a user to read them of, who nobody is tells the scope as well: it is looked at first.
  const id = typeof first?.id === 'string' ? encodeURIComponent(first.id) : '00u0000000000000none'
  const roles = await client.getJson(`/api/v1/users/${id}/roles`, 'okta.roles.read')
  const refused = [tokens, users, roles].flatMap((result) =>
    result.status === 'problem' && result.problem.code !== 'not_found' ? [result.problem] : [],
  )
  return refused.filter(({ message }, index) => refused.findIndex((other) => other.message === message) === index)
}
