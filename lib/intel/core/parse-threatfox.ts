// Format `threatfox`: CSV exports of ThreatFox (abuse.ch). Its header stands in a comment, and cells follow a comma and a blank.
import type { Category } from '../model'
import type { FeedParser, ParserSettings } from './feed-parser'
import { createCsvParser, type CsvDialect } from './parse-csv'
import { readCategory } from './read-fields'

const HEADER =
  'first_seen_utc,ioc_id,ioc_value,ioc_type,threat_type,fk_malware,malware_alias,malware_printable,last_seen_utc,' +
  'confidence_level,is_compromised,reference,tags,anonymous,reporter'

/** Their kinds of threat; an unknown kind has the category of the feed. */
const CATEGORY_OF: Readonly<Record<string, Category>> = {
  botnet_cc: 'command_and_control',
  payload_delivery: 'malware',
  payload: 'malware',
  cc_skimming: 'malware',
}

/** A parser for one content. Only `ip:port` is an address; hashes, names and URLs are skipped. The source is the family of malware. */
export function createThreatfoxParser(settings: ParserSettings): FeedParser {
  const categoryOf = (threat: string): Category =>
    readCategory(threat, settings) ??
    (Object.hasOwn(CATEGORY_OF, threat) ? CATEGORY_OF[threat] : undefined) ??
    settings.category
  const dialect: CsvDialect = {
    header: HEADER,
    isWanted: (cell) => cell('ioc_type') === 'ip:port',
    fields: (cell) => ({
      category: categoryOf(cell('threat_type')),
      confidence: cell('confidence_level'),
      source: cell('malware_printable'),
      validFrom: cell('first_seen_utc'),
    }),
  }
  const options = { ...settings.options, columns: { address: 'ioc_value' } }
  return createCsvParser({ ...settings, options }, dialect)
}
