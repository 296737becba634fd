// Step 2: whether this use could be legitimate, e.g. by a VPN: what is usual for the account, who else comes this way, and what speaks for and
// against it as one explained sum. Invariant: below five successes of history, and where the event names neither network nor device nor
// token, nothing is suggested whatever the sum is.
import type { Coverage } from '@/lib/okta/model'
import { plainText } from '@/lib/kernel/plain-text'
import type { EvidenceRef } from '@/lib/signals/model'
import type { LegitimacyStep } from '../contract/steps'
import type { Answer, BaselineRows, Contribution, DeviceUse, SearchWindow, Weight } from '../model'
import { buildDimensions, buildHours, daysOf, nameNetwork, type CurrentUse } from './build-baseline'
import { composeAnswer } from './compose-answer'
import { judgeDevice } from './judge-device'
import { judgeVpn, leaningOf, phraseScore } from './judge-vpn'
import type { Travel } from './measure-travel'
import type { NetworkType } from './network-type'
import { phraseCount, phraseDay, phraseWindow } from './phrase'
import type { VpnFacts } from './weigh-vpn'

const ASSESSMENT = { id: 'legitimate_reason', version: 1 }
/** Below this, shares mean nothing. */
const LEAST_HISTORY = 5
/** From this score down it speaks more strongly for malicious use. */
const STRONG = -60
const MAX_LOGIN = 80
const REASONS = 3
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

export interface LegitimacyFacts {
  login: string
  firstSeen: Date
  window: SearchWindow
  coverage: Coverage
  baseline: BaselineRows
  types: ReadonlyArray<{ type: NetworkType; events: number }>
  current: CurrentUse
  /** The event that decided the case, as far as it names the device; null once retention dropped it. */
  event: { uuid: string; deviceId: string | null; dtHash: string | null; isManaged: boolean | null } | null
  deviceUses: readonly DeviceUse[]
  /** Others on the same network, without those whom a signal flags there, of all others; null without a network. */
  colleagues: { people: number; of: number; isCapped: boolean } | null
  operator: VpnFacts['operator']
  residentialProxy: readonly string[]
  isTor: boolean
  maliciousFeeds: readonly string[]
  factor: VpnFacts['factor']
  isTokenUse: boolean
  token: VpnFacts['token']
  travel: Travel | null
  suppressions: ReadonlyArray<{ id: number; reference: string; label: string; endsAt: Date; covers: boolean }>
  decided: VpnFacts['decided']
}

/** The step with its answer. */
export function assessLegitimacy(facts: LegitimacyFacts): LegitimacyStep {
  const { window, baseline, event, colleagues, coverage } = facts
  const dimensions = buildDimensions(baseline, facts.types, facts.current)
  const hours = baseline.days.length === 0 ? null : buildHours(baseline, window)
  const { device, byDevice } = judgeDevice({
    ...{ deviceId: event?.deviceId ?? null, dtHash: event?.dtHash ?? null, isManaged: event?.isManaged ?? null },
    ...{ uses: facts.deviceUses, firstSeen: facts.firstSeen, baseline },
  })
  const likelihood = judgeVpn(vpnFacts(facts, { dimensions, hours, device: byDevice }))
  const state = { facts, device, likelihood, ...answerOf(facts, device.isNamed, likelihood.score) }
  return {
    step: 2,
    ...composeAnswer({
      step: 2,
      assessment: ASSESSMENT,
      ...{ answer: state.answer, weight: state.weight, speaksForBenign: state.answer === 'yes' },
      sentence: describe(state),
      evidence: evidenceOf(facts, likelihood.contributions),
      ...{ window, coverage },
      missing: missingOf(facts, device.isNamed),
    }),
    ...{ historyEvents: baseline.events, historyDays: baseline.days.length, dimensions, hours, device, likelihood },
    factor: facts.factor,
    operator: facts.operator && { name: facts.operator.name, source: facts.operator.source },
    colleagues: colleagues && { ...colleagues, network: networkOf(facts) },
    suppressions: facts.suppressions.map(({ id, reference, label, endsAt }) => ({
      ...{ id, reference, label },
      endsAt: endsAt.toISOString(),
    })),
  }
}

