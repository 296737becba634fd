// Step 1: what feeds and Okta say about the address, at the event, when it fired and now.
import type { FeedListing } from '@/lib/intel/model'
import { STEPS, type Listing, type SearchWindow, type AnswerState } from '../model'
import { phraseCount, phraseList, phraseWindow } from './phrase'
import { presentWindow } from './present-event'

export interface IntelFacts {
  ip: string
  asNumber: number | null
  asOrg: string | null
  country: string | null
  firstSeen: Date
  /** When the signal was opened. */
  firedAt: Date
  now: Date
  feeds: readonly FeedListing[]
  neighbours: { range: string; entries: number }
  okta: { events: number; threatSuspected: number; proxy: number; threatInsight: number }
  window: SearchWindow
  gaps: readonly string[]
}

/** The step with its sentence. */
export function answerIntel(facts: IntelFacts) {
  const { ip, asNumber, asOrg, country, neighbours, okta, window } = facts
  const feeds = facts.feeds.map((feed) => presentFeed(feed, facts)).sort(byWeight)
  const missing = [...facts.gaps]
  const unread = feeds.filter(({ atEvent }) => atEvent === 'unknown').map(({ feedName }) => feedName)
  if (unread.length > 0) missing.push(`Not read by the time of the event: ${phraseList(unread)}.`)
  if (feeds.length === 0) missing.push('No feed of threat intelligence is set up.')
  missing.push("Okta's own tunnel and service categories are in the raw events only.")
  const state: AnswerState = feeds.length > 0 ? 'answered' : 'unknown'
  return {
    step: 1 as const,
    question: STEPS[0].question,
    sentence: phraseIntel(facts, feeds),
    state,
    window: presentWindow(window),
    missing,
    ip,
    asNumber,
    asOrg,
    country,
    feeds,
    isTorAtEvent: wasTor(facts.feeds, feeds),
    neighbours,
    okta,
  }
}

function phraseIntel(facts: IntelFacts, feeds: readonly FeedFacts[]): string {
  if (feeds.length === 0) return `No feed is stored that could say anything about ${facts.ip}.`
  const count = (when: 'atEvent' | 'whenFired' | 'now') => feeds.filter((feed) => feed[when] === 'listed').length
  const known = feeds.filter(({ atEvent }) => atEvent !== 'unknown').length
  const atEvent =
    known === 0
      ? `No feed had been read by the time of the event; ${facts.ip} was listed`
      : `${facts.ip} was listed by ${count('atEvent')} of ${phraseCount(known, 'feed')} read by the time of the event,`
  const listed = `${atEvent} by ${count('whenFired')} of ${feeds.length} when the signal fired, and is by ${count('now')} of ${feeds.length} now`
  const tor = wasTor(facts.feeds, feeds) === true ? '; it was a Tor exit at the event' : ''
  const { events, threatSuspected, threatInsight } = facts.okta
  if (events === 0) return `${listed}${tor}. No events from it are stored ${phraseWindow(facts.window)}.`
  const marks = threatSuspected + threatInsight
  const okta = marks > 0 ? `Okta suspected a threat in ${marks} of` : 'Okta marked no threat on'
  return `${listed}${tor}. ${okta} its ${phraseCount(events, 'stored event')}.`
}

/** Null where no feed of Tor exits had been read by then and none listed it. */
function wasTor(listings: readonly FeedListing[], feeds: readonly FeedFacts[]): boolean | null {
  const isListed = feeds.some(({ atEvent, categories }) => atEvent === 'listed' && categories.includes('tor'))
  if (isListed) return true
  const torFeeds = listings.filter(({ category }) => category === 'tor').map(({ feedId }) => feedId)
  const isAnswered = feeds.some(({ feedId, atEvent }) => torFeeds.includes(feedId) && atEvent !== 'unknown')
  return isAnswered ? false : null
}

type FeedFacts = ReturnType<typeof presentFeed>

function presentFeed(feed: FeedListing, { firstSeen, firedAt, now }: IntelFacts) {
  const isLive = feed.ranges.some(({ knownTo }) => knownTo === null)
  const nowListing: Listing = isLive
    ? 'listed'
    : feed.firstReadAt === null || feed.firstReadAt > now
      ? 'unknown'
      : 'not_listed'
  const { feedId, feedName, ranges } = feed
  const live = ranges.filter(({ knownTo }) => knownTo === null)
  const told = live.length > 0 ? live : ranges
  const ends = ranges.map(({ knownTo }) => knownTo?.getTime() ?? Infinity)
  return {
    feedId,
    feedName,
    atEvent: listingAt(feed, firstSeen, 'valid'),
    whenFired: listingAt(feed, firedAt, 'known'),
    now: nowListing,
    categories: [...new Set(told.map(({ category }) => category))],
    intents: [...new Set(told.map(({ intent }) => intent))],
    confidence: told.length > 0 ? Math.max(...told.map(({ confidence }) => confidence)) : null,
    ranges: [...new Set(told.map(({ range }) => range))],
    firstListed: earliest(ranges.map(({ validFrom }) => validFrom))?.toISOString() ?? null,
    lastListed: live.length > 0 || ends.length === 0 ? null : new Date(Math.max(...ends)).toISOString(),
  }
}

/** By validity: did the feed list it then? By knowledge: did we know? Before the first reading nobody can tell. */
function listingAt(feed: FeedListing, at: Date, clock: 'valid' | 'known'): Listing {
  const isListed = feed.ranges.some((range) => {
    const from = clock === 'valid' ? range.validFrom : range.knownFrom
    const to = clock === 'valid' ? range.validTo : range.knownTo
    return from <= at && (to === null || to > at)
  })
  if (isListed) return 'listed'
  return feed.firstReadAt === null || feed.firstReadAt > at ? 'unknown' : 'not_listed'
}

function earliest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null)
}

/** Feeds that ever listed the address first, then by name. */
function byWeight(a: FeedFacts, b: FeedFacts): number {
  const weight = (feed: FeedFacts): number => (feed.firstListed === null ? 1 : 0)
  return weight(a) - weight(b) || (a.feedName < b.feedName ? -1 : 1)
}
