// Format `asn_drop`: ASN-DROP of Spamhaus, JSON Lines of autonomous systems with a trailer of metadata; the older text form is read too.
import type { LineOutcome } from '../model'
import type { FeedParser, ParserSettings } from './feed-parser'
import { asObject, parseJson, scalarText } from './json-path'
import { parseAsNumber } from './parse-as-number'
import { MAX_JSON_LINE } from './parse-json'
import { cleanSource, defaultFields } from './read-fields'

const SKIPPED: LineOutcome = { status: 'skipped' }

/** A parser for lines such as `{"asn":64500,"domain":"example.com","asname":"EXAMPLE"}`; the source is name and domain. */
export function createAsnDropParser(settings: ParserSettings): FeedParser {
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
  const asn = scalarText(record?.asn)
  if (asn === null) return { status: 'rejected', reason: 'malformed_json' }
  const names = [scalarText(record?.asname), scalarText(record?.domain)].filter((name) => name !== null)
  return entry(asn, names.join(', '), settings)
}

function readText(text: string, settings: ParserSettings): LineOutcome {
  const [asn = '', name] = text.split(/[;#]/)
  return entry(asn.trim(), name, settings)
}

function entry(asn: string, name: string | undefined, settings: ParserSettings): LineOutcome {
  const outcome = parseAsNumber(asn)
  if (outcome.status === 'rejected') return outcome
  const fields = { ...defaultFields(settings), source: cleanSource(name) }
  return { status: 'entry', entry: { range: outcome.range, ...fields } }
}
