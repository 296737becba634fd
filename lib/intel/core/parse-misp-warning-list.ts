// Format `misp_warning_list`: lists of https://github.com/MISP/misp-warninglists, known networks that are not to be taken for bad ones.
import type { DocumentItem, FeedParser, ParserSettings } from './feed-parser'
import { asObject, jsonText, parseJson, scalarText } from './json-path'
import { parseAddress } from './parse-address'
import { cleanSource, defaultFields } from './read-fields'

/** A parser for a list of the type `cidr`; the source is its name. Lists of other values are refused. */
export function createMispWarningListParser(settings: ParserSettings): FeedParser {
  return {
    reads: 'text',
    parse(content) {
      const outcome = parseJson(content)
      const document = outcome.status === 'ok' ? asObject(outcome.value) : null
      if (document === null || !Array.isArray(document.list)) {
        return { status: 'unusable', message: 'The content is not a warning list of MISP: it has no list.' }
      }
      if (document.type !== 'cidr') {
        const type = scalarText(document.type)?.slice(0, 40) ?? 'unknown'
        const message = `This warning list is of the type ${type}; only lists of the type cidr hold addresses.`
        return { status: 'unusable', message }
      }
      const source = cleanSource(scalarText(document.name))
      return { status: 'read', items: readList(document.list, { ...settings, source }) }
    },
  }
}

function* readList(list: unknown[], { source, ...settings }: ParserSettings & { source: string | null }) {
  const fields = { ...defaultFields(settings), source }
  for (const value of list) yield readValue(value, fields)
}

function readValue(value: unknown, fields: ReturnType<typeof defaultFields>): DocumentItem {
  const text = typeof value === 'string' ? value.trim() : jsonText(value)
  const outcome = parseAddress(text)
  if (outcome.status === 'rejected') return { outcome, text }
  return { outcome: { status: 'entry', entry: { range: outcome.range, ...fields } }, text }
}
