// Step 2: this use beside what the account did in the 90 days before.
import { STEPS, type SearchWindow, type NetworkUse, type RecentUse, type AnswerState } from '../model'
import { phraseCount, phraseList, phraseShare, phraseWindow } from './phrase'
import { presentWindow } from './present-event'

/** Below this, shares mean nothing. */
const LEAST_HISTORY = 5
const TOP = 10

export interface LegitimacyFacts {
  login: string
  firstSeen: Date
  /** The use in question; null where Okta gave no value. */
  current: {
    asNumber: number | null
    asOrg: string | null
    country: string | null
    os: string | null
    browser: string | null
  }
  hasDevice: boolean
  uses: readonly NetworkUse[]
  days: number
  recent: RecentUse
  /** Feeds that call the address a VPN or proxy. */
  vpnFeeds: string[]
  window: SearchWindow
  gaps: readonly string[]
}

/** The step with its sentence. */
export function answerLegitimacy(facts: LegitimacyFacts) {
  const historyEvents = facts.uses.reduce((sum, { events }) => sum + events, 0)
  const dimensions = [
    dimension('network', facts, (use) => [
      String(use.asNumber),
      use.asOrg ? `AS${use.asNumber} ${use.asOrg}` : `AS${use.asNumber}`,
    ]),
    dimension('country', facts, ({ country }) => [country, country]),
    dimension('os', facts, ({ os }) => [os, os]),
    dimension('browser', facts, ({ browser }) => [browser, browser]),
  ]
  const missing = [...facts.gaps, 'How many colleagues use this network is not counted yet.']
  if (!facts.hasDevice) missing.push('The event names no device.')
  const state: AnswerState = historyEvents >= LEAST_HISTORY ? 'answered' : 'unknown'
  return {
    step: 2 as const,
    question: STEPS[1].question,
    sentence: phraseLegitimacy(facts, historyEvents, dimensions),
    state,
    window: presentWindow(facts.window),
    missing,
    historyEvents,
    historyDays: facts.days,
    dimensions,
    recent: presentRecent(facts),
    vpnFeeds: facts.vpnFeeds,
  }
}

function phraseLegitimacy(facts: LegitimacyFacts, events: number, dimensions: readonly Dimension[]): string {
  const { login, window, vpnFeeds, recent, hasDevice } = facts
  if (events === 0)
    return `No events of ${login} are stored ${phraseWindow(window)}, so there is nothing to compare with.`
  const history = `${phraseCount(events, 'event')} of ${login} on ${phraseCount(facts.days, 'day')}`
  if (events < LEAST_HISTORY) return `Only ${history} are stored ${phraseWindow(window)}: not enough to compare with.`
  const seen = dimensions.flatMap(({ current, isFirstTime }) => {
    if (current === null || isFirstTime === null) return []
    return [isFirstTime ? `${current.label} for the first time` : `${current.label} in ${phraseShare(current.share)}`]
  })
  const device =
    hasDevice && recent.events > 0
      ? ` The same device was used in ${recent.sameDevice} of the last ${recent.events} events before.`
      : ''
  const vpn =
    vpnFeeds.length > 0
      ? ` ${phraseList(vpnFeeds)} ${vpnFeeds.length === 1 ? 'calls' : 'call'} the address a VPN or proxy.`
      : ''
  const compared = seen.length > 0 ? seen.join(', ') : 'the event names no network, country or client to compare'
  return `Against ${history} before: ${compared}.${device}${vpn}`
}

type Dimension = ReturnType<typeof dimension>

function dimension(
  name: 'network' | 'country' | 'os' | 'browser',
  { uses, current }: LegitimacyFacts,
  valueOf: (use: NetworkUse) => [string, string],
) {
  const values = new Map<string, { label: string; events: number }>()
  let total = 0
  for (const use of uses) {
    const [value, label] = valueOf(use)
    if (value === '' || value === '0') continue // Okta gave none
    total += use.events
    const known = values.get(value)
    values.set(value, { label: known?.label ?? label, events: (known?.events ?? 0) + use.events })
  }
  const ranked = [...values]
    .map(([value, { label, events }]) => ({
      value,
      label,
      events,
      share: total === 0 ? 0 : events / total,
    }))
    .sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1))
  const own = name === 'network' ? current.asNumber?.toString() : current[name]
  if (own === undefined || own === null) return { name, top: ranked.slice(0, TOP), current: null, isFirstTime: null }
  const found = ranked.find(({ value }) => value === own)
  const label = name === 'network' ? `AS${own}${current.asOrg ? ` ${current.asOrg}` : ''}` : own
  return {
    name,
    top: ranked.slice(0, TOP),
    current: found ?? { value: own, label, events: 0, share: 0 },
    isFirstTime: total === 0 ? null : found === undefined,
  }
}

function presentRecent({ recent, firstSeen, hasDevice }: LegitimacyFacts) {
  if (recent.from === null) return null
  const hours = Array<number>(168).fill(0)
  for (const [hour, events] of recent.hours) hours[hour] = events
  return {
    window: presentWindow({ from: recent.from, to: firstSeen }),
    events: recent.events,
    sameDevice: hasDevice ? recent.sameDevice : null,
    sameAddress: recent.sameAddress,
    hours,
    hour: ((firstSeen.getUTCDay() + 6) % 7) * 24 + firstSeen.getUTCHours(),
  }
}
