// Format `tor_exit_addresses`: https://check.torproject.org/exit-addresses, a record of lines for each relay, with the addresses that
// were really seen leaving it.
import type { LineOutcome } from '../model'
import type { FeedParser, ParserSettings } from './feed-parser'
import { parseAddress } from './parse-address'
import { parseTime } from './parse-time'
import { defaultFields } from './read-fields'

const SKIPPED: LineOutcome = { status: 'skipped' }
const FINGERPRINT = /^[0-9A-F]{40}$/i
/** Lines that carry no address; `@type` and `Downloaded` stand before records in archived copies. */
const OTHER_KEYWORDS: ReadonlySet<string> = new Set(['Published', 'LastStatus', '@type', 'Downloaded'])

/**
 * A parser for one content. The time of an `ExitAddress` (UTC) is when the exit was seen using it, and begins the entry; it has no end
 * of its own, because an address leaves the list 48 hours after it was last seen. The source is the fingerprint of the relay.
 */
export function createTorExitAddressesParser(settings: ParserSettings): FeedParser {
  let fingerprint: string | null = null
  const readExit = ([address = '', day = '', time = '']: string[]): LineOutcome => {
    const outcome = parseAddress(address)
    if (outcome.status === 'rejected') return outcome
    const validFrom = parseTime(`${day} ${time}`.trim())
    if (validFrom === null) return { status: 'rejected', reason: 'invalid_time' }
    const entry = { ...defaultFields(settings), range: outcome.range, source: fingerprint, validFrom }
    return { status: 'entry', entry }
  }
  return {
    reads: 'lines',
    parse(line) {
      const [keyword = '', ...values] = line.trim().split(/\s+/)
      if (keyword === 'ExitAddress') return readExit(values)
      if (keyword === 'ExitNode') {
        fingerprint = FINGERPRINT.test(values[0] ?? '') ? values[0]!.toUpperCase() : null
        return SKIPPED
      }
      const isKnown = keyword === '' || keyword.startsWith('#') || OTHER_KEYWORDS.has(keyword)
      return isKnown ? SKIPPED : { status: 'rejected', reason: 'malformed_address' }
    },
  }
}
