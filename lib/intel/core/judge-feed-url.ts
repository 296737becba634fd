// Which addresses a feed may be fetched from.
import { isPublicIp } from '@/lib/kernel/ip-address'

export type FeedUrlVerdict = { status: 'ok'; url: URL } | { status: 'refused'; reason: string }

/** An operator may name any https address, and plain http on this machine only (a mirror, a simulator, a test). */
export function judgeFeedUrl(text: string): FeedUrlVerdict {
  if (!URL.canParse(text)) return refused('is not a URL')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return refused('must not carry a user name or password')
  if (url.protocol === 'https:') return { status: 'ok', url }
  if (url.protocol !== 'http:') return refused('must start with https://')
  if (!isLoopbackName(url.hostname)) return refused('must start with https:// (http only for this machine)')
  return { status: 'ok', url }
}

/**
 * Whether a connection to `address` may be made for `url`. What the operator named may be anywhere, also in the company's own
 * network; a host that a redirect named must be on the Internet, else a feed could make us read internal services.
 */
export function isReachable(url: URL, address: string, isRedirected: boolean): boolean {
  if (url.protocol === 'http:') return isLoopbackAddress(address)
  return !isRedirected || isPublicIp(address)
}

function isLoopbackName(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host.replace(/^\[|\]$/g, ''))
}

function isLoopbackAddress(address: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(address) || address === '::1'
}

function refused(reason: string): FeedUrlVerdict {
  return { status: 'refused', reason }
}
