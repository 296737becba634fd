// Format `ipsum`: https://github.com/stamparm/ipsum, an address and the number of lists that name it.
import type { LineOutcome } from '../model'
import type { FeedParser, ParserSettings } from './feed-parser'
import { parseAddress } from './parse-address'
import { defaultFields } from './read-fields'

const SKIPPED: LineOutcome = { status: 'skipped' }
/** One list alone names four of five addresses and nearly all Tor exits; three agree on one in eight. */
const DEFAULT_MIN_SCORE = 3
/** No address was ever on more than ten lists, so ten are full confidence. */
const FULL_SCORE = 10

/**
 * A parser for lines `address<TAB>count`. The confidence is ten for each list, at most 100. Addresses below `options.minScore` are
 * skipped. Lines without a count (`levels/*.txt`, where all have the same least count) get the confidence of the feed.
 */
export function createIpsumParser(settings: ParserSettings): FeedParser {
  const minScore = settings.options.minScore ?? DEFAULT_MIN_SCORE
  return {
    reads: 'lines',
    parse(line) {
      const [address = '', score] = line.replace(/#.*/, '').trim().split(/\s+/)
      if (address === '') return SKIPPED
      const outcome = parseAddress(address)
      if (outcome.status === 'rejected') return outcome
      const fields = defaultFields(settings)
      if (score === undefined) return { status: 'entry', entry: { range: outcome.range, ...fields } }
      if (!/^[1-9]\d{0,5}$/.test(score)) return { status: 'rejected', reason: 'invalid_confidence' }
      if (Number(score) < minScore) return SKIPPED
      const confidence = Math.round((100 * Math.min(Number(score), FULL_SCORE)) / FULL_SCORE)
      return { status: 'entry', entry: { range: outcome.range, ...fields, confidence } }
    },
  }
}
