// The only place that asks what time it is; everything that decides takes `now` as an argument.

/** The present instant, to the millisecond that the database keeps. */
export function now(): Date {
  return new Date()
}
