// Filters for the System Log of Okta's admin console and API, by the field each kind of entity stands in. Pure.

export type EntityKind = 'ip' | 'user' | 'token' | 'asn' | 'session' | 'device' | 'event'

const FIELDS: Record<Exclude<EntityKind, 'user'>, string> = {
  ip: 'client.ipAddress',
  token: 'transaction.detail.requestApiTokenId',
  asn: 'securityContext.asNumber',
  session: 'authenticationContext.externalSessionId',
  device: 'device.id',
  event: 'uuid',
}

/** A SCIM filter expression, e.g. `client.ipAddress eq "198.51.100.7"`. Users are meant by id, or by login if it has an @. */
export function logFilter(kind: EntityKind, value: string): string {
  const field = kind === 'user' ? (value.includes('@') ? 'actor.alternateId' : 'actor.id') : FIELDS[kind]
  const number = kind === 'asn' ? /^(?:AS)?(\d+)$/i.exec(value)?.[1] : undefined
  return `${field} eq ${number ?? JSON.stringify(value)}`
}
