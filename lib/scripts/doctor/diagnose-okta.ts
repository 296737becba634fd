// The Okta settings, tried out with one request.
import type { Env } from '@/lib/kernel/env'
import { now } from '@/lib/kernel/clock'
import { probeOrg } from '@/lib/okta/service/probe-org'
import { broken, note, ok, type Finding } from './finding'

export async function diagnoseOkta(settings: Env): Promise<Finding> {
  const probe = await probeOrg(settings, now())
  if (probe.status === 'absent')
    return note('Okta', 'not configured: npm start simulates an org', 'The README says how to connect yours.')
  if (probe.status === 'ok') return ok('Okta', `${probe.orgUrl} lets us read its System Log`)
  return broken('Okta', `${probe.orgUrl ?? 'settings'}: ${probe.problem.code}`, probe.problem.message)
}
