// Ends entries whose feed said until when they hold.
import { AppError } from '@/lib/kernel/error'

/** Closes every live indicator of an org whose validity is over and returns how many; the version rises only if there were any. */
export async function expireIndicators(_orgId: string, _now: Date): Promise<number> {
  throw new AppError('internal', 'Not available yet.')
}
