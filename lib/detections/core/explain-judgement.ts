// Why an event raised a signal or not, and the smallest changes that would flip it (rule, line 18).
// Every flip is found by judging the changed event again, so none can claim what the rule would not do.
import { flaggedMatches } from '@/lib/intel/core/apply-policy'
import { INTENT_POLICIES, type IntelMatch } from '@/lib/intel/model'
import { isPublicIp } from '@/lib/kernel/ip-address'
import { isNoise } from '@/lib/okta/core/event-class'
import { OUTCOME_ALLOW, OUTCOME_SUCCESS } from '@/lib/okta/model'
import {
  CASES,
  type Condition,
  type JudgedEvent,
  type Judgement,
  type RuleCase,
  type RuleSettings,
  type Severity,
} from '../model'
import { caseOf, judgeEvent } from './judge-event'

/** What the rule is asked about. */
export interface JudgedCase {
  event: JudgedEvent
  matches: readonly IntelMatch[]
  settings: Pick<RuleSettings, 'intentPolicy' | 'isAllowSuccess'>
  /** What hides findings of this event; none where left out. */
  hiders?: readonly Hider[]
}

/** Something that may hide what an event raises, e.g. a suppression. */
export interface Hider {
  reference: string
  covers: (event: JudgedEvent, ruleCase: RuleCase) => boolean
}

export interface ExplainedJudgement {
  judgement: Judgement
  /** The first condition that failed, which is the reason; null where all passed. */
  firstFailed: Condition | null
  /** The smallest changes that give another outcome, e.g. `HIGH if an API token id were present`. */
  flips: string[]
  /** What hides the event as it is, by reference. */
  hiddenBy: string[]
}

type Outcome = Severity | 'none'

/** One thing that could be different. `about`: two changes of the same thing exclude each other. */
interface Change {
  about: 'token' | 'type' | 'outcome' | 'address' | 'actor' | 'policy' | 'listing' | 'benign' | 'hider'
  /** Follows "if", e.g. `the outcome were SUCCESS`. */
  words: string
  apply: (judged: JudgedCase) => JudgedCase
}

/** Stands for "some address that could be listed"; never shown. */
const SOME_ADDRESS = '198.51.100.1'

/** Judges a case, and looks for the fewest changes at once that give another outcome; all of that number are told. */
export function explainJudgement(judged: JudgedCase): ExplainedJudgement {
  const judgement = judgeEvent(judged)
  const outcome = outcomeOf(judged)
  const hiddenBy = coveringOf(judged).map(({ reference }) => reference)
  const firstFailed = judgement.conditions.find(({ passed }) => !passed) ?? null
  const changes = changesOf(judged, outcome)
  for (let size = 1; size <= changes.length; size++) {
    const flips = combinations(changes, size).flatMap((chosen) => {
      const after = outcomeOf(chosen.reduce((state, change) => change.apply(state), judged))
      return after === outcome ? [] : [`${OUTCOME_WORDS[after]} if ${chosen.map(({ words }) => words).join(' and ')}`]
    })
    if (flips.length > 0) return { judgement, firstFailed, flips, hiddenBy }
  }
  return { judgement, firstFailed, flips: [], hiddenBy }
}

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = { high: 'HIGH', medium: 'MEDIUM', none: 'No signal' }

/** What is seen of it: nothing where it is hidden. */
function outcomeOf(judged: JudgedCase): Outcome {
  const judgement = judgeEvent(judged)
  if (judgement.status === 'none' || coveringOf(judged).length > 0) return 'none'
  return CASES[judgement.finding.ruleCase].severity
}

function coveringOf({ event, hiders = [] }: JudgedCase): Hider[] {
  return hiders.filter(({ covers }) => covers(event, caseOf(event)))
}

/** What may be changed: everything that stands in the way of a signal; of one that was raised, what people would ask about. */
function changesOf(judged: JudgedCase, outcome: Outcome): Change[] {
  const changes = [tokenChange(judged), ...policyChanges(judged), ...listingChanges(judged)]
  return outcome === 'none' ? [...obstacles(judged), ...changes] : changes
}

