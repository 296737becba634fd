// How likely a legitimate VPN or privacy tool is: the sum of its reasons, what it suggests, and what would change it.
import type { Likelihood } from '../contract/steps'
import { scoreOf, weighVpn, type VpnFacts } from './weigh-vpn'

/** From this score on a legitimate reason is suggested, and from its opposite on that there is none. */
const THRESHOLD = 30
const SHOWN = 4

export type Leaning = 'benign' | 'malicious' | 'undecided'

/** What a score suggests by itself. */
export function leaningOf(score: number): Leaning {
  if (score >= THRESHOLD) return 'benign'
  return score <= -THRESHOLD ? 'malicious' : 'undecided'
}

/** E.g. `+30`, `−58`, `0`. */
export function phraseScore(score: number): string {
  return score > 0 ? `+${score}` : score < 0 ? `−${-score}` : '0'
}

/** One fact that could turn out otherwise, and the facts if it did. Null where it already is so, or cannot be. */
type Change = (facts: VpnFacts) => { words: string; facts: VpnFacts } | null

const CHANGES: readonly Change[] = [
  (facts) => {
    const { device } = facts
    if (device.usualNetworks.length > 0 || facts.token !== null) return null
    const known = { ...device, namedBy: 'registered', isManaged: true, usualNetworks: ['their usual network'] } as const
    return {
      words: 'Were it a managed device that they use elsewhere',
      facts: { ...facts, device: { ...known, firstAt: device.firstAt ?? new Date(0) } },
    }
  },
  (facts) =>
    facts.device.usualNetworks.length === 0
      ? null
      : {
          words: 'Were the device a new one',
          facts: {
            ...facts,
            device: { namedBy: 'cookie', isManaged: false, firstAt: null, usualNetworks: [] },
          },
        },
  (facts) =>
    facts.network === null || facts.network.days > 0
      ? null
      : {
          words: 'Had they used this network on three days before',
          facts: { ...facts, network: { ...facts.network, days: 3 } },
        },
  (facts) =>
    facts.factor?.isPhishingResistant || facts.token !== null
      ? null
      : {
          words: 'Had they signed in with a factor that resists phishing',
          facts: { ...facts, factor: { name: 'a passkey', isPhishingResistant: true } },
        },
  (facts) =>
    facts.factor?.isPhishingResistant
      ? { words: 'Without the factor that resists phishing', facts: { ...facts, factor: null } }
      : null,
  (facts) =>
    facts.maliciousFeeds.length === 0
      ? null
      : { words: 'Did no feed call the address malicious', facts: { ...facts, maliciousFeeds: [] } },
  (facts) =>
    facts.operator !== null
      ? null
      : {
          words: 'Were the address known as that of a VPN operator',
          facts: { ...facts, operator: { name: 'one', source: 'Okta', kind: 'vpn' } },
        },
  (facts) =>
    facts.token === null || facts.token.isKnownPlace
      ? null
      : {
          words: 'Had the token been used from here before',
          facts: { ...facts, token: { ...facts.token, isKnownPlace: true } },
        },
  (facts) =>
    facts.suppressions.length > 0
      ? null
      : { words: 'Did a suppression say that it is expected', facts: { ...facts, suppressions: ['one'] } },
]

/** The likelihood with its reasons. Changes that would turn what it suggests come first, then the largest. */
export function judgeVpn(facts: VpnFacts): Likelihood {
  const contributions = weighVpn(facts)
  const score = scoreOf(contributions)
  const changes = CHANGES.flatMap((change) => {
    const changed = change(facts)
    if (changed === null) return []
    const to = scoreOf(weighVpn(changed.facts))
    return to === score ? [] : [{ words: changed.words, to, turns: leaningOf(to) !== leaningOf(score) }]
  })
  changes.sort((a, b) => Number(b.turns) - Number(a.turns) || Math.abs(b.to - score) - Math.abs(a.to - score))
  return {
    score,
    contributions,
    wouldChange: changes.slice(0, SHOWN).map(({ words, to, turns }) => {
      const still = turns ? '' : 'still '
      return `${words}: ${phraseScore(to)} (${phraseScore(to - score)}), which ${still}${SUGGESTS[leaningOf(to)]}.`
    }),
  }
}

const SUGGESTS: Readonly<Record<Leaning, string>> = {
  benign: 'suggests a legitimate reason',
  malicious: 'suggests no legitimate reason',
  undecided: 'suggests neither',
}
