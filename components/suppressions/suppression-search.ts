// The view of the suppressions page in the URL. Read on both sides.
import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { SUPPRESSION_STATES } from '@/lib/suppressions/model'

export const suppressionSearch = {
  /** None: every state. */
  state: parseAsArrayOf(parseAsStringLiteral(SUPPRESSION_STATES)).withDefault([]),
  /** Part of what is named, of the owner or the number. */
  q: parseAsString.withDefault(''),
  /** The one that is open. */
  id: parseAsInteger,
}

/** The page with one suppression open. */
export function suppressionHref(suppressionId: number | string): string {
  return `/suppressions?id=${encodeURIComponent(suppressionId)}`
}
