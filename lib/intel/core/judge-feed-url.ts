// Which addresses may be asked for intelligence: https and on the Internet, unless the operator allows a host by name.
import { canonicalIp, isPublicIp } from '@/lib/kernel/ip-address'

export type FeedUrlVerdict = { status: 'ok'; url: URL } | { status: 'refused'; reason: string }

/**
 * Whether a URL may be asked at all. Plain http and internal addresses only for hosts among `allowedHosts` (`name`, or `name:port` for that
 * port alone). What a name resolves to is judged when the connection is made: `isReachable`.
 */
export function judgeFeedUrl(text: string, allowedHosts: readonly string[]): FeedUrlVerdict {
  if (!URL.canParse(text)) return refused('is not a URL')
  // Parsers of URLs drop or escape these; whoever shows or stores the text does not.
  if (/[\p{Cc}\p{Surrogate}\u2028-\u202e\u2066-\u2069]/u.test(text))
    return refused('must not hold characters that control or reorder text')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return refused('must not carry a user name or password')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused('must start with https://')
  // A key in the name of the host would be shown wherever hosts are.
  if (/[{}]/.test(url.hostname)) return refused('must carry {key} behind the host')
  if (isAllowedHost(url, allowedHosts)) return { status: 'ok', url }
  if (url.protocol === 'http:') return refused(`must start with https:// (http only for hosts in FEED_ALLOWED_HOSTS)`)
  const literal = canonicalIp(hostOf(url))
  if (literal !== null && !isPublicIp(literal)) return refused(describeInternal(literal, url))
  return { status: 'ok', url }
}

/** Whether a connection to `address` may be made for `url`. */
export function isReachable(url: URL, address: string, allowedHosts: readonly string[]): boolean {
  return isPublicIp(address) || isAllowedHost(url, allowedHosts)
}

/** What to do about a host that leads inside, e.g. `leads to the internal address 10.0.0.1; …`. */
export function describeInternal(address: string, url: URL): string {
  return `leads to the internal address ${address}; if that is right, add ${url.host} to FEED_ALLOWED_HOSTS`
}

/** The name or address without port and brackets. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** Whether the operator named the host of a URL. */
export function isAllowedHost(url: URL, allowedHosts: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const names = [hostOf(url), url.hostname, `${url.hostname}:${port}`]
  return allowedHosts.some((allowed) => names.includes(allowed.toLowerCase()))
}

function refused(reason: string): FeedUrlVerdict {
  return { status: 'refused', reason }
}
