// Faults that tests ask for: which strike a request, and what they make of its answer.
import { FAULT_KINDS, FEED_FAULTS, type Fault, type FaultKind } from '../model'
import { insufficientScope } from './authenticate'
import { json, oauthError, oktaError, type Answer } from './answer'
import type { LogsPage } from './logs-endpoint'

type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>

/** Faults that alter a page of the log rather than replace the answer; they wait for a page that they can alter. */
const PAGE_FAULTS: readonly FaultKind[] = ['duplicate_event', 'malformed_events', 'foreign_next', 'missing_next']
const TOKEN_FAULTS: readonly FaultKind[] = ['invalid_client', 'new_nonce']

interface ActiveFault {
  fault: Fault
  path: string
  left: number
}

export class Faults {
  /** Requests struck so far. */
  struck = 0
  private active: ActiveFault[] = []

  add(faults: readonly Fault[]): void {
    for (const fault of faults) {
      this.active.push({ fault, path: fault.path ?? defaultPath(fault.kind), left: fault.times ?? Infinity })
    }
  }

  clear(): void {
    this.active = []
  }

  list(): { kind: FaultKind; path: string; left: number | null }[] {
    return this.active.map(({ fault, path, left }) => ({
      kind: fault.kind,
      path,
      left: Number.isFinite(left) ? left : null,
    }))
  }

  /** The first active fault of the kinds that strikes the path, used up by one. */
  take<K extends FaultKind>(path: string, ...kinds: K[]): FaultOf<K> | null {
    const found = this.active.find(
      (entry) => path.startsWith(entry.path) && (kinds as FaultKind[]).includes(entry.fault.kind),
    )
    if (!found) return null
    this.struck++
    found.left--
    if (found.left <= 0) this.active = this.active.filter((entry) => entry !== found)
    return found.fault as FaultOf<K>
  }

  /** Alters a page of the log. */
  alterPage(path: string, page: LogsPage): LogsPage {
    let altered = page
    if (page.texts.length > 0) {
      if (this.take(path, 'duplicate_event')) altered = { ...altered, texts: [page.texts[0]!, ...altered.texts] }
      const malformed = this.take(path, 'malformed_events')
      if (malformed) altered = { ...altered, texts: spoil(altered.texts, malformed.count ?? 3) }
    }
    if (altered.nextUrl !== null) {
      const foreign = this.take(path, 'foreign_next')
      if (foreign)
        altered = { ...altered, nextUrl: moveTo(altered.nextUrl, foreign.origin ?? 'https://elsewhere.example.org') }
      else if (this.take(path, 'missing_next')) altered = { ...altered, nextUrl: null }
    }
    return altered
  }
}

/** Faults as somebody sent them, or why they are not. */
export function readFaults(value: unknown): { status: 'ok'; faults: Fault[] } | { status: 'invalid'; reason: string } {
  if (!Array.isArray(value)) return { status: 'invalid', reason: 'faults: a list is wanted' }
  for (const fault of value as { kind?: unknown; milliseconds?: unknown }[]) {
    const kind = fault?.kind
    if (!FAULT_KINDS.some((known) => known === kind)) {
      return {
        status: 'invalid',
        reason: `faults: unknown kind ${JSON.stringify(kind)}; known are ${FAULT_KINDS.join(', ')}`,
      }
    }
    if (kind === 'slow' && typeof fault.milliseconds !== 'number')
      return { status: 'invalid', reason: 'slow: milliseconds is wanted' }
  }
  return { status: 'ok', faults: value as Fault[] }
}

/** The answer that a fault gives instead of the endpoint's. @param now ms since 1970 */
export function faultAnswer(fault: Fault, now: number): Answer | null {
  switch (fault.kind) {
    case 'rate_limited':
      return oktaError('E0000047', undefined, limitHeaders(60, Math.ceil(now / 1000) + (fault.resetSeconds ?? 2)))
    case 'concurrency_limited':
      return oktaError('E0000047', undefined, limitHeaders(0, Math.ceil(now / 1000) + 60))
    case 'unauthorized':
      return oktaError('E0000011')
    case 'forbidden':
      return oktaError('E0000006')
    case 'insufficient_scope':
      return insufficientScope('okta.logs.read')
    case 'not_found':
      return oktaError('E0000007')
    case 'server_error':
      return oktaError('E0000009')
    case 'cursor_rejected':
      return oktaError('E0000031', 'after: unknown cursor')
    case 'unavailable':
      return html(503, 'Service temporarily unavailable')
    case 'html':
      return html(200, 'Please sign in')
    case 'redirect':
      return { status: 302, headers: { location: fault.location ?? 'https://elsewhere.example.org/' }, body: '' }
    case 'invalid_client':
      return oauthError(401, 'invalid_client', 'Client authentication failed.')
    default:
      return null
  }
}

/** Kinds whose answer {@link faultAnswer} gives. */
export const ANSWER_FAULTS = [
  'rate_limited',
  'concurrency_limited',
  'unauthorized',
  'forbidden',
  'insufficient_scope',
  'not_found',
  'server_error',
  'unavailable',
  'html',
  'redirect',
  'invalid_client',
] as const

function defaultPath(kind: FaultKind): string {
  if ((FEED_FAULTS as readonly FaultKind[]).includes(kind)) return '/feeds/'
  if (TOKEN_FAULTS.includes(kind)) return '/oauth2/'
  return PAGE_FAULTS.includes(kind) || kind === 'cursor_rejected' ? '/api/v1/logs' : '/api/'
}

function limitHeaders(limit: number, resetAtSeconds: number): Record<string, string> {
  return {
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': '0',
    'x-rate-limit-reset': String(resetAtSeconds),
  }
}

function html(status: number, text: string): Answer {
  const body = `<!DOCTYPE html><html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`
  return { status, headers: { 'content-type': 'text/html;charset=utf-8' }, body }
}

/** Spoils the first events of a page in turn: no uuid, no instant, no JSON. The brackets stay balanced. */
function spoil(texts: readonly string[], count: number): string[] {
  return texts.map((text, index) => {
    if (index >= count) return text
    if (index % 3 === 0) return text.replace(/"uuid":"[^"]*"/, '"uuid":null')
    if (index % 3 === 1) return text.replace(/"published":"[^"]*"/, '"published":"redacted"')
    return text.replace('{"actor":', '{"actor" ')
  })
}

function moveTo(url: string, origin: string): string {
  return origin + url.slice(new URL(url).origin.length)
}

export function controlError(reason: string): Answer {
  return json({ error: reason }, 400)
}
