// The answer of step 1 in words, and the facts that somebody may pin for it.
import type { Category } from '@/lib/intel/model'
import { serviceWords } from '@/lib/okta/core/read-okta-services'
import { CATEGORY_WORDS } from '@/lib/signals/core/describe-signal'
import { plainText } from '@/lib/kernel/plain-text'
import type { EvidenceRef } from '@/lib/signals/model'
import type { FeedFacts } from '../contract/steps'
import type { Answer, SearchWindow } from '../model'
import type { JudgedFeed, OktaOpinion, When } from './judge-feed'
import { phraseCount, phraseList, phraseWindow } from './phrase'

const MAX_NAME = 60

interface DescribedIntel {
  ip: string
  judged: readonly JudgedFeed[]
  threats: readonly JudgedFeed[]
  counts: { feeds: number; atEvent: number; whenFired: number; now: number; notKnown: number }
  isTorAtEvent: boolean | null
  okta: OktaOpinion
  answer: Answer
  window: SearchWindow
}

/** E.g. `A Tor exit at that moment; 3 of 6 feeds listed it at the event, 4 of 6 list it now. Okta suspected a threat in 5 of its 5 stored events.` */
export function describeIntel(facts: DescribedIntel): string {
  return [listings(facts), clearing(facts), oktaWords(facts)].filter((part) => part !== '').join(' ')
}

function listings({ ip, judged, threats, counts, isTorAtEvent }: DescribedIntel): string {
  const { feeds, atEvent, now, notKnown } = counts
  const tor = isTorAtEvent === true ? 'a Tor exit at that moment' : ''
  if (feeds === 0) return sentence([tor, `no feed is switched on that could say anything about ${ip}`])
  const of = `of ${phraseCount(feeds, 'feed')}`
  const unsure = notKnown > 0 ? ` (${notKnown} could not tell)` : ''
  const known = feeds - notKnown
  const then =
    atEvent > 0
      ? `${atEvent} ${of} listed it at the event${unsure}`
      : known === 0
        ? 'no feed had been read by the time of the event'
        : known === feeds
          ? feeds === 1
            ? 'the only feed did not list it at the event'
            : `none ${of} listed it at the event`
          : 'no feed that had been read by the event listed it'
  const silent = threats.filter(({ facts }) => facts.now === 'unknown').length
  const isCountedAtEvent = judged.some(({ counted }) => counted.atEvent)
  const what = isTorAtEvent === true ? '' : atEvent > 0 ? asWhat(threats, 'atEvent') : ''
  return sentence([tor, what, then, isCountedAtEvent || tor ? '' : learnedLater(judged), phraseNow(now, feeds, silent)])
}

/** E.g. `2 of 6 feeds list it now`; those that could not be read lately are not counted as silent. */
function phraseNow(now: number, feeds: number, unread: number): string {
  const unsure = unread > 0 ? ` (${unread} could not be read lately)` : ''
  if (now > 0) return `${now} of ${phraseCount(feeds, 'feed')} ${now > 1 ? 'list' : 'lists'} it now${unsure}`
  if (unread === feeds) return 'no feed could be read lately'
  if (unread > 0) return `no feed that could be read lists it now${unsure}`
  return feeds === 1 ? 'the only feed does not list it now' : `none of ${phraseCount(feeds, 'feed')} lists it now`
}

/** The name of a feed in a sentence. */
export function feedNameOf({ feedName }: Pick<FeedFacts, 'feedName'>): string {
  return plainText(feedName, MAX_NAME)
}

/** E.g. `Attack sources named it a malicious address when the signal fired`; empty where no feed did that counts. */
function learnedLater(judged: readonly JudgedFeed[]): string {
  const when = (['whenFired', 'now'] as const).find((instant) => judged.some(({ counted }) => counted[instant]))
  if (when === undefined) return ''
  const feeds = judged.filter(({ counted }) => counted[when])
  const names = phraseList(feeds.map(({ facts }) => feedNameOf(facts)))
  const place = placeOf(feeds.flatMap(({ facts }) => facts.categories))
  return when === 'whenFired' ? `${names} named it ${place} when the signal fired` : `${names} named it ${place} since`
}

