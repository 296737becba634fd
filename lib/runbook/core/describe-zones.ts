// From where a token may be used, in words.
import { plainText } from '@/lib/kernel/plain-text'
import type { ApiTokenRecord } from '@/lib/okta/model'
import { phraseList } from './phrase'

/** E.g. `anywhere`, `only from zone nzo1`, `anywhere but zones nzo1 and nzo2`; null where Okta gave none. */
export function describeZones(network: ApiTokenRecord['network']): string | null {
  if (network === null) return null
  const { connection, include, exclude } = network
  if (connection === 'ANYWHERE') return 'anywhere'
  const parts = [
    ...(include.length > 0 ? [`only from ${named(include)}`] : []),
    ...(exclude.length > 0 ? [`not from ${named(exclude)}`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : plainText(connection.toLowerCase(), 60)
}

function named(zones: readonly string[]): string {
  const words = zones.map((zone) => plainText(zone, 60))
  return `${zones.length === 1 ? 'zone' : 'zones'} ${phraseList(words)}`
}
