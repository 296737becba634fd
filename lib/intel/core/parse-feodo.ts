// Format `feodo`: the blocklist of Feodo Tracker (abuse.ch), servers that command botnets. Nearly empty is normal.
import type { FeedParser, ParserSettings } from './feed-parser'
import { createCsvParser, type CsvDialect } from './parse-csv'

const DIALECT: CsvDialect = {
  header: 'first_seen_utc,dst_ip,dst_port,c2_status,last_online,malware',
  fields: (cell) => ({ validFrom: cell('first_seen_utc'), source: cell('malware') }),
}

/** A parser for one content: valid since it was first seen; the source is the family of malware. */
export function createFeodoParser(settings: ParserSettings): FeedParser {
  const options = { ...settings.options, columns: { address: 'dst_ip' } }
  return createCsvParser({ ...settings, options }, DIALECT)
}
