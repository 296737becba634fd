// One feed about one address at the three instants that matter: the event, the alert, and now.
import { isCounted } from '@/lib/intel/core/apply-policy'
import type { DayState } from '@/lib/intel/core/judge-day'
import { opinionsAt } from '@/lib/intel/core/opinions-at'
import { roleOf } from '@/lib/intel/core/role-of-feed'
import type { Category, FeedFormat, FeedRole, Intent, IntentPolicy, ListedRange } from '@/lib/intel/model'
import type { OktaService } from '@/lib/okta/core/read-okta-services'
import type { FeedFacts } from '../contract/steps'
import type { Listing } from '../model'

/** One feed with every entry that ever named the address or its network, and its state at the three instants. */
export interface IntelFeed {
  feedId: string
  feedName: string
  format: FeedFormat
  category: Category
  intent: Intent | null
  isEnabled: boolean
  firstReadAt: Date | null
  entries: ReadonlyArray<ListedRange & { isEndLate: boolean }>
  states: { atEvent: DayState; whenFired: DayState; now: DayState }
}

/** What Okta itself thinks of the address, over its newest stored events of the window. */
export interface OktaOpinion {
  events: number
  threatSuspected: number
  proxy: number
  threatInsight: number
  /** Events with either mark of a threat: one may have both. */
  marked: number
  /** True where older events of the window were not looked at. */
  isCut: boolean
  services: readonly OktaService[]
  /** The event that decided the case: its id, whether Okta suspected a threat in it, and what it called the service. */
  deciding: { uuid: string; isThreatSuspected: boolean; services: readonly OktaService[] } | null
}

export type When = 'atEvent' | 'whenFired' | 'now'

/** A feed as it spoke at the three instants. */
export interface JudgedFeed {
  facts: FeedFacts
  role: FeedRole
  isEnabled: boolean
  isTorFeed: boolean
  firstReadAt: Date | null
  /** Whether what it said then counts under the policy. */
  counted: Record<When, boolean>
  /** Whether it called the address benign then, which wins over every other opinion. */
  cleared: Record<When, boolean>
  wasTorAtEvent: boolean
}

export interface JudgedInstants {
  firstSeen: Date
  /** When the signal was opened. */
  firedAt: Date
  now: Date
  policy: IntentPolicy
}

/** What a feed said by its own dates at the event, as we knew it when the signal fired, and now. */
export function judgeFeed(feed: IntelFeed, { firstSeen, firedAt, now, policy }: JudgedInstants): JudgedFeed {
  const { feedId, feedName, entries, states, isEnabled, firstReadAt } = feed
  const held = {
    atEvent: opinionsAt(entries, { validAt: firstSeen, knownAt: now }),
    whenFired: opinionsAt(entries, { validAt: firedAt, knownAt: firedAt }),
    now: isEnabled ? opinionsAt(entries, { validAt: now, knownAt: now }) : [],
  }
  // What it says is told by the entries of the event, else by the nearest there are.
  const told = [held.atEvent, held.whenFired, held.now, entries].find((list) => list.length > 0) ?? []
  const listing = (when: When): Listing =>
    held[when].length > 0 ? 'listed' : isKnown(states[when], isEnabled, when) ? 'not_listed' : 'unknown'
  const whens = <Value>(of: (when: When) => Value) => ({
    atEvent: of('atEvent'),
    whenFired: of('whenFired'),
    now: of('now'),
  })
  return {
    facts: {
      ...{ feedId, feedName },
      ...whens(listing),
      categories: [...new Set(told.map(({ category }) => category))],
      intents: [...new Set(told.map(({ intent }) => intent))],
      confidence: told.length > 0 ? Math.max(...told.map(({ confidence }) => confidence)) : null,
      ranges: [...new Set(told.map(({ range }) => range))].slice(0, 20),
      firstListed: firstListed(entries),
      lastListed: held.now.length > 0 ? null : lastListed(entries, now),
    },
    ...{ role: roleOf(feed), isEnabled, firstReadAt, isTorFeed: feed.category === 'tor' },
    counted: whens((when) => held[when].some((entry) => isCounted(entry, policy))),
    cleared: whens((when) => held[when].some(({ intent }) => intent === 'benign')),
    wasTorAtEvent: held.atEvent.some(({ category }) => category === 'tor'),
  }
}

function isKnown(state: DayState, isEnabled: boolean, when: When): boolean {
  if (!isEnabled && when === 'now') return false
  return state !== 'failed' && state !== 'not_fetched'
}

function firstListed(entries: IntelFeed['entries']): string | null {
  const instants = entries.map(({ validFrom }) => validFrom.getTime())
  return instants.length === 0 ? null : new Date(Math.min(...instants)).toISOString()
}

function lastListed(entries: IntelFeed['entries'], now: Date): string | null {
  const ends = entries.map(({ validTo, knownTo }) => Math.min((validTo ?? now).getTime(), (knownTo ?? now).getTime()))
  return ends.length === 0 ? null : new Date(Math.max(...ends)).toISOString()
}
