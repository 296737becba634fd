// Which org a command is about when it does not say.
import { AppError } from '@/lib/kernel/error'
import { findFirstOrgId, hasOrg } from '../store'

/** The org that was named, or the first one. @throws AppError not_found */
export async function resolveOrgId(named?: string): Promise<string> {
  if (named !== undefined) {
    if (await hasOrg(named)) return named
    throw new AppError('not_found', `There is no org ${named}.`)
  }
  const first = await findFirstOrgId()
  if (first) return first
  throw new AppError('not_found', 'There is no org yet: run npm start once, or npm run import -- FILE.')
}
