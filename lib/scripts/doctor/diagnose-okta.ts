// The Okta settings, tried out: may the System Log be read, and what the runbook asks about tokens and users?
import type { Env } from '@/lib/kernel/env'
import { now } from '@/lib/kernel/clock'
import { probeOrg } from '@/lib/okta/service/probe-org'
import { broken, note, ok, type Finding } from './finding'

export async function diagnoseOkta(settings: Env): Promise<Finding> {
  const probe = await probeOrg(settings, now())
  if (probe.status === 'absent')
    return note('Okta', 'not configured: npm start simulates an org', 'The README says how to connect yours.')
  if (probe.status === 'ok' && probe.refused.length > 0) {
    const fix = probe.refused.map(({ message }) => message).join(' ')
    return note('Okta', `${probe.orgUrl} lets us read its System Log, but not all that the runbook asks`, fix)
  }
  if (probe.status === 'ok') return ok('Okta', `${probe.orgUrl} lets us read its System Log, tokens and users`)
  return broken('Okta', `${probe.orgUrl ?? 'settings'}: ${probe.problem.code}`, probe.problem.message)
}
