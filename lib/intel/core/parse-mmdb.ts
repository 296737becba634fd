// Format `mmdb_anonymous`: MaxMind's Anonymous IP and Anonymous Plus databases. Each flag of a network is an entry of its own.
import type { Category, LineOutcome, RejectReason } from '../model'
import type { DocumentItem, DocumentOutcome, FeedParser, ParserSettings } from './feed-parser'
import { asObject } from './json-path'
import { openMmdb } from './open-mmdb'
import { parseAddress } from './parse-address'
import { readFields, type EntryFields } from './read-fields'

/** https://dev.maxmind.com/geoip/docs/databases/anonymous-ip; a flag is there only when it is true. */
const FLAGS: ReadonlyArray<readonly [string, Category]> = [
  ['is_tor_exit_node', 'tor'],
  ['is_anonymous_vpn', 'vpn'],
  ['is_residential_proxy', 'residential_proxy'],
  ['is_public_proxy', 'proxy'],
  ['is_hosting_provider', 'hosting'],
]

/** A parser for one database. It is read whole before anything of it is taken, so that a damaged one is refused whole. */
export function createMmdbParser(settings: ParserSettings): FeedParser & { reads: 'bytes' } {
  return { reads: 'bytes', parse: (content) => parseDatabase(content, settings) }
}

function parseDatabase(content: Uint8Array, settings: ParserSettings): DocumentOutcome {
  const opened = openMmdb(content)
  if (opened.status === 'unusable') return opened
  const readRecord = createRecordReader(settings)
  const items: DocumentItem[] = []
  for (const network of opened.database.networks()) {
    if (network === null) return { status: 'unusable', message: 'The database is damaged.' }
    const opinions = readRecord(network.record)
    if (opinions.status === 'none') continue
    items.push({ outcome: readNetwork(network.range, opinions), text: network.range })
  }
  if (items.length > 0) return { status: 'read', items }
  const message = `The database (${opened.database.type.slice(0, 100)}) says of no network that it anonymises. Is it another database?`
  return { status: 'unusable', message }
}

/** What a record says, whatever its networks are. */
type Opinions =
  { status: 'none' } | { status: 'some'; fields: EntryFields[] } | { status: 'rejected'; reason: RejectReason }

function readNetwork(range: string, opinions: Exclude<Opinions, { status: 'none' }>): LineOutcome {
  const address = parseAddress(range)
  if (address.status === 'rejected') return address
  if (opinions.status === 'rejected') return opinions
  return { status: 'entries', entries: opinions.fields.map((fields) => ({ range: address.range, ...fields })) }
}

/** Thousands of networks share a record, so each is read once. */
function createRecordReader(settings: ParserSettings): (record: unknown) => Opinions {
  const known = new WeakMap<object, Opinions>()
  return (record) => {
    const flags = asObject(record)
    if (flags === null) return { status: 'none' }
    let opinions = known.get(flags)
    if (opinions === undefined) known.set(flags, (opinions = readFlags(flags, settings)))
    return opinions
  }
}

function readFlags(flags: Readonly<Record<string, unknown>>, settings: ParserSettings): Opinions {
  const categories = FLAGS.flatMap(([flag, category]) => (flags[flag] === true ? [category] : []))
  // Anonymous in a way that has no flag of its own.
  if (categories.length === 0 && flags.is_anonymous === true) categories.push('proxy')
  if (categories.length === 0) return { status: 'none' }
  const { anonymizer_confidence: confidence, provider_name: provider } = flags
  const said = {
    confidence: typeof confidence === 'number' ? String(confidence) : null,
    source: typeof provider === 'string' ? provider : null,
  }
  const fields: EntryFields[] = []
  for (const category of categories) {
    const outcome = readFields({ category, ...said }, settings)
    if (outcome.status === 'rejected') return outcome
    fields.push(outcome.fields)
  }
  return { status: 'some', fields }
}
