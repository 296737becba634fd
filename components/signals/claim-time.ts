// What is left of a claim, and when it is renewed. Pure.
import { CLAIM_MINUTES } from '@/lib/signals/model'

const MINUTE_MS = 60_000

/** `14 min left`, `under a minute left`; null where there is no claim or it ran out. */
export function claimLeft(claim: { expiresAt: string } | null, now: Date): string | null {
  if (!claim) return null
  const ms = Date.parse(claim.expiresAt) - now.getTime()
  if (!(ms > 0)) return null
  return ms < MINUTE_MS ? 'under a minute left' : `${Math.round(ms / MINUTE_MS)} min left`
}

/** True where a third of the claim is used up and its owner did something within the last minute. */
export function isRenewalDue({ expiresAt, activeAt, now }: { expiresAt: string; activeAt: Date; now: Date }): boolean {
  const left = Date.parse(expiresAt) - now.getTime()
  return left < (CLAIM_MINUTES * MINUTE_MS * 2) / 3 && now.getTime() - activeAt.getTime() < MINUTE_MS
}
