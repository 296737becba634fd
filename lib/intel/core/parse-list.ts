// Format `list`: one address or CIDR a line, as Tor, FireHOL, X4BNet, blocklist.de and many others publish. Also netset files.
import type { Category, LineOutcome } from '../model'
import type { ParserSettings } from './feed-parser'
import { parseAddress } from './parse-address'
import { defaultFields } from './read-fields'

const SKIPPED: LineOutcome = { status: 'skipped' }

/**
 * Reads one line. `#` and `;` begin a comment anywhere; what follows the address after a blank, tab or comma is not looked at
 * (counts and names of other lists). Where the options have words for categories, a comment that begins with one gives the
 * category (AlienVault: `192.0.2.1 # Scanning Host NL,,52.4,4.9`).
 */
export function parseListLine(line: string, settings: ParserSettings): LineOutcome {
  const comment = line.search(/[#;]/)
  const text = (comment === -1 ? line : line.slice(0, comment)).trim()
  if (text === '') return SKIPPED
  const outcome = parseAddress(/^[^\s,]+/.exec(text)?.[0] ?? text)
  if (outcome.status === 'rejected') return outcome
  const category = comment === -1 ? undefined : commentCategory(line.slice(comment + 1), settings)
  return { status: 'entry', entry: { range: outcome.range, ...defaultFields(settings, category) } }
}

function commentCategory(comment: string, { options: { categories } }: ParserSettings): Category | undefined {
  if (categories === undefined) return undefined
  const text = comment.trim().toLowerCase()
  return Object.entries(categories).find(([word]) => text.startsWith(word.toLowerCase()))?.[1]
}
