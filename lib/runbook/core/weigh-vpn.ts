// The signed reasons for and against a legitimate VPN or privacy tool. Each is a rule of its own over named facts, so that every point can be
// traced to what was found; README.md says why each is worth what it is.
import type { Contribution } from '../model'
import type { Travel } from './measure-travel'
import { phraseCount, phraseDay, phraseList, phraseShare } from './phrase'

/** What the likelihood rests on. Names are plain already. */
export interface VpnFacts {
  /** Whether there is enough history to call something new. */
  hasHistory: boolean
  device: {
    /** `registered` by its id, which only that device has; `cookie` by a cookie, which can be stolen; null where none is named. */
    namedBy: 'registered' | 'cookie' | null
    isManaged: boolean
    /** First use by the account before the signal; null where there was none. */
    firstAt: Date | null
    /** Usual networks on which it was used a day before the signal or earlier. */
    usualNetworks: readonly string[]
  }
  /** Days and share of the history on this network. */
  network: { name: string; days: number; share: number } | null
  country: { name: string; isFirstTime: boolean } | null
  client: { name: string; isFirstTime: boolean } | null
  /** The most weeks with activity in this hour of the week, the one before or the one after. */
  hour: { name: string; weeks: number; of: number } | null
  colleagues: { network: string; people: number; of: number; isCapped: boolean } | null
  operator: { name: string; source: string; kind: 'vpn' | 'proxy' } | null
  /** Who calls it a residential proxy. */
  residentialProxy: readonly string[]
  isTor: boolean
  /** Feeds that call the address malicious and not merely an anonymiser. */
  maliciousFeeds: readonly string[]
  factor: { name: string; isPhishingResistant: boolean } | null
  /** Null where no token was used, or it has no history. */
  token: { name: string; isKnownPlace: boolean; addresses: number } | null
  travel: Travel | null
  /** References of suppressions in force that cover this use. */
  suppressions: readonly string[]
  /** References of earlier signals of the account on this address or network, by how they were decided. */
  decided: { benign: readonly string[]; malicious: readonly string[] }
}

type Rule = (facts: VpnFacts) => Contribution | null

/** Days on a network from which on it is known, and weeks from which on an hour is usual or unusual. */
const KNOWN_DAYS = 3
const LEAST_WEEKS = 4
const USUAL_HOUR_SHARE = 0.25
/** Accounts below which nobody else on a network means nothing, and from which on several mean much. */
const LEAST_ACCOUNTS = 10
const SEVERAL = 5
const MANY_SHARE = 0.1

