// The sentence of step 4, and that of the page of a token.
import type { TokenKind } from '@/lib/okta/model'
import { plainText } from '@/lib/kernel/plain-text'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import type { TokenFacts } from '../contract/steps'
import type { Answer, EventTextRow, SearchWindow } from '../model'
import { phraseCount, phraseInstant, phraseWindow } from './phrase'
import type { Suspicion, TokenRecords, TokenStepFacts } from './token-facts'

/** Tokens made afterwards that are read; more may have been made. */
export const MADE_LIMIT = 50

/** Said wherever the use of tokens is shown. */
export const READS_NOT_LOGGED =
  'Okta does not log most API reads: that no event names a token is no proof that none was used.'

const KIND: Readonly<Record<TokenKind, string>> = {
  ssws: 'API token',
  oauth: 'OAuth access token',
  unknown: 'token of an unknown kind',
}

export function describeTokens(
  facts: TokenStepFacts,
  tokens: readonly TokenFacts[],
  suspicions: readonly Suspicion[],
  made: readonly EventTextRow[],
  answer: Answer,
): string {
  const since =
    made.length > 0
      ? ` The account made ${made.length < MADE_LIMIT ? '' : 'at least '}${phraseCount(made.length, 'API token')} since.`
      : ''
  const [first, ...rest] = tokens
  if (first === undefined) {
    const none =
      facts.eventCount === 1
        ? 'The only event of this signal names no API token'
        : `None of the ${phraseCount(facts.eventCount, 'event')} of this signal names an API token`
    if (answer === 'yes') return `${none}.${since || ' An attempt to make one was refused.'}`
    if (answer === 'no') {
      return `${none}, and the account made none up to ${phraseInstant(facts.window.to)}. Most API reads are not logged: no event is not proof of no use.`
    }
    return `${none}, but the log is not stored whole since then: whether the account made one cannot be told. Most API reads are not logged.`
  }
  const calls = tokens.reduce((sum, token) => sum + token.calls, 0)
  if (rest.length > 0) {
    const all = tokens.length + facts.tokensLeft
    return `${all} tokens were used from this address, with ${phraseCount(calls, 'logged call')} ${phraseWindow(facts.window)} from all addresses.${behaviourOfAll(suspicions)}${since}`
  }
  return `${useHere(facts, first)}. ${placesOf(first)}${behaviourOf(suspicions[0]!)}${since}`
}

/** E.g. `6 IPs have used it in 90 days, 2 of them flagged.` */
function placesOf({ addresses, otherAddresses, flaggedAddresses }: TokenFacts): string {
  const count = addresses.length + otherAddresses
  if (count === 0) return 'No logged call with it names an address.'
  if (count === 1) return `1 address has used it, ${flaggedAddresses === 0 ? 'not flagged now' : 'a flagged one'}.`
  const flagged = flaggedAddresses === 0 ? 'none of them flagged now' : `${flaggedAddresses} of them flagged`
  return `${phraseCount(count, 'address has', 'addresses have')} used it, ${flagged}.`
}

/** E.g. `API token 00Tabc…9xQ “ci-deploy”`. */
function tokenName({ id, kind, name }: Pick<TokenFacts, 'id' | 'kind' | 'name'>): string {
  return `${KIND[kind]} ${shortTokenId(id)}${name === null ? '' : ` “${plainText(name, 60)}”`}`
}

function useHere({ ip }: TokenStepFacts, token: TokenFacts): string {
  const here = token.addresses.find((address) => address.ip === ip)
  return here === undefined
    ? `Events of this signal name ${tokenName(token)}`
    : `${phraseCount(here.calls, 'logged call')} with ${tokenName(token)} from this address`
}

/** E.g. `2 of them were not seen there before; 3 unusual changes were made with them since.` */
function behaviourOfAll(suspicions: readonly Suspicion[]): string {
  const left = suspicions.filter(({ leftItsPlaces }) => leftItsPlaces).length
  const elsewhere = suspicions.filter(({ otherFlagged }) => otherFlagged.length > 0).length
  const refused = suspicions.reduce((sum, { record }) => sum + record.outsideRange.length, 0)
  const unusual = suspicions.reduce((sum, { unusual: changes }) => sum + changes.length, 0)
  const parts = [
    ...(left > 0 ? [`${left} of them ${left === 1 ? 'was' : 'were'} not seen there before`] : []),
    ...(elsewhere > 0 ? [`other flagged addresses used ${elsewhere} of them`] : []),
    ...(refused > 0 ? [`network zones refused them ${phraseTimes(refused)}`] : []),
    ...(unusual > 0
      ? [`${phraseCount(unusual, 'unusual change was', 'unusual changes were')} made with them since`]
      : []),
  ]
  return parts.length === 0 ? '' : ` ${capital(parts.join('; '))}.`
}

function phraseTimes(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function behaviourOf({ record, leftItsPlaces, isUsualPlace, unusual }: Suspicion): string {
  const parts = [
    ...(leftItsPlaces ? ['It was not seen here before'] : []),
    ...(isUsualPlace ? ['This address is one of its usual places'] : []),
    ...(record.outsideRange.length > 0
      ? [`its network zone refused it ${phraseTimes(record.outsideRange.length)}`]
      : []),
    ...(unusual.length > 0
      ? [`${phraseCount(unusual.length, 'unusual change was', 'unusual changes were')} made with it since`]
      : []),
  ]
  if (parts.length === 0) return ''
  return ` ${capital(parts.join('; '))}.`
}

/** What keeps the facts about one token from being whole, a sentence each. @param since from when on changes were read */
export function describeGaps(records: TokenRecords, { id, kind, created, okta }: TokenFacts, since: Date): string[] {
  const token = shortTokenId(id)
  const gaps: string[] = []
  if (created.source === 'unknown' && kind !== 'oauth') gaps.push(`Token ${token}: ${created.sentence}`)
  if (okta.state === 'not_asked' && kind === 'ssws') {
    gaps.push(`Okta was not asked about token ${token}, so its owner, expiry and zone are not known.`)
  }
  if (okta.state === 'refused' || okta.state === 'failed') {
    gaps.push(okta.message ?? `Okta gave no answer about token ${token}.`)
  }
  if (!records.areAddressesComplete) {
    gaps.push(`Token ${token} has more addresses and days than were read: the newest. Older use is not counted.`)
  }
  if (!records.areChangesComplete) {
    gaps.push(`More changes are stored than were read: the oldest since ${phraseInstant(since)}.`)
  }
  return gaps
}

/** The sentence of the page of a token, e.g. `214 logged calls with API token 00Tabc…9xQ between … 6 addresses have used it, 2 of them flagged.` */
export function describeUse(token: TokenFacts, window: SearchWindow): string {
  if (token.calls > 0) {
    return `${phraseCount(token.calls, 'logged call')} with ${tokenName(token)} ${phraseWindow(window)}. ${placesOf(token)}`
  }
  return `No call with ${tokenName(token)} is logged ${phraseWindow(window)}.`
}
