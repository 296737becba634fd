// Who may claim a signal when. A claim is soft: it says who works on it and never keeps anybody from deciding.
import { CLAIM_MINUTES, type Signal } from '../model'

type Claim = NonNullable<Signal['claim']>

/** Renewing a claim that is younger writes nothing. */
const RENEWED_AFTER_MS = 60_000

export type ClaimOutcome =
  /** `after`: whose running claim it was. */
  | { status: 'claimed'; claim: Claim; after: Claim | null }
  | { status: 'renewed'; claim: Claim }
  /** The own claim is so young that nothing needs to be written. */
  | { status: 'kept'; claim: Claim }
  | { status: 'refused'; claim: Claim }

/** The claim in force at an instant; null where there is none or it expired. */
export function claimInForce({ claim }: Pick<Signal, 'claim'>, now: Date): Claim | null {
  return claim !== null && claim.expiresAt > now ? claim : null
}

/** What claiming does: a running claim of somebody else is only taken over when that was said. */
export function judgeClaim(
  signal: Pick<Signal, 'claim'>,
  by: { id: string; name: string },
  takeOver: boolean,
  now: Date,
): ClaimOutcome {
  const current = claimInForce(signal, now)
  const expiresAt = new Date(now.getTime() + CLAIM_MINUTES * 60_000)
  const claim = { byId: by.id, byName: by.name, expiresAt }
  if (current === null) return { status: 'claimed', claim, after: null }
  if (current.byId !== by.id)
    return takeOver ? { status: 'claimed', claim, after: current } : { status: 'refused', claim: current }
  const isYoung = expiresAt.getTime() - current.expiresAt.getTime() < RENEWED_AFTER_MS
  return isYoung ? { status: 'kept', claim: current } : { status: 'renewed', claim }
}