function tokenChange({ event }: JudgedCase): Change {
  return event.tokenId === null
    ? eventChange('token', 'an API token id were present', { tokenId: '00T' })
    : eventChange('token', 'no API token id were present', { tokenId: null })
}

function policyChanges({ settings }: JudgedCase): Change[] {
  return INTENT_POLICIES.filter((policy) => policy !== settings.intentPolicy).map((intentPolicy) => ({
    about: 'policy',
    words: `the policy were ${intentPolicy}`,
    apply: (state) => ({ ...state, settings: { ...state.settings, intentPolicy } }),
  }))
}

function listingChanges({ matches, settings }: JudgedCase): Change[] {
  const { flagged, isBenignListed } = flaggedMatches(matches, settings.intentPolicy)
  if (flagged.length > 0) return [without(flagged, `${feedNames(flagged)} did not list the address`)]
  const benign = matches.filter(({ hop, intent }) => hop === 0 && intent === 'benign')
  const removal = without(benign, `${feedNames(benign)} did not list the address as benign`)
  const listing: Change = {
    about: 'listing',
    words: 'a feed listed the client address as malicious',
    apply: (state) => ({ ...state, matches: [...state.matches, someMatch(state.event.clientIp ?? SOME_ADDRESS)] }),
  }
  return isBenignListed ? [{ ...removal, about: 'benign' }, listing] : [listing]
}

/** What by itself keeps an event from raising anything. */
function obstacles(judged: JudgedCase): Change[] {
  const { event, settings } = judged
  const { eventType, outcome, clientIp, actorId } = event
  const changes: Change[] = []
  const covering = coveringOf(judged)
  if (covering.length > 0) {
    changes.push({
      about: 'hider',
      words: `${covering.map(({ reference }) => reference).join(' and ')} had not covered it`,
      apply: (state) => ({ ...state, hiders: state.hiders?.filter((hider) => !covering.includes(hider)) }),
    })
  }
  if (isNoise(eventType)) {
    changes.push(eventChange('type', 'the event type were not an operational one', { eventType: 'user.session.start' }))
  }
  if (outcome !== OUTCOME_SUCCESS) {
    changes.push(eventChange('outcome', 'the outcome were SUCCESS', { outcome: OUTCOME_SUCCESS }))
  }
  if (outcome === OUTCOME_ALLOW && !settings.isAllowSuccess) {
    const apply = (state: JudgedCase) => ({ ...state, settings: { ...state.settings, isAllowSuccess: true } })
    changes.push({ about: 'outcome', words: 'ALLOW counted for API activity', apply })
  }
  if (clientIp === null || !isPublicIp(clientIp)) {
    changes.push(eventChange('address', 'the client address were a public one', { clientIp: SOME_ADDRESS }))
  }
  if (actorId === null) changes.push(eventChange('actor', 'the event named an actor', { actorId: 'somebody' }))
  return changes
}

function eventChange(about: Change['about'], words: string, change: Partial<JudgedEvent>): Change {
  return { about, words, apply: (state) => ({ ...state, event: { ...state.event, ...change } }) }
}

function without(left: readonly IntelMatch[], words: string): Change {
  return {
    about: 'listing',
    words,
    apply: (state) => ({ ...state, matches: state.matches.filter((match) => !left.includes(match)) }),
  }
}

/** A listing that every policy counts. */
function someMatch(ip: string): IntelMatch {
  return {
    ...{ indicatorId: 0, feedId: '', feedName: '', range: ip, category: 'malicious', intent: 'malicious' },
    ...{ confidence: 100, source: null, validFrom: '', knownFrom: '', ip, hop: 0 },
  }
}

function feedNames(matches: readonly IntelMatch[]): string {
  return [...new Set(matches.map(({ feedName }) => feedName))].sort().join(' and ')
}

/** Every choice of `size` changes of different things, in order. */
function combinations(changes: readonly Change[], size: number): Change[][] {
  if (size === 0) return [[]]
  return changes.flatMap((change, index) =>
    combinations(
      changes.slice(index + 1).filter(({ about }) => about !== change.about),
      size - 1,
    ).map((rest) => [change, ...rest]),
  )
}
