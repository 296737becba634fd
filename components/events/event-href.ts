// Where the page of an event is. Pure.

/** `/events/…` with the uuid as Okta gave it. */
export function eventHref(uuid: string): string {
  return `/events/${encodeURIComponent(uuid)}`
}
