// Format `misp_csv`: attributes as MISP exports them to CSV.
import type { FeedParser, ParserSettings } from './feed-parser'
import { addressOf, isAddressType } from './misp-address'
import { createCsvParser, type CsvDialect } from './parse-csv'

const HEADER = 'uuid,event_id,category,type,value,comment,to_ids,date'

const DIALECT: CsvDialect = {
  header: HEADER,
  // Attributes that are not for detection are context, e.g. the address of a victim.
  isWanted: (cell) => isAddressType(cell('type')) && !/^(?:0|false)$/i.test(cell('to_ids')),
  address: (cell) => addressOf(cell('type'), cell('value')),
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
