// Whether somebody tried many accounts from an address shortly before one of them succeeded. People who mistype succeed in the end:
// only accounts that never succeeded from the address count.
import { phraseCount, phraseDuration, phraseInstant } from './phrase'

/** Fewer are mistakes of people. */
const ACCOUNTS = 5
const CITED = 4

export interface FailedSignIn {
  uuid: string
  /** Id of the account, else the name that was typed. */
  account: string
  /** False where Okta knows no account of that name. */
  isAccount: boolean
  published: Date
}

/** A spray with its sentence; null where there was none. */
export function judgeSpray({
  attempts,
  isAttemptsComplete,
  entered,
  actorId,
  login,
  firstSeen,
}: {
  attempts: readonly FailedSignIn[]
  /** False where more was tried than was read. */
  isAttemptsComplete: boolean
  /** Ids and names of accounts that succeeded from the address, or of which it is not known whether they did. */
  entered: ReadonlySet<string>
  actorId: string
  login: string
  firstSeen: Date
}) {
  const isThis = (account: string) => account === actorId || account === login
  // This account counts although it succeeded: whether that was the spray is the question.
  const sprayed = attempts.filter(({ account }) => isThis(account) || !entered.has(account))
  const tried = new Set(sprayed.map(({ account }) => (isThis(account) ? actorId : account)))
  if (tried.size < ACCOUNTS) return null
  const from = sprayed.at(-1)!.published
  const isThisAccountTried = tried.has(actorId)
  const lasted = phraseDuration(firstSeen.getTime() - from.getTime())
  const also = isThisAccountTried ? `, ${login} among them` : ''
  return {
    accounts: tried.size,
    failures: sprayed.length,
    from,
    to: firstSeen,
    isThisAccountTried,
    /** Those on this account first, then the newest. */
    attempts: [
      ...sprayed.filter(({ account }) => isThis(account)),
      ...sprayed.filter(({ account }) => !isThis(account)),
    ].slice(0, CITED),
    sentence: `${isAttemptsComplete ? '' : 'At least '}${phraseCount(sprayed.length, 'sign-in')} on ${tried.size} accounts failed there in the ${lasted} before the first event (${phraseInstant(firstSeen)})${also}: a password spray.`,
  }
}
