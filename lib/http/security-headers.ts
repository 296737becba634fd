// Headers that every answer carries.

/**
 * What a page may load and run: only our own, and scripts only with the nonce of this answer.
 *
 * @param isDevelopment lets React's development tools evaluate code
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Positions of virtual rows are style attributes; a nonce cannot cover those.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')
}

/** Names and values for one answer. Assets with a hash in their name may be cached; nothing else. */
export function securityHeaders(answer: {
  policy: string
  isSecure: boolean
  isAsset: boolean
}): [name: string, value: string][] {
  const headers: [string, string][] = [
    ['content-security-policy', answer.policy],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    // Never to other sites; to ourselves it is needed by the Origin check of form posts.
    ['referrer-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
  ]
  if (!answer.isAsset) headers.push(['cache-control', 'no-store'])
  if (answer.isSecure) headers.push(['strict-transport-security', 'max-age=63072000; includeSubDomains'])
  return headers
}
