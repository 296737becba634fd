// Format `spamhaus_drop`: DROP and DROPv6 of Spamhaus, JSON Lines with a trailer of metadata; the older text form is read too.
import type { LineOutcome } from '../model'
import type { FeedParser, ParserSettings } from './feed-parser'
import { asObject, parseJson, scalarText } from './json-path'
import { parseAddress } from './parse-address'
import { MAX_JSON_LINE } from './parse-json'
import { cleanSource, defaultFields } from './read-fields'

const SKIPPED: LineOutcome = { status: 'skipped' }

/** A parser for lines such as `{"cidr":"192.0.2.0/24","sblid":"SBL1"}` or `192.0.2.0/24 ; SBL1`; the source is the id of the listing. */
export function createSpamhausDropParser(settings: ParserSettings): FeedParser {
  return {
    reads: 'lines',
    longestLine: MAX_JSON_LINE,
    parse(line) {
      const text = line.trim()
      if (text === '' || /^[#;]/.test(text)) return SKIPPED
      return text.startsWith('{') ? readObject(text, settings) : readText(text, settings)
    },
  }
}

function readObject(text: string, settings: ParserSettings): LineOutcome {
  const outcome = parseJson(text)
  const record = outcome.status === 'ok' ? asObject(outcome.value) : null
  if (record?.type === 'metadata') return SKIPPED
  const cidr = scalarText(record?.cidr)
  return cidr === null
    ? { status: 'rejected', reason: 'malformed_json' }
    : entry(cidr, scalarText(record?.sblid), settings)
}

function readText(text: string, settings: ParserSettings): LineOutcome {
  const [cidr = '', listing] = text.split(/[;#]/)
  return entry(cidr.trim(), listing, settings)
}

function entry(cidr: string, listing: string | null | undefined, settings: ParserSettings): LineOutcome {
  const outcome = parseAddress(cidr)
  if (outcome.status === 'rejected') return outcome
  const fields = { ...defaultFields(settings), source: cleanSource(listing) }
  return { status: 'entry', entry: { range: outcome.range, ...fields } }
}
