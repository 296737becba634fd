// Step 1: whether the address was known to be bad at the event, when the signal fired and now, what Okta thinks of it, and where it is.
// Invariant: a feed that could not tell is never counted as one that did not list it.
import type { Category } from '@/lib/intel/model'
import { serviceWords } from '@/lib/okta/core/read-okta-services'
import type { Coverage } from '@/lib/okta/model'
import type { SearchWindow } from '../model'
import { composeAnswer } from './compose-answer'
import { describeIntel, feedNameOf, intelEvidence } from './describe-intel'
import {
  judgeFeed,
  type IntelFeed,
  type JudgedFeed,
  type JudgedInstants,
  type OktaOpinion,
  type When,
} from './judge-feed'
import { nameNetworkType, networkTypeOf, serviceType } from './network-type'
import { phraseInstant, phraseList } from './phrase'
import { weighIntel } from './weigh-intel'

const ASSESSMENT = { id: 'ip_intelligence', version: 1 }

export interface IntelFacts extends JudgedInstants {
  ip: string
  asNumber: number | null
  asOrg: string | null
  country: string | null
  feeds: readonly IntelFeed[]
  neighbours: { range: string; entries: number } | null
  okta: OktaOpinion
  window: SearchWindow
  coverage: Coverage
}

/** The step with its answer. */
export function assessIntel(facts: IntelFacts) {
  const { ip, asNumber, asOrg, country, neighbours, okta, window } = facts
  const judged = facts.feeds.map((feed) => judgeFeed(feed, facts)).sort(byWeight)
  const shown = judged.filter(({ isEnabled, facts: { firstListed } }) => isEnabled || firstListed !== null)
  const threats = judged.filter(({ role, isEnabled }) => role === 'threat' && isEnabled)
  const counts = countListings(threats)
  const isTorAtEvent = judgeTor(judged, okta)
  const weighed = weighIntel({ judged, threats, isTorAtEvent, okta })
  const coverage = coverageOf(threats, facts)
  const networkType = networkTypeOf(categoriesAtEvent(judged), okta.deciding?.services ?? okta.services)
  const described = { ip, judged, threats, counts, isTorAtEvent, okta, answer: weighed.answer, window }
  const head = composeAnswer({
    step: 1,
    assessment: ASSESSMENT,
    ...weighed,
    sentence: describeIntel(described),
    evidence: intelEvidence(described, facts.firstSeen),
    window,
    coverage,
    missing: missingOf(threats, facts),
  })
  return {
    step: 1 as const,
    ...head,
    ...{ ip, asNumber, asOrg, country, counts, isTorAtEvent, neighbours },
    networkType: networkType && nameNetworkType(networkType),
    feeds: shown.map((feed) => feed.facts),
    okta: {
      events: okta.events,
      threatSuspected: okta.threatSuspected,
      proxy: okta.proxy,
      threatInsight: okta.threatInsight,
      services: serviceWords(okta.services),
    },
  }
}

/** Feeds that ever listed the address first, then by name. */
function byWeight(a: JudgedFeed, b: JudgedFeed): number {
  const weight = ({ facts: { firstListed: first } }: JudgedFeed): number => (first === null ? 1 : 0)
  return weight(a) - weight(b) || (a.facts.feedName < b.facts.feedName ? -1 : 1)
}

function countListings(threats: readonly JudgedFeed[]) {
  const listed = (when: When) => threats.filter(({ facts }) => facts[when] === 'listed').length
  return {
    feeds: threats.length,
    atEvent: listed('atEvent'),
    whenFired: listed('whenFired'),
    now: listed('now'),
    notKnown: threats.filter(({ facts }) => facts.atEvent === 'unknown').length,
  }
}

/** Null where no feed of Tor exits had been read by then, none listed it, and Okta did not say so in the event itself. */
function judgeTor(judged: readonly JudgedFeed[], { deciding }: OktaOpinion): boolean | null {
  if (judged.some(({ wasTorAtEvent }) => wasTorAtEvent)) return true
  if (deciding?.services.some((service) => serviceType(service) === 'tor')) return true
  const asked = judged.filter(({ isTorFeed, isEnabled }) => isTorFeed && isEnabled)
  return asked.some(({ facts }) => facts.atEvent === 'not_listed') ? false : null
}

function categoriesAtEvent(judged: readonly JudgedFeed[]): Category[] {
  return judged
    .filter(({ facts }) => facts.atEvent === 'listed' || facts.whenFired === 'listed')
    .flatMap(({ facts }) => facts.categories)
}

/** The sources of this step are its feeds: each that could not tell is a gap, at the event up to when it was read first, or now. */
function coverageOf(threats: readonly JudgedFeed[], { firstSeen, firedAt, now, coverage }: IntelFacts): Coverage {
  const then = threats
    .filter(({ facts }) => facts.atEvent === 'unknown')
    .map(({ facts, firstReadAt }) => {
      const name = feedNameOf(facts)
      const isLater = firstReadAt !== null && firstReadAt > firstSeen
      const reason = isLater
        ? `${name} was read first on ${phraseInstant(firstReadAt)}.`
        : `${name} had not been read at the time of the event.`
      return { from: firstSeen, to: isLater ? firstReadAt : firedAt, reason }
    })
  const today = threats
    .filter(({ facts }) => facts.now === 'unknown')
    .map(({ facts }) => ({ from: now, to: now, reason: `${feedNameOf(facts)} could not be read lately.` }))
  const gaps = [...then, ...today]
  return { isComplete: coverage.isComplete && gaps.length === 0, gaps: [...gaps, ...coverage.gaps] }
}

function missingOf(threats: readonly JudgedFeed[], { asNumber, okta }: IntelFacts): string[] {
  const names = (when: When) =>
    threats.filter(({ facts }) => facts[when] === 'unknown').map(({ facts }) => feedNameOf(facts))
  const [atEvent, now] = [names('atEvent'), names('now')]
  return [
    threats.length === 0 ? 'No feed of threat intelligence is switched on.' : null,
    atEvent.length > 0 ? `What ${phraseList(atEvent)} said at the event is not known.` : null,
    now.length > 0 ? `What ${phraseList(now)} would say now is not known.` : null,
    asNumber === null ? 'Nothing names the network of the address.' : null,
    okta.isCut ? `Only the newest ${okta.events} events of the address were looked at for the opinion of Okta.` : null,
  ].filter((sentence) => sentence !== null)
}
