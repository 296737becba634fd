// Servers that want a pause.
import type { GuardedAnswer } from './guarded-get'

/** Whether asking on now is of no use, while what was read before is good: asked too often, or out of service for a moment (RFC 9110). */
export function isBusy({ httpStatus }: Pick<GuardedAnswer, 'httpStatus'>): boolean {
  return httpStatus === 429 || httpStatus === 503
}
