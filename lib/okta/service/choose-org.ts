// Finds the org that an operator means at the command line.
import type { Sql } from '@/lib/db/sql'
import { AppError } from '@/lib/kernel/error'
import { listOrgs, type OrgRow } from '../store/org'

/**
 * The org of this id or name; without one, the only org there is.
 *
 * @throws AppError not_found when there is none, invalid_input when there are several to choose from.
 */
export async function chooseOrg(sql: Sql, idOrName: string | undefined): Promise<OrgRow> {
  const orgs = await listOrgs(sql)
  const known = orgs.map(({ orgId }) => orgId).join(', ')
  if (idOrName !== undefined) {
    const org = orgs.find(({ orgId }) => orgId === idOrName) ?? orgs.find(({ name }) => name === idOrName)
    if (!org) throw new AppError('not_found', `There is no org ${idOrName}: use one of ${known || '(none yet)'}.`)
    return org
  }
  if (orgs.length > 1) throw new AppError('invalid_input', `Say which org is meant with --org: ${known}.`)
  if (!orgs[0]) throw new AppError('not_found', 'There is no org yet: run npm start, or import a file, first.')
  return orgs[0]
}
