// Who an address belongs to, from a record of a database of autonomous systems.
import { asObject, scalarText } from './json-path'

export interface AutonomousSystem {
  asNumber: number
  asOrg: string | null
}

const MAX_ORG_LENGTH = 200

/** Reads a record of MaxMind's ASN databases, or of IPinfo's (`asn: "AS64500"`, `as_name`); null if it names none. */
export function readNetwork(record: unknown): AutonomousSystem | null {
  const fields = asObject(record)
  if (fields === null) return null
  const number = fields.autonomous_system_number ?? fields.asn
  const match = /^(?:AS)?(\d{1,10})$/.exec(scalarText(number) ?? '')
  const asNumber = match ? Number(match[1]) : 0
  if (asNumber < 1 || asNumber > 0xffffffff) return null
  const org = fields.autonomous_system_organization ?? fields.as_name
  return { asNumber, asOrg: typeof org === 'string' ? org.slice(0, MAX_ORG_LENGTH) || null : null }
}
