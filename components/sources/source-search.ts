// The view of the sources page in the URL. Read on both sides.
import { parseAsBoolean, parseAsString } from 'nuqs/server'

export const sourceSearch = {
  /** The feed that is open. */
  feed: parseAsString,
  /** Part of a name, category or terms. */
  q: parseAsString.withDefault(''),
  /** Only those that are not well. */
  attention: parseAsBoolean.withDefault(false),
  /** The address that is tested. */
  ip: parseAsString.withDefault(''),
}