/** E.g. `known as a brute-force source`. */
function asWhat(threats: readonly JudgedFeed[], when: When): string {
  const counted = threats.filter((feed) => feed.counted[when])
  const feeds = counted.length > 0 ? counted : listing(threats, when)
  const place = placeOf(feeds.flatMap(({ facts }) => facts.categories))
  return counted.length > 0 ? `known as ${place}` : `listed only as ${place}, which the policy does not count`
}

function placeOf(categories: readonly Category[]): string {
  const category = (Object.keys(CATEGORY_WORDS) as Category[]).find((word) => categories.includes(word))
  return category === undefined ? 'a flagged address' : CATEGORY_WORDS[category].place
}

function clearing({ judged }: DescribedIntel): string {
  const names = judged
    .filter(({ isEnabled, cleared }) => isEnabled && (cleared.atEvent || cleared.now))
    .map(({ facts }) => feedNameOf(facts))
  if (names.length === 0) return ''
  return `${phraseList(names)} ${names.length === 1 ? 'calls' : 'call'} it benign, which wins.`
}

function oktaWords({ okta, window }: DescribedIntel): string {
  const { events, marked, isCut, services } = okta
  const words = serviceWords(services).map((word) => plainText(word, MAX_NAME))
  const called = words.length > 0 ? `Okta calls it ${phraseList(words)}` : ''
  if (events === 0) return called ? `${called}.` : `No events from it are stored ${phraseWindow(window)}.`
  const stored = `${isCut ? 'newest ' : ''}${events === 1 ? 'stored event' : `${events.toLocaleString('en-US')} stored events`}`
  if (marked > 0)
    return `${called ? `${called} and` : 'Okta'} suspected a threat in ${phraseMarked(marked, events, stored)}.`
  return called ? `${called}, and marked no threat.` : `Okta marked no threat on its ${stored}.`
}

function phraseMarked(marked: number, events: number, stored: string): string {
  return events === 1 ? `its ${stored}` : `${marked.toLocaleString('en-US')} of its ${stored}`
}

function listing(threats: readonly JudgedFeed[], when: When): JudgedFeed[] {
  return threats.filter(({ facts }) => facts[when] === 'listed')
}

function sentence(parts: readonly string[]): string {
  const text = parts.filter((part) => part !== '').join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** Listings that count first, those of the event before later ones; then Okta's own mark, then the address. */
export function intelEvidence(
  { ip, judged, isTorAtEvent, okta }: DescribedIntel,
  firstSeen: Date,
): Array<Omit<EvidenceRef, 'step'>> {
  const whens: Array<[When, string]> = [
    ['atEvent', 'at the event'],
    ['whenFired', 'when the signal fired'],
    ['now', 'now'],
  ]
  const listed = whens.flatMap(([when, words]) =>
    judged
      .filter((feed) => feed.counted[when] || feed.cleared[when])
      .map(({ facts }) => ({
        kind: 'listing' as const,
        ref: facts.feedId,
        label: `${feedNameOf(facts)} ${when === 'now' ? 'lists' : 'listed'} ${ip} as ${placesOf(facts.categories)} ${words}`,
        at: facts.firstListed,
      })),
  )
  const { deciding } = okta
  const isMarked = deciding !== null && (deciding.isThreatSuspected || isTorAtEvent === true)
  const marked = isMarked
    ? [
        {
          kind: 'event' as const,
          ref: deciding.uuid,
          label: deciding.isThreatSuspected ? 'Okta suspected a threat in this event' : `Used from ${ip}`,
          at: firstSeen.toISOString(),
        },
      ]
    : []
  return [...listed, ...marked, { kind: 'address', ref: ip, label: `Address ${ip}`, at: null }]
}

function placesOf(categories: readonly Category[]): string {
  return phraseList(categories.map((category) => CATEGORY_WORDS[category].place))
}
