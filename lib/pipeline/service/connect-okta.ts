// The org that the environment configures: registered, with a client. Wrong settings become a visible problem of that org.
import { sql } from '@/lib/db/database'
import { now as clock } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { createOktaClient, type OktaClient } from '@/lib/okta/gateway/client'
import { oktaConfigFromEnv, type OktaConfig } from '@/lib/okta/gateway/config'
import type { OktaProblem } from '@/lib/okta/model'
import { registerOrg } from '@/lib/okta/service/register-org'
import { readPollState, savePollState } from '@/lib/okta/store/poll-state'

export const DEMO_ORG_ID = 'demo'
/** Where a problem with the settings is shown when they do not even name an org. */
const UNNAMED_ORG_ID = 'okta'

export type OktaConnection =
  | { status: 'absent' }
  | { status: 'invalid'; orgId: string; problem: OktaProblem }
  | { status: 'ready'; orgId: string; client: OktaClient }

const store = globalThis as typeof globalThis & { sallyportOkta?: Promise<OktaConnection> }

/** The connection of this process; the client keeps access tokens and the rate budget, so there is one. */
export function connectOkta(): Promise<OktaConnection> {
  store.sallyportOkta ??= connect().catch((error) => {
    delete store.sallyportOkta // the database was away: the next caller tries again
    throw error
  })
  return store.sallyportOkta
}

async function connect(): Promise<OktaConnection> {
  const configured = oktaConfigFromEnv(env())
  if (configured.status === 'absent') return { status: 'absent' }
  if (configured.status === 'invalid') {
    const orgId = await registerUnusable()
    await showProblem(orgId, configured.problem)
    return { status: 'invalid', orgId, problem: configured.problem }
  }
  const org = await registerOrg(describeOrg(configured.config))
  return { status: 'ready', orgId: org.orgId, client: createOktaClient(configured.config) }
}

function describeOrg({ orgUrl }: OktaConfig) {
  if (env().SALLYPORT_SIMULATED) {
    return { orgId: DEMO_ORG_ID, name: 'Demo org', url: orgUrl, kind: 'simulated' as const }
  }
  return { name: new URL(orgUrl).host, url: orgUrl, kind: 'okta' as const }
}

async function registerUnusable(): Promise<string> {
  const { OKTA_ORG_URL } = env()
  const isUsable = OKTA_ORG_URL !== undefined && URL.canParse(OKTA_ORG_URL) && OKTA_ORG_URL.startsWith('https://')
  if (isUsable) {
    const { host, origin } = new URL(OKTA_ORG_URL)
    return (await registerOrg({ name: host, url: origin, kind: 'okta' })).orgId
  }
  return (await registerOrg({ orgId: UNNAMED_ORG_ID, name: 'Okta (not configured)', url: null, kind: 'okta' })).orgId
}

async function showProblem(orgId: string, problem: OktaProblem): Promise<void> {
  const state = await readPollState(sql(), orgId)
  const isSame = state?.problemCode === problem.code && state.problemMessage === problem.message
  await savePollState(sql(), orgId, {
    lastAttemptAt: clock(),
    problemCode: problem.code,
    problemMessage: problem.message,
    problemSince: isSame ? state.problemSince : clock(),
  })
}