function networkOf({ current: { asNumber, asOrg } }: LegitimacyFacts): string {
  return asNumber === null ? '' : nameNetwork(asNumber, asOrg)
}

function vpnFacts(
  facts: LegitimacyFacts,
  { dimensions, hours, device }: Pick<LegitimacyStep, 'dimensions' | 'hours'> & { device: VpnFacts['device'] },
): VpnFacts {
  const { baseline, current, colleagues } = facts
  const hasHistory = baseline.events >= LEAST_HISTORY
  const of = (name: 'network' | 'country' | 'client') => {
    const found = dimensions.find((dimension) => dimension.name === name)
    return found?.current ? { ...found.current, isFirstTime: hasHistory && found.isFirstTime === true } : null
  }
  const [network, country, client] = [of('network'), of('country'), of('client')]
  const used = baseline.networks.find(({ asNumber }) => asNumber === current.asNumber)
  return {
    ...{ hasHistory, device },
    network: network && { name: network.label, days: used?.days ?? 0, share: network.share },
    country: country && { name: country.label, isFirstTime: country.isFirstTime },
    client: client && { name: client.label, isFirstTime: client.isFirstTime },
    hour: hours === null || !hasHistory ? null : hourOf(hours),
    colleagues: colleagues && { ...colleagues, network: networkOf(facts) },
    operator: facts.operator,
    residentialProxy: facts.residentialProxy,
    isTor: facts.isTor,
    maliciousFeeds: facts.maliciousFeeds,
    factor: facts.factor,
    token: facts.token,
    travel: facts.travel,
    suppressions: facts.suppressions.filter(({ covers }) => covers).map(({ reference }) => reference),
    decided: facts.decided,
  }
}

/** People begin an hour earlier or later: the neighbours count too. */
function hourOf({ weeks, of, hour }: NonNullable<LegitimacyStep['hours']>): VpnFacts['hour'] {
  const around = [hour - 1, hour, hour + 1].map((position) => weeks[(position + weeks.length) % weeks.length]!)
  const name = `${WEEKDAYS[Math.floor(hour / 24)]} ${String(hour % 24).padStart(2, '0')}:00 UTC`
  return { name, weeks: Math.max(...around), of }
}

type Reason = 'no_history' | 'blind' | 'score' | 'not_whole'

function answerOf(
  { baseline, current, token, coverage }: LegitimacyFacts,
  isDeviceNamed: boolean,
  score: number,
): { answer: Answer; weight: Weight; reason: Reason } {
  const unsure = (reason: Reason, weight: Weight = 'none') => ({ answer: 'cannot_tell' as const, weight, reason })
  if (baseline.events < LEAST_HISTORY) return unsure('no_history')
  if (current.asNumber === null && !isDeviceNamed && token === null) return unsure('blind')
  const weight = score <= STRONG ? 'likely' : 'possible'
  switch (leaningOf(score)) {
    case 'benign':
      return { answer: 'yes', weight: 'none', reason: 'score' }
    case 'malicious':
      return coverage.isComplete ? { answer: 'no', weight, reason: 'score' } : unsure('not_whole', weight)
    case 'undecided':
      return unsure('score')
  }
}

interface Described {
  facts: LegitimacyFacts
  likelihood: LegitimacyStep['likelihood']
  answer: Answer
  reason: Reason
}

