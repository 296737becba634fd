// Where somebody who is not signed in is sent.

/** Request header in which proxy.ts passes the path and query that the browser asked for. */
export const PATH_HEADER = 'x-sallyport-path'

/** Where to sign in, and then come back to `path`. */
export function signInPath(path: string | null): string {
  return path === null || path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`
}
