// The part of Okta's filter language that pollers and investigators use: comparisons joined by `and` and `or`.
import type { Json, JsonObject } from '../model'

export type EventFilter = (event: JsonObject) => boolean

export type FilterOutcome =
  { status: 'ok'; accepts: EventFilter } | { status: 'unsupported_field' } | { status: 'invalid' }

const TERM = /^([A-Za-z_.]+)\s+(?:(pr)|(eq|ne|sw|ew|co)\s+("(?:[^"\\]|\\.)*"|true|false|\d+))$/i

/** Reads a filter such as `actor.id eq "00u…" and eventType sw "user.mfa."`; `and` binds tighter, there are no brackets. */
export function parseFilter(text: string): FilterOutcome {
  const alternatives: EventFilter[][] = []
  for (const alternative of splitOutsideQuotes(text, 'or')) {
    const terms: EventFilter[] = []
    for (const part of splitOutsideQuotes(alternative, 'and')) {
      const term = parseTerm(part.trim())
      if (term.status !== 'ok') return term
      terms.push(term.accepts)
    }
    alternatives.push(terms)
  }
  return { status: 'ok', accepts: (event) => alternatives.some((terms) => terms.every((accepts) => accepts(event))) }
}

function parseTerm(text: string): FilterOutcome {
  const match = TERM.exec(text)
  if (!match) return { status: 'invalid' }
  const path = match[1]!.split('.')
  const operator = (match[2] ?? match[3])!.toLowerCase()
  if (path[0] === 'published') return { status: 'unsupported_field' }
  if (operator === 'co' && /^(url|requestUri)$/.test(path.at(-1)!)) return { status: 'unsupported_field' }
  const wanted = (match[4] ?? '').replace(/^"|"$/g, '').replace(/\\(.)/g, '$1')
  return { status: 'ok', accepts: (event) => compare(valuesAt(event, path), operator, wanted) }
}

function compare(values: string[], operator: string, wanted: string): boolean {
  switch (operator) {
    case 'pr':
      return values.length > 0
    case 'ne':
      return values.every((value) => value !== wanted)
    case 'sw':
      return values.some((value) => value.startsWith(wanted))
    case 'ew':
      return values.some((value) => value.endsWith(wanted))
    case 'co':
      return values.some((value) => value.includes(wanted))
    default:
      return values.some((value) => value === wanted)
  }
}

/** Values that the path leads to; through lists it leads to many, `target.id` for one. */
function valuesAt(value: Json | undefined, path: string[]): string[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path))
  const [key, ...rest] = path
  if (key === undefined) return typeof value === 'object' ? [] : [String(value)]
  return typeof value === 'object' ? valuesAt(value[key], rest) : []
}

function splitOutsideQuotes(text: string, word: 'and' | 'or'): string[] {
  const parts: string[] = []
  let current = ''
  for (const piece of text.split(/("(?:[^"\\]|\\.)*")/)) {
    if (piece.startsWith('"')) {
      current += piece
      continue
    }
    const pieces = piece.split(new RegExp(`\\s+${word}\\s+`, 'i'))
    current += pieces[0]
    for (const next of pieces.slice(1)) {
      parts.push(current)
      current = next
    }
  }
  return [...parts, current]
}

export type KeywordOutcome = { status: 'ok'; accepts: (text: string) => boolean } | { status: 'invalid' }

/** Reads `q`: at most ten keywords of at most forty characters, all of which must occur, whatever their case. */
export function parseKeywords(q: string): KeywordOutcome {
  const keywords = q.toLowerCase().split(/\s+/).filter(Boolean)
  if (keywords.length > 10 || keywords.some((keyword) => keyword.length > 40)) return { status: 'invalid' }
  return {
    status: 'ok',
    accepts: (text) => {
      const lower = text.toLowerCase()
      return keywords.every((keyword) => lower.includes(keyword))
    },
  }
}