function describe({ facts, likelihood, answer, reason }: Described): string {
  const { baseline, window } = facts
  const who = plainText(facts.login, MAX_LOGIN)
  if (reason === 'no_history') {
    if (baseline.events === 0) {
      return `No successful event of ${who} is stored ${phraseWindow(window)}: there is nothing to compare with.`
    }
    const history = `${phraseCount(baseline.events, 'successful event')} of ${who}`
    return `Only ${history} ${baseline.events === 1 ? 'is' : 'are'} stored ${phraseWindow(window)}: not enough history to compare with.`
  }
  if (reason === 'blind')
    return `The event names neither network nor device, so little of it can be compared with what ${who} usually does.`
  const { score, contributions } = likelihood
  const opening =
    answer === 'yes'
      ? `Looks like ${phraseUse(facts, who)}`
      : leaningOf(score) === 'malicious'
        ? `Little about this use is usual for ${who}`
        : `Neither likely nor unlikely for ${who}`
  const sides = [
    labels(
      'For it',
      contributions.filter(({ points }) => points > 0),
    ),
    labels(
      'Against it',
      contributions.filter(({ points }) => points < 0),
    ),
  ]
  if (answer === 'no') sides.reverse()
  const doubt = reason === 'not_whole' ? ', but the history is not stored whole' : ''
  return [`${opening} (${phraseScore(score)})${doubt}.`, ...sides].filter((part) => part !== '').join(' ')
}

/** E.g. `legitimate use by dana@example.com over a VPN`. */
function phraseUse({ isTor, operator, colleagues }: LegitimacyFacts, who: string): string {
  if (isTor) return `legitimate use by ${who} through Tor`
  if (operator === null) return `ordinary use by ${who}`
  const tool = operator.kind === 'vpn' ? 'a VPN' : 'an anonymising proxy'
  const shared = colleagues !== null && colleagues.people > 1 ? ' on a network that colleagues use too' : ''
  return `legitimate use by ${who} over ${tool}${shared}`
}

/** The first three of one side; empty where it has none. */
function labels(side: string, contributions: readonly Contribution[]): string {
  if (contributions.length === 0) return ''
  const shown = contributions.slice(0, REASONS).map(({ label }) => lowerFirst(label))
  return `${side}: ${shown.join('; ')}.`
}

/** Names such as AS64500 or Okta keep their capital. */
function lowerFirst(text: string): string {
  return /^(Same|New|Managed|First|Never|Active|Came|Signed|Token|Used|Expected) /.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text
}

function evidenceOf({ event, firstSeen, travel }: LegitimacyFacts, contributions: readonly Contribution[]) {
  const reasons: Array<Omit<EvidenceRef, 'step'>> = contributions.map(({ id, label, points }) => ({
    ...{ kind: 'contribution' as const, ref: id, label: `${label} (${phraseScore(points)})` },
    at: firstSeen.toISOString(),
  }))
  if (travel !== null) {
    const label = `Used in ${travel.where} ${travel.isBefore ? 'before' : 'after'} the signal`
    reasons.splice(2, 0, { kind: 'event', ref: travel.uuid, label, at: travel.at.toISOString() })
  }
  if (event === null) return reasons
  return [
    ...reasons.slice(0, 10),
    { kind: 'event' as const, ref: event.uuid, label: 'The event that is compared', at: firstSeen.toISOString() },
  ]
}

function missingOf(facts: LegitimacyFacts, isDeviceNamed: boolean): string[] {
  const { current, event, window, factor, isTokenUse } = facts
  const days = daysOf(window)
  return [
    days < 90 ? `The history begins on ${phraseDay(window.from)}: ${phraseCount(days, 'day')} and not 90.` : null,
    event === null ? 'The event itself is not stored any more.' : null,
    event !== null && !isDeviceNamed ? 'The event names no device.' : null,
    current.asNumber === null
      ? 'The event names no network, so neither history nor colleagues can be compared on it.'
      : null,
    current.country === null ? 'The event names no country.' : null,
    factor === null && !isTokenUse ? 'No stored event says with which factor was signed in from this address.' : null,
  ].filter((sentence) => sentence !== null)
}
