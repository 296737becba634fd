// Format `list`: one address or CIDR a line, as Tor, FireHOL, X4BNet, blocklist.de and many others publish. Also netset files.
import { intentOf, type FeedDefaults, type FeedEntry, type LineOutcome } from '../model'
import { parseAddress } from './parse-address'

const SKIPPED: LineOutcome = { status: 'skipped' }

/**
 * Reads one line. `#` and `;` begin a comment anywhere; what follows the address after a blank, tab or comma is not looked at
 * (counts and names of other lists).
 */
export function parseListLine(line: string, defaults: FeedDefaults): LineOutcome {
  const comment = line.search(/[#;]/)
  const text = (comment === -1 ? line : line.slice(0, comment)).trim()
  if (text === '') return SKIPPED
  const outcome = parseAddress(/^[^\s,]+/.exec(text)?.[0] ?? text)
  if (outcome.status === 'rejected') return outcome
  return { status: 'entry', entry: listEntry(outcome.range, defaults) }
}

function listEntry(range: string, { category, intent, confidence }: FeedDefaults): FeedEntry {
  return { range, category, intent: intentOf(category, intent), confidence, source: null, validFrom: null, validTo: null }
}
