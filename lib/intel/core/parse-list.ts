// Format `list`: one address or CIDR a line, as Tor, FireHOL, X4BNet, blocklist.de and many others publish. Also netset files.
import type { Category, LineOutcome } from '../model'
import type { ParserSettings } from './feed-parser'
import { parseAddress, parseAddressRange } from './parse-address'
import { defaultFields } from './read-fields'

/** Both ends of a range, with or without blanks around the hyphen. */
const RANGE = /^([\da-f.:]+)[ \t]*-[ \t]*([\da-f]*[.:][\da-f.:]*)(?=[\s,]|$)/i
const SKIPPED: LineOutcome = { status: 'skipped' }

/**
 * Reads one line: an address, a CIDR, or first and last of a range with a hyphen between. `#` and `;` begin a comment anywhere; what
 * follows after a blank, tab or comma is not looked at (counts and names of other lists). Where the options have words for
 * categories, a comment that begins with one gives the category (AlienVault: `192.0.2.1 # Scanning Host NL,,52.4,4.9`).
 */
export function parseListLine(line: string, settings: ParserSettings): LineOutcome {
  const comment = line.search(/[#;]/)
  const text = (comment === -1 ? line : line.slice(0, comment)).trim()
  if (text === '') return SKIPPED
  const category = comment === -1 ? undefined : commentCategory(line.slice(comment + 1), settings)
  const fields = defaultFields(settings, category)
  const [, first, last] = (text.includes('-') && RANGE.exec(text)) || []
  if (first !== undefined && last !== undefined) {
    const outcome = parseAddressRange(first, last)
    if (outcome.status === 'rejected') return outcome
    const entries = outcome.ranges.map((range) => ({ range, ...fields }))
    return { status: 'entries', entries, rejected: outcome.rejected }
  }
  // Any other white space, e.g. lone carriage returns, would hide the rest of the lines.
  const outcome = parseAddress(/^[^ \t,]+/.exec(text)?.[0] ?? text)
  return outcome.status === 'rejected' ? outcome : { status: 'entry', entry: { range: outcome.range, ...fields } }
}

function commentCategory(comment: string, { options: { categories } }: ParserSettings): Category | undefined {
  if (categories === undefined) return undefined
  const text = comment.trim().toLowerCase()
  return Object.entries(categories).find(([word]) => text.startsWith(word.toLowerCase()))?.[1]
}
