// A signal in words: title for the queue, reason, and one whole sentence. Words for categories are the same everywhere.
import type { TokenUse } from '@/lib/detections/model'
import { flaggedMatches } from '@/lib/intel/core/apply-policy'
import type { Category, IntelMatch } from '@/lib/intel/model'
import type { TokenKind } from '@/lib/okta/model'
import type { Signal } from '../model'

/** Categories as a reader calls them, most telling first: `label` stands alone, `place` follows "from". */
export const CATEGORY_WORDS: Readonly<Record<Category, { label: string; place: string }>> = {
  command_and_control: { label: 'Command and control', place: 'a command-and-control server' },
  malware: { label: 'Malware', place: 'a malware host' },
  botnet: { label: 'Botnet', place: 'a botnet address' },
  tor: { label: 'Tor exit', place: 'a Tor exit' },
  brute_force: { label: 'Brute force', place: 'a brute-force source' },
  malicious: { label: 'Malicious', place: 'a malicious address' },
  residential_proxy: { label: 'Residential proxy', place: 'a residential proxy' },
  proxy: { label: 'Anonymising proxy', place: 'an anonymising proxy' },
  scanner: { label: 'Scanner', place: 'a scanner' },
  vpn: { label: 'VPN', place: 'a VPN' },
  hosting: { label: 'Hosting', place: 'a hosting network' },
  spam: { label: 'Spam', place: 'a spam source' },
  bogon: { label: 'Unassigned', place: 'an unassigned address' },
  cloud: { label: 'Cloud', place: 'a cloud provider' },
  corporate_egress: { label: 'Corporate egress', place: 'a corporate network' },
  private_relay: { label: 'Private relay', place: 'a private relay' },
  crawler: { label: 'Crawler', place: 'a crawler' },
  benign: { label: 'Benign', place: 'an address listed as benign' },
}
const ORDER = Object.keys(CATEGORY_WORDS) as Category[]

const TOKEN_WORDS: Readonly<Record<TokenKind, string>> = {
  ssws: 'API token',
  oauth: 'OAuth access token',
  unknown: 'Token',
}

type Described = Pick<Signal, 'kind' | 'tokens' | 'intelligence' | 'intentPolicy'>

/** What happened in a few words, e.g. `API token 00Tabc…9xQ used from a Tor exit`. */
export function titleOf(signal: Described): string {
  const category = categoriesOf(reasons(signal))[0]
  const place = category ? CATEGORY_WORDS[category].place : 'a flagged address'
  switch (signal.kind) {
    case 'api_token':
      return `${describeTokens(signal.tokens)} used from ${place}`
    case 'interactive_login':
      return `Sign-in from ${place}`
    case 'session_activity':
      return `Session activity from ${place}`
  }
}

/** Categories and the feeds that name them, e.g. `Tor exit: Tor exit list · Malicious: Blocklist A, Blocklist B`. */
export function whyOf(signal: Described): string {
  const matches = reasons(signal)
  return categoriesOf(matches)
    .map((category) => `${CATEGORY_WORDS[category].label}: ${feedsOf(matches, category).join(', ')}`)
    .join(' · ')
}

/**
 * What happened as one sentence, e.g. `Dana Okafor (dana@example.com) used API token 00Tabc…9xQ from 198.51.100.7 (AS64500 Example
 * Hosting, Germany), a Tor exit: 214 events within 38 min.`
 */
export function sentenceOf(
  signal: Described &
    Pick<
      Signal,
      | 'actorId'
      | 'actorLogin'
      | 'actorName'
      | 'ip'
      | 'asNumber'
      | 'asOrg'
      | 'country'
      | 'eventCount'
      | 'firstSeen'
      | 'lastSeen'
    >,
): string {
  const category = categoriesOf(reasons(signal))[0]
  const place = category ? `, ${CATEGORY_WORDS[category].place}` : ''
  const network = describeNetwork(signal)
  return `${describeActor(signal)} ${describeDeed(signal)} ${signal.ip}${network}${place}: ${describeExtent(signal)}.`
}

/** A token id short enough for a title; both ends stay, since people compare them. */
export function shortTokenId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 6)}…${id.slice(-3)}` : id
}

/** Matches that made the address count; those of the client address where the policy in force has changed since. */
function reasons({ intelligence, intentPolicy }: Described): IntelMatch[] {
  const { flagged } = flaggedMatches(intelligence, intentPolicy)
  return flagged.length > 0 ? flagged : intelligence.filter((match) => match.hop === 0)
}

function categoriesOf(matches: readonly IntelMatch[]): Category[] {
  const present = new Set(matches.map((match) => match.category))
  return ORDER.filter((category) => present.has(category))
}

function feedsOf(matches: readonly IntelMatch[], category: Category): string[] {
  return [...new Set(matches.filter((match) => match.category === category).map((match) => match.feedName))].sort()
}

function describeTokens(tokens: readonly TokenUse[]): string {
  const [first] = tokens
  if (!first) return 'API token'
  if (tokens.length === 1) return `${TOKEN_WORDS[first.kind]} ${shortTokenId(first.id)}`
  const isSameKind = tokens.every((token) => token.kind === first.kind)
  return `${tokens.length} ${isSameKind ? TOKEN_WORDS[first.kind].replace('Token', 'token') : 'token'}s`
}

function describeActor({
  actorId,
  actorLogin,
  actorName,
}: Pick<Signal, 'actorId' | 'actorLogin' | 'actorName'>): string {
  const account = actorLogin ?? actorId
  return actorName === null || actorName === account ? account : `${actorName} (${account})`
}

function describeDeed({ kind, tokens }: Described): string {
  switch (kind) {
    case 'api_token': {
      const words = describeTokens(tokens)
      return `used ${words.startsWith('Token') ? `token${words.slice(5)}` : words} from`
    }
    case 'interactive_login':
      return 'signed in from'
    case 'session_activity':
      return 'was active from'
  }
}

function describeNetwork({ asNumber, asOrg, country }: Pick<Signal, 'asNumber' | 'asOrg' | 'country'>): string {
  const network = [asNumber === null ? null : `AS${asNumber}`, asOrg].filter((word) => word !== null).join(' ')
  const facts = [network, country].filter(Boolean)
  return facts.length > 0 ? ` (${facts.join(', ')})` : ''
}

function describeExtent({
  eventCount,
  firstSeen,
  lastSeen,
}: Pick<Signal, 'eventCount' | 'firstSeen' | 'lastSeen'>): string {
  const count = eventCount === 1 ? '1 event' : `${eventCount} events`
  const seconds = Math.round((lastSeen.getTime() - firstSeen.getTime()) / 1000)
  return seconds === 0 ? count : `${count} within ${describeDuration(seconds)}`
}

function describeDuration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}
