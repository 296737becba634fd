// What is reachable without credentials, for the early refusal in proxy.ts. A test compares this list with what handlers and pages declare.

const PUBLIC_PATHS = new Set(['/sign-in', '/welcome', '/api/health', '/api/openapi.json'])
const PUBLIC_FOLDERS = ['/api/auth/']
/** Files of public/, e.g. an icon. None holds data. */
const PUBLIC_FILE = /^\/[\w.-]+\.(?:ico|png|svg|webmanifest|txt|woff2)$/

/** True if a path may be asked for by anybody. */
export function isPublicPath(pathname: string): boolean {
  return (
    PUBLIC_PATHS.has(pathname) ||
    PUBLIC_FOLDERS.some((folder) => pathname.startsWith(folder)) ||
    PUBLIC_FILE.test(pathname)
  )
}
