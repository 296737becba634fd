// The services that can be asked about one address: what each needs, how often it may be asked, how long an answer stays true; and whether
// one may be asked now.
import type { LookupProvider } from '../model'

export interface ProviderFacts {
  name: string
  /** Beside the answer. */
  note: string
  /** What leaves the installation, and to whom. */
  sends: string
  terms: string
  /** Of the service itself. */
  url: string
  needsKey: 'required' | 'optional' | 'none'
  /** What the service grants without payment; null for none that we know. */
  budget: number | null
  per: 'day' | 'week' | null
  /** Least pause between two questions, milliseconds. */
  pauseMs: number
  /** After which an answer is old. */
  staleAfterMs: number
  /** Answers about IPv6 too. */
  hasIpv6: boolean
  /** Answers from our own data while it is switched off. */
  isOffline: boolean
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** As their documentation and users say; limits of free use. */
export const PROVIDERS: Record<LookupProvider, ProviderFacts> = {
  abuseipdb: {
    name: 'AbuseIPDB',
    note: 'reports of the last 90 days',
    sends: 'The address, with your key, to api.abuseipdb.com.',
    terms: 'Free with a key: 1,000 questions a day, attribution; limits on commercial use.',
    url: 'https://api.abuseipdb.com/api/v2',
    needsKey: 'required',
    budget: 1000,
    per: 'day',
    pauseMs: 500,
    staleAfterMs: DAY_MS,
    hasIpv6: true,
    isOffline: false,
  },
  greynoise: {
    name: 'GreyNoise',
    note: 'scans of the last 90 days',
    sends: 'The address, with your key if there is one, to api.greynoise.io.',
    terms: 'Community API: about 50 questions a week; the key is optional.',
    url: 'https://api.greynoise.io/v3/community',
    needsKey: 'optional',
    budget: 50,
    per: 'week',
    pauseMs: 1000,
    staleAfterMs: DAY_MS,
    hasIpv6: false,
    isOffline: false,
  },
  internetdb: {
    name: 'Shodan InternetDB',
    note: 'weekly data',
    sends: 'The address to internetdb.shodan.io.',
    terms: 'Free for non-commercial use, without a key; at most one question a second.',
    url: 'https://internetdb.shodan.io',
    needsKey: 'none',
    budget: null,
    per: null,
    pauseMs: 1000,
    staleAfterMs: 7 * DAY_MS,
    hasIpv6: false,
    isOffline: false,
  },
  tor_history: {
    name: 'Tor history',
    note: 'our own record of Tor feeds',
    sends: 'Nothing while it is off. On, the address also goes to onionoo.torproject.org.',
    terms: 'Public data of the Tor Project.',
    url: 'https://onionoo.torproject.org',
    needsKey: 'none',
    budget: null,
    per: null,
    pauseMs: 1000,
    staleAfterMs: HOUR_MS,
    hasIpv6: true,
    isOffline: true,
  },
}

/** What an administrator set; the key itself is not here. */
export interface ProviderSettings {
  isEnabled: boolean
  url: string | null
  hasKey: boolean
  budget: number | null
}

export const UNSET: ProviderSettings = { isEnabled: false, url: null, hasKey: false, budget: null }

/** How much a provider was asked. */
export interface ProviderUse {
  /** In the present period. */
  used: number
  /** It said that it does not want to be asked before. */
  closedUntil: Date | null
}

export interface AskVerdict {
  canAsk: boolean
  /** Why not, and what to do. */
  reason: string | null
  availableAt: Date | null
  budget: number | null
  remaining: number | null
}

/** Whether a provider may be asked about an address of that kind now. */
export function judgeAsk(
  provider: LookupProvider,
  settings: ProviderSettings,
  use: ProviderUse,
  address: { isPublic: boolean; isIpv6: boolean },
  now: Date,
): AskVerdict {
  const facts = PROVIDERS[provider]
  const budget = settings.budget ?? facts.budget
  const remaining = budget === null ? null : Math.max(0, budget - use.used)
  const refuse = (reason: string, availableAt: Date | null = null): AskVerdict => ({
    canAsk: false,
    reason,
    availableAt,
    budget,
    remaining,
  })
  if (!address.isPublic) return refuse('The address is private or reserved: it is never sent out.')
  if (address.isIpv6 && !facts.hasIpv6) return refuse(`${facts.name} knows IPv4 addresses only.`)
  const verdict: AskVerdict = { canAsk: true, reason: null, availableAt: null, budget, remaining }
  if (!settings.isEnabled && facts.isOffline) return verdict
  if (!settings.isEnabled) return refuse('Switched off: an administrator can switch it on under Sources.')
  if (facts.needsKey === 'required' && !settings.hasKey && settings.url === null)
    return refuse('Needs a key: an administrator can enter it under Sources.')
  if (use.closedUntil !== null && use.closedUntil > now)
    return refuse(`${facts.name} does not want to be asked for now.`, use.closedUntil)
  if (budget === 0) return refuse('The budget is 0: an administrator can raise it under Sources.')
  if (remaining === 0) {
    const per = periodOf(provider)
    const next = per === 'day' ? 'tomorrow, 00:00 UTC' : 'Monday, 00:00 UTC'
    return refuse(`The budget is used up until ${next}.`, periodAround(per, now).end)
  }
  return verdict
}

/** The period of a budget; one that was set for a provider without is per day. */
export function periodOf(provider: LookupProvider): 'day' | 'week' {
  return PROVIDERS[provider].per ?? 'day'
}

/** The UTC day or the week from Monday around an instant. */
export function periodAround(per: 'day' | 'week', now: Date): { start: Date; end: Date } {
  const day = Math.floor(now.getTime() / DAY_MS)
  // 1 January 1970 was a Thursday.
  const first = per === 'day' ? day : day - ((day + 3) % 7)
  const days = per === 'day' ? 1 : 7
  return { start: new Date(first * DAY_MS), end: new Date((first + days) * DAY_MS) }
}

/** E.g. `871 of 1,000 left today`. */
export function describeBudget(provider: LookupProvider, { budget, remaining }: AskVerdict): string {
  const { per, pauseMs, isOffline } = PROVIDERS[provider]
  if (budget === null) return isOffline ? 'no limit' : `one every ${pauseMs / 1000} s`
  const left = `${withCommas(remaining ?? 0)} of ${withCommas(budget)} left`
  return `${left} ${per === 'week' ? 'this week' : 'today'}`
}

function withCommas(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
