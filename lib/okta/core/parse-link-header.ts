// Reads Okta's `Link` header. Filters in the URLs hold quotes, commas and semicolons, so it is cut at the `<…>` groups, and the
// URLs are given back byte for byte: decoding would change what they mean.

const LINK = /<([^>]*)>([^<]*)/g
const RELATION = /;\s*rel\s*=\s*"?([a-z]+)"?/i

/** The `self` and `next` links, from one combined header or several joined by commas; null where there is none. */
export function parseLinkHeader(header: string | null): { self: string | null; next: string | null } {
  const links = { self: null as string | null, next: null as string | null }
  for (const [, url, parameters] of (header ?? '').matchAll(LINK)) {
    const relation = RELATION.exec(parameters ?? '')?.[1]?.toLowerCase()
    if (relation === 'self' || relation === 'next') links[relation] ??= url!
  }
  return links
}
