// Defence against requests that another site makes with our user's cookie.

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** True for methods that must not change anything. */
export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method)
}

/**
 * True if a browser says that the request comes from our own pages. `Sec-Fetch-Site` decides where browsers send it (https and
 * loopback); elsewhere the Origin must name the host that was asked, or `siteUrl`, under which a proxy publishes us.
 */
export function isSameOrigin(headers: Headers, siteUrl?: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = headers.get('origin')
  if (origin === null || !URL.canParse(origin)) return false
  const { host } = new URL(origin)
  return host === headers.get('host') || (siteUrl !== undefined && host === new URL(siteUrl).host)
}
