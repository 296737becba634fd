// Format `onionoo`: details documents of https://onionoo.torproject.org, one object a Tor relay.
import type { DocumentItem, FeedParser, ParserSettings } from './feed-parser'
import { asObject, jsonText, parseJson, readPath, scalarText } from './json-path'
import { parseAddress } from './parse-address'
import { cleanSource, defaultFields } from './read-fields'

/**
 * A parser for a document. Exits are the `exit_addresses` of any relay (seen in the last 24 hours) and, because those miss quiet
 * ones, the `or_addresses` of relays with the flag Exit. Addresses of other relays are no exits: nobody signs in from them.
 */
export function createOnionooParser(settings: ParserSettings): FeedParser {
  return {
    reads: 'text',
    parse(content) {
      const outcome = parseJson(content)
      const relays = outcome.status === 'ok' ? asObject(outcome.value)?.relays : undefined
      if (!Array.isArray(relays)) {
        return { status: 'unusable', message: 'The content is not a details document of Onionoo: it has no relays.' }
      }
      return { status: 'read', items: readRelays(relays, settings) }
    },
  }
}

function* readRelays(relays: unknown[], settings: ParserSettings): Generator<DocumentItem> {
  for (const relay of relays) {
    if (asObject(relay) === null) {
      yield { outcome: { status: 'rejected', reason: 'malformed_json' }, text: jsonText(relay) }
      continue
    }
    const isExit = readPath(relay, 'flags.*').includes('Exit')
    const addresses = [...readPath(relay, 'exit_addresses.*'), ...(isExit ? readPath(relay, 'or_addresses.*') : [])]
    const source = scalarText(readPath(relay, 'nickname')[0]) ?? scalarText(readPath(relay, 'fingerprint')[0])
    yield* readAddresses(addresses, { ...defaultFields(settings), source: cleanSource(source) })
  }
}

/** Both lists repeat each other since protocol 6.0, so an address counts once a relay. */
function readAddresses(addresses: unknown[], fields: ReturnType<typeof defaultFields>): DocumentItem[] {
  const seen = new Set<string>()
  return addresses.flatMap((address): DocumentItem[] => {
    const text = scalarText(address) ?? ''
    const outcome = parseAddress(text)
    if (outcome.status === 'rejected') return [{ outcome, text }]
    if (seen.has(outcome.range)) return []
    seen.add(outcome.range)
    return [{ outcome: { status: 'entry', entry: { range: outcome.range, ...fields } }, text }]
  })
}