const RULES: readonly Rule[] = [
  ({ hasHistory, device }) => {
    const { namedBy, isManaged, firstAt, usualNetworks } = device
    if (namedBy === null) return null
    const kind = namedBy === 'cookie' ? 'browser' : isManaged ? 'managed device' : 'registered device'
    if (firstAt !== null && usualNetworks.length > 0) {
      const points = namedBy === 'cookie' ? 20 : isManaged ? 40 : 35
      const label = `Same ${kind} since ${phraseDay(firstAt)}, on ${phraseList(usualNetworks, 2)}`
      return { id: 'known_device', label, points }
    }
    if (firstAt !== null || !hasHistory) return null
    return isManaged
      ? { id: 'new_device', label: 'Managed device, but never used before', points: -5 }
      : { id: 'new_device', label: `New ${kind}`, points: -15 }
  },
  ({ hasHistory, network, colleagues }) => {
    if (network === null || !hasHistory) return null
    const { name, days, share } = network
    if (days === 0) {
      // Where colleagues come from, anybody may come from one day.
      const isCommon = colleagues !== null && colleagues.people >= SEVERAL
      return { id: 'new_network', label: `First time on ${name}`, points: isCommon ? -5 : -10 }
    }
    const label = `${name} used on ${phraseCount(days, 'day')} before, ${phraseShare(share)} of the history`
    return { id: 'known_network', label, points: days >= KNOWN_DAYS ? 20 : 8 }
  },
  ({ country, operator }) =>
    country?.isFirstTime
      ? // Behind a VPN it is the country of the exit and not of the person.
        { id: 'new_country', label: `First time in ${country.name}`, points: operator?.kind === 'vpn' ? -3 : -8 }
      : null,
  ({ client }) =>
    client?.isFirstTime ? { id: 'new_client', label: `First time with ${client.name}`, points: -8 } : null,
  ({ hour }) => {
    if (hour === null || hour.of < LEAST_WEEKS) return null
    if (hour.weeks === 0) {
      return { id: 'unusual_hour', label: `Never active around ${hour.name} in ${hour.of} weeks`, points: -5 }
    }
    if (hour.weeks < USUAL_HOUR_SHARE * hour.of) return null
    return { id: 'usual_hour', label: `Active around ${hour.name} in ${hour.weeks} of ${hour.of} weeks`, points: 5 }
  },
  ({ colleagues }) => {
    if (colleagues === null || colleagues.of < LEAST_ACCOUNTS) return null
    const { network, people, of, isCapped } = colleagues
    const total = isCapped ? `${of.toLocaleString('en-US')} or more` : of.toLocaleString('en-US')
    const label = `${people.toLocaleString('en-US')} of ${total} other accounts ${people === 1 ? 'uses' : 'use'} ${network}`
    if (people === 0) return { id: 'no_colleagues', label, points: -8 }
    return { id: 'colleagues', label, points: people >= MANY_SHARE * of ? 20 : people >= SEVERAL ? 15 : 8 }
  },
  ({ operator }) => {
    if (operator === null) return null
    const { name, source, kind } = operator
    const word = kind === 'vpn' ? 'a VPN' : 'an anonymising proxy'
    return { id: 'vpn_operator', label: `${source} calls it ${word}: ${name}`, points: kind === 'vpn' ? 15 : 5 }
  },
  ({ residentialProxy: sources }) =>
    sources.length === 0
      ? null
      : { id: 'residential_proxy', label: `${calls(sources)} it a residential proxy`, points: -10 },
  ({ isTor }) => (isTor ? { id: 'tor', label: 'Came through a Tor exit', points: -15 } : null),
  ({ maliciousFeeds: feeds }) =>
    feeds.length === 0
      ? null
      : {
          id: 'malicious_feeds',
          label: `${calls(feeds)} it malicious, not merely an anonymiser`,
          points: feeds.length > 1 ? -20 : -15,
        },
  ({ factor }) =>
    factor?.isPhishingResistant
      ? { id: 'phishing_resistant_factor', label: `Signed in with ${factor.name}, which resists phishing`, points: 18 }
      : null,
  ({ token }) => {
    if (token === null) return null
    const { name, isKnownPlace, addresses } = token
    if (isKnownPlace) return { id: 'token_known_place', label: `Token ${name} was used from here before`, points: 10 }
    const label = `Token ${name} was used from ${phraseCount(addresses, 'address', 'addresses')} before, never from here`
    return { id: 'token_new_place', label, points: -25 }
  },
  ({ travel, device, operator }) => {
    if (travel === null) return null
    const { where, km, minutes, isBefore } = travel
    const far = km === null ? '' : `, ${km.toLocaleString('en-US')} km away`
    const when = minutes === 0 ? 'in the same minute' : `${minutes} min ${isBefore ? 'before' : 'after'}`
    const label = `Used in ${where} ${when}${far}`
    if (device.usualNetworks.length === 0) return { id: 'impossible_travel', label, points: -20 }
    // A VPN moves the same device at once; somebody else's device does not move with it.
    return operator?.kind === 'vpn' ? null : { id: 'impossible_travel', label, points: -5 }
  },
  ({ suppressions }) =>
    suppressions.length === 0
      ? null
      : { id: 'suppression', label: `Expected by ${phraseList(suppressions)}`, points: 20 },
  ({ decided: { benign } }) =>
    benign.length === 0
      ? null
      : {
          id: 'earlier_benign',
          label: `${phraseList(benign)} of this account here ${wasOrWere(benign)} benign`,
          points: 15,
        },
  ({ decided: { malicious } }) =>
    malicious.length === 0
      ? null
      : {
          id: 'earlier_malicious',
          label: `${phraseList(malicious)} of this account here ${wasOrWere(malicious)} malicious`,
          points: -30,
        },
]

/** Every reason that the facts give, greatest first. */
export function weighVpn(facts: VpnFacts): Contribution[] {
  return RULES.map((rule) => rule(facts))
    .filter((contribution) => contribution !== null)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.id < b.id ? -1 : 1))
}

/** Sum of the points, cut to −100 to 100. */
export function scoreOf(contributions: readonly Contribution[]): number {
  const sum = contributions.reduce((total, { points }) => total + points, 0)
  return Math.max(-100, Math.min(100, sum))
}

function wasOrWere({ length }: readonly string[]): string {
  return length === 1 ? 'was' : 'were'
}

function calls(names: readonly string[]): string {
  return `${phraseList(names)} ${names.length === 1 ? 'calls' : 'call'}`
}
