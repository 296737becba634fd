// What indicators say besides their id and range, in columns: entries of a feed share opinions, but where a feed gives each entry its own
// instants there is one for each, and objects would take six times the memory.
import { INTENTS, type Category, type Indicator } from '../model'

/** What an indicator says besides its id and range; the name of its feed is kept with the feed. Many entries share one. */
export type Opinion = Omit<Indicator, 'id' | 'range' | 'feedName'>

export interface OpinionTable {
  readonly count: number
  /** Remembers an opinion and returns its number. */
  add(opinion: Opinion): number
  get(number: number): Opinion
  feedIdOf(number: number): string
}

/** Instants of an opinion: valid from, valid to, known from. */
const INSTANTS = 3

/** An empty table. */
export function createOpinionTable(): OpinionTable {
  const texts = createDictionary()
  let count = 0
  let feeds = new Uint32Array(16)
  let categories = new Uint32Array(16)
  let sources = new Uint32Array(16)
  let judgements = new Uint16Array(16)
  let instants = new Float64Array(16 * INSTANTS)
  const grow = (): void => {
    feeds = enlarge(feeds, new Uint32Array(count * 2))
    categories = enlarge(categories, new Uint32Array(count * 2))
    sources = enlarge(sources, new Uint32Array(count * 2))
    judgements = enlarge(judgements, new Uint16Array(count * 2))
    instants = enlarge(instants, new Float64Array(count * 2 * INSTANTS))
  }
  return {
    get count() {
      return count
    },
    add({ feedId, category, intent, confidence, source, validFrom, validTo, knownFrom }) {
      if (count === feeds.length) grow()
      feeds[count] = texts.numberOf(feedId)
      categories[count] = texts.numberOf(category)
      sources[count] = source === null ? 0 : texts.numberOf(source)
      judgements[count] = INTENTS.indexOf(intent) * 256 + confidence
      instants[count * INSTANTS] = validFrom.getTime()
      instants[count * INSTANTS + 1] = validTo === null ? Infinity : validTo.getTime()
      instants[count * INSTANTS + 2] = knownFrom.getTime()
      return count++
    },
    get(number) {
      const validTo = instants[number * INSTANTS + 1]!
      const source = sources[number]!
      return {
        feedId: texts.textOf(feeds[number]!),
        category: texts.textOf(categories[number]!) as Category, // `add` took it from an opinion
        intent: INTENTS[judgements[number]! >> 8]!,
        confidence: judgements[number]! & 255,
        source: source === 0 ? null : texts.textOf(source),
        validFrom: new Date(instants[number * INSTANTS]!),
        validTo: validTo === Infinity ? null : new Date(validTo),
        knownFrom: new Date(instants[number * INSTANTS + 2]!),
      }
    },
    feedIdOf: (number) => texts.textOf(feeds[number]!),
  }
}

/** Texts with numbers from 1. */
function createDictionary() {
  const texts = ['']
  const numbers = new Map<string, number>()
  return {
    numberOf(text: string): number {
      let number = numbers.get(text)
      if (number === undefined) numbers.set(text, (number = texts.push(text) - 1))
      return number
    },
    textOf: (number: number): string => texts[number]!,
  }
}

/** Copies a column into a larger one. */
export function enlarge<Column extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  from: Column,
  to: Column,
): Column {
  to.set(from)
  return to
}
