// What Okta itself calls the tunnel or service behind an address; only the JSON of an event says so.

/** Words such as `VPN ExampleVPN` or `Tor`, each once, in the order of the events. Text that is no event says nothing. */
export function readOktaServices(raws: readonly string[]): string[] {
  return [...new Set(raws.flatMap((raw) => servicesOf(parse(raw))))].slice(0, 8)
}

function servicesOf(event: unknown): string[] {
  const categories = at(event, 'securityContext', 'ipDetails', 'ipServiceCategories')
  const tunnels = at(event, 'debugContext', 'debugData', 'tunnels')
  // Okta writes tunnels as JSON inside a text.
  const listed = [categories, typeof tunnels === 'string' ? parse(tunnels) : tunnels]
  return listed.flatMap((list) => (Array.isArray(list) ? list : [])).flatMap(wordsOf)
}

function wordsOf(service: unknown): string[] {
  const words = [at(service, 'type'), at(service, 'operator')].filter(
    (word): word is string => typeof word === 'string' && word !== '' && word.toLowerCase() !== 'null',
  )
  const said = words.filter((word, place) => place === 0 || word.toLowerCase() !== words[0]!.toLowerCase())
  return said.length > 0 ? [said.join(' ').slice(0, 80)] : []
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
