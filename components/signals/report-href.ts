// Where the case report of a signal is. Pure.

/** `/signals/SIG-1042/report`. */
export function reportHref(reference: string): string {
  return `/signals/${reference}/report`
}
