// One event of a MISP feed. Only attributes that MISP marks as fit for detection (`to_ids`) are opinions; the others are context.
import type { FeedEntry, LineOutcome, RejectedLine } from '../model'
import { opinionOfWords, type WordsOpinion } from './category-of-words'
import type { ParserSettings } from './feed-parser'
import { asObject, jsonText } from './json-path'
import { addressOf, isAddressType } from './misp-address'
import { parseAddress } from './parse-address'
import { cleanSource, readFields } from './read-fields'

/**
 * The entries of an event: of its own attributes and of those inside its objects. Deleted ones are none. Tags of an attribute name its
 * category, else those of the event; the event's text is the source.
 */
export function parseMispEvent(value: unknown, settings: ParserSettings): LineOutcome {
  const event = asObject(asObject(value)?.Event)
  if (event === null) return { status: 'rejected', reason: 'malformed_json' }
  const entries: FeedEntry[] = []
  const rejected: Array<Pick<RejectedLine, 'reason' | 'text'>> = []
  const own = { opinion: opinionOfWords(tagsOf(event), settings), source: cleanSource(text(event.info)) }
  for (const attribute of attributesOf(event)) {
    const outcome = readAttribute(attribute, own, settings)
    if (outcome.status === 'entry') entries.push(outcome.entry)
    else if (outcome.status === 'rejected') rejected.push({ reason: outcome.reason, text: attributeText(attribute) })
  }
  return entries.length + rejected.length === 0 ? { status: 'skipped' } : { status: 'entries', entries, rejected }
}

type Json = Readonly<Record<string, unknown>>

function attributesOf(event: Json): Json[] {
  const objects = objectsOf(event.Object).filter((object) => !isTrue(object.deleted))
  return [event, ...objects].flatMap((parent) => objectsOf(parent.Attribute))
}

/** What an event says of all its attributes. Found once, for it may have as many tags as attributes. */
interface EventFields {
  opinion: WordsOpinion | null
  source: string | null
}

function readAttribute(attribute: Json, event: EventFields, settings: ParserSettings): LineOutcome {
  const isWanted = isAddressType(attribute.type) && isTrue(attribute.to_ids) && !isTrue(attribute.deleted)
  if (!isWanted) return { status: 'skipped' }
  const outcome = parseAddress(typeof attribute.value === 'string' ? addressOf(attribute.type, attribute.value) : '')
  if (outcome.status === 'rejected') return outcome
  const opinion = opinionOfWords(tagsOf(attribute), settings) ?? event.opinion
  const validFrom = text(attribute.first_seen) ?? text(attribute.timestamp)
  const fields = readFields({ ...opinion, source: event.source, validFrom }, settings)
  return fields.status === 'rejected' ? fields : { status: 'entry', entry: { range: outcome.range, ...fields.fields } }
}

function tagsOf(parent: Json): string[] {
  return objectsOf(parent.Tag).flatMap(({ name }) => (typeof name === 'string' ? [name] : []))
}

function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(asObject).filter((item) => item !== null) : []
}

/** Exports write booleans as such, older ones as 0 and 1 or as text. */
function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true'
}

/** Zero and empty stand for no time. */
function text(value: unknown): string | null {
  const plain = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return plain === '' || plain === '0' ? null : plain
}

function attributeText({ type, value }: Json): string {
  return `${type as string} ${typeof value === 'string' ? value : jsonText(value)}`
}
