// What Okta itself calls the tunnel or service behind an address; only the text of an event says so.
import { parseText, valueAt, wordAt } from './event-text'

const SHOWN = 8
const MAX_WORDS = 80

/** One service that Okta recognised, e.g. type `VPN`, operator `ExampleVPN`. */
export interface OktaService {
  type: string | null
  operator: string | null
}

/** The services that an event names, in its order. Text that is no event names none. */
export function oktaServicesOf(raw: string | null): OktaService[] {
  const event = parseText(raw)
  const categories = valueAt(event, 'securityContext', 'ipDetails', 'ipServiceCategories')
  const tunnels = valueAt(event, 'debugContext', 'debugData', 'tunnels')
  // Okta writes tunnels as JSON inside a text.
  const listed = [categories, typeof tunnels === 'string' ? parseText(tunnels) : tunnels]
  return listed
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((service) => ({ type: wordAt(service, 'type'), operator: wordAt(service, 'operator') }))
    .filter(({ type, operator }) => type !== null || operator !== null)
}

/** Words such as `VPN ExampleVPN` or `Tor`, each once, in the order of the events. */
export function readOktaServices(raws: readonly (string | null)[]): string[] {
  return serviceWords(raws.flatMap(oktaServicesOf))
}

/** Services in words, each once, at most eight. */
export function serviceWords(services: readonly OktaService[]): string[] {
  return [...new Set(services.map(wordsOf))].slice(0, SHOWN)
}

function wordsOf({ type, operator }: OktaService): string {
  const isRepeated = type?.toLowerCase() === operator?.toLowerCase()
  return [type, isRepeated ? null : operator]
    .filter((word) => word !== null)
    .join(' ')
    .slice(0, MAX_WORDS)
}
