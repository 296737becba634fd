// From the words with which STIX and MISP label things to our categories. Only words whose meaning is clear; all others leave the
// category to the settings of the feed.
import { CATEGORY_INTENT, intentOf, type Category, type Intent } from '../model'
import type { ParserSettings } from './feed-parser'
import { readCategory } from './read-fields'

/** What labels say; `intent` is null where it is that of the category. */
export interface WordsOpinion {
  category: Category
  intent: Intent | null
}

/**
 * Most telling first: an entry has one category, so of several labels the first of this list counts. Those that clear come last, since
 * a label next to a bad one must not clear an address.
 *
 * Vocabularies: STIX 2.1 section 10.9 `indicator-type-ov` and 10.16 `malware-type-ov`; taxonomies `rsit`, `circl:incident-classification`,
 * `ecsirt`, `kill-chain` and `dcso-sift` of MISP.
 */
const WORDS: ReadonlyArray<readonly [Category, readonly string[]]> = [
  ['tor', ['tor', 'tor exit', 'tor exit node', 'tor node', 'is tor exit node']],
  ['residential_proxy', ['residential proxy', 'residential proxies']],
  ['vpn', ['vpn', 'anonymous vpn', 'commercial vpn']],
  ['proxy', ['proxy', 'anonymization', 'anonymisation', 'anonymizer', 'open proxy', 'public proxy']],
  [
    'command_and_control',
    ['command and control', 'c2', 'c&c', 'cnc', 'c2 server', 'c&c server', 'remote access trojan', 'botnet cc'],
  ],
  [
    'brute_force',
    ['brute force', 'bruteforce', 'brute forcing', 'credential stuffing', 'password spraying', 'login attempts'],
  ],
  ['scanner', ['scanner', 'scan', 'scanning', 'port scan', 'reconnaissance']],
  // A machine that somebody else controls.
  ['botnet', ['botnet', 'bot', 'botnet drone', 'zombie', 'compromised', 'compromised host', 'infected system']],
  [
    'malware',
    ['malware', 'malicious code', 'malware distribution', 'trojan', 'ransomware', 'worm', 'dropper', 'downloader'],
  ],
  ['spam', ['spam', 'spammer']],
  ['hosting', ['hosting', 'datacenter', 'data center']],
  ['malicious', ['malicious', 'malicious activity', 'phishing', 'exploit', 'exploits', 'apt']],
  ['bogon', ['bogon']],
  ['private_relay', ['private relay', 'icloud private relay']],
  ['crawler', ['crawler', 'search engine']],
  ['benign', ['benign', 'allowlist', 'whitelist', 'false positive']],
]

const RANKS = new Map(
  WORDS.flatMap(([category, words], rank) => words.map((word) => [word, { category, rank }] as const)),
)

/**
 * What some labels say, or null. Words of the feed's own options go before ours. Blanks, hyphens and underscores are alike; of a machine
 * tag (`rsit:intrusion-attempts="brute-force"`) the value counts, of one without a value the last part.
 *
 * A clearing wins over every list that flags, so no label of somebody else clears an address: only a feed that is set to clear does, or
 * a word of its options. (The `benign` of STIX even means what may be part of an attack.) Elsewhere such an entry means nothing.
 */
export function opinionOfWords(labels: readonly string[], settings: ParserSettings): WordsOpinion | null {
  let best: { category: Category; rank: number } | null = null
  for (const label of labels) {
    const own = isNamed(label, settings) ? readCategory(label, settings) : null
    if (own !== null) return { category: own, intent: null }
    const found = RANKS.get(normalise(label))
    if (found && (best === null || found.rank < best.rank)) best = found
  }
  if (best === null) return null
  const isCleared = CATEGORY_INTENT[best.category] === 'benign'
  const mayClear = intentOf(settings.category, settings.intent) === 'benign'
  return { category: best.category, intent: isCleared && !mayClear ? 'unknown' : null }
}

function isNamed(label: string, { options }: ParserSettings): boolean {
  return Object.keys(options.categories ?? {}).some((theirs) => theirs.toLowerCase() === label.toLowerCase())
}

function normalise(label: string): string {
  const value = /="([^"]*)"$/.exec(label)?.[1] ?? label.slice(label.lastIndexOf(':') + 1)
  return value
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
}
