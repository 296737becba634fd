// Format `misp_csv`: attributes as MISP exports them to CSV.
import type { FeedParser, ParserSettings } from './feed-parser'
import { createCsvParser, type CsvDialect } from './parse-csv'

const HEADER = 'uuid,event_id,category,type,value,comment,to_ids,date'

/** Types of attributes with an address, and which part of the value it is. */
const ADDRESS_PART: Readonly<Record<string, number>> = {
  'ip-src': 0,
  'ip-dst': 0,
  'ip-src|port': 0,
  'ip-dst|port': 0,
  'domain|ip': 1,
}

const DIALECT: CsvDialect = {
  header: HEADER,
  // Attributes that are not for detection are context, e.g. the address of a victim.
  isWanted: (cell) => Object.hasOwn(ADDRESS_PART, cell('type')) && !/^(?:0|false)$/i.test(cell('to_ids')),
  address: (cell) => (cell('value').split('|')[ADDRESS_PART[cell('type')] ?? 0] ?? '').trim(),
  fields: (cell) => ({
    source: cell('comment') || (cell('event_id') && `MISP event ${cell('event_id')}`),
    validFrom: cell('date'),
  }),
}

/**
 * A parser for one content. The category is that of the feed, because MISP's own say where an attribute was found. The source is the
 * comment, else the event.
 */
export function createMispCsvParser(settings: ParserSettings): FeedParser {
  const options = { ...settings.options, columns: { address: 'value' } }
  return createCsvParser({ ...settings, options }, DIALECT)
}
