// How strongly what is known of an address speaks for malicious use, and whether that answers the question at all.
import type { Answer, Weight } from '../model'
import type { JudgedFeed, OktaOpinion, When } from './judge-feed'

/** Below it one feed alone makes nothing likely. */
const SOLID_CONFIDENCE = 50
const LEVELS: readonly Weight[] = ['none', 'possible', 'likely', 'confirmed']

interface WeighedFacts {
  judged: readonly JudgedFeed[]
  /** Feeds of threats that are switched on. */
  threats: readonly JudgedFeed[]
  isTorAtEvent: boolean | null
  okta: OktaOpinion
}

/**
 * A list of good addresses that covers it wins. Else bad at the event is worth most: confirmed for a Tor exit or for two opinions that agree
 * (Okta's is one), likely for one solid feed. Learned only later it is worth one word less, because an address changes hands.
 */
export function weighIntel(facts: WeighedFacts): { answer: Answer; weight: Weight; speaksForBenign: boolean } {
  const { judged, threats, isTorAtEvent, okta } = facts
  const isCleared = judged.some(({ isEnabled, cleared }) => isEnabled && (cleared.atEvent || cleared.now))
  if (isCleared) return { answer: 'no', weight: 'none', speaksForBenign: true }
  const counted = (when: When) => judged.filter((feed) => feed.counted[when])
  if (isTorAtEvent === true) return { answer: 'yes', weight: 'confirmed', speaksForBenign: false }
  const atEvent = counted('atEvent')
  if (atEvent.length > 0) return yes(levelOf(atEvent, okta))
  const later = [...new Set([...counted('whenFired'), ...counted('now')])]
  if (later.length > 0) return yes(Math.max(1, levelOf(later, okta) - 1))
  const isUnknown =
    threats.length === 0 || threats.some(({ facts: { atEvent: then, now } }) => [then, now].includes('unknown'))
  const isListed = threats.some(({ facts: { atEvent: then, now } }) => then === 'listed' || now === 'listed')
  const weight = isListed || suspects(okta) ? 'possible' : 'none'
  return { answer: isUnknown ? 'cannot_tell' : 'no', weight, speaksForBenign: false }
}

function yes(level: number) {
  return { answer: 'yes' as const, weight: LEVELS[level]!, speaksForBenign: false }
}

function levelOf(feeds: readonly JudgedFeed[], okta: OktaOpinion): number {
  const votes = feeds.length + (suspects(okta) ? 1 : 0)
  if (votes > 1) return 3
  return feeds.some(({ facts }) => (facts.confidence ?? 0) >= SOLID_CONFIDENCE) ? 2 : 1
}

/** Whether Okta suspected a threat in the event itself, or reported the address as one. */
function suspects({ deciding, threatInsight }: OktaOpinion): boolean {
  return deciding?.isThreatSuspected === true || threatInsight > 0
}
