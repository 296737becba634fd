// What kind of network an address is in, in one word: by the categories that feeds give it, and by what Okta calls its service.
import type { Category } from '@/lib/intel/model'
import type { OktaService } from '@/lib/okta/core/read-okta-services'

/** Most telling first, with the word that a reader sees. `unlisted` is what no feed names: homes, phones, cafés. */
const NETWORK_TYPES = {
  tor: 'Tor',
  residential_proxy: 'residential proxy',
  proxy: 'anonymising proxy',
  vpn: 'VPN',
  private_relay: 'private relay',
  corporate_egress: 'office',
  hosting: 'hosting',
  cloud: 'cloud',
  unlisted: 'home, mobile or other',
} as const
export type NetworkType = keyof typeof NETWORK_TYPES
const ORDER = Object.keys(NETWORK_TYPES) as NetworkType[]

/** The type in words, e.g. `hosting`. */
export function nameNetworkType(type: NetworkType): string {
  return NETWORK_TYPES[type]
}

/** The most telling type that feeds or Okta name; null where nothing does. */
export function networkTypeOf(categories: readonly Category[], services: readonly OktaService[]): NetworkType | null {
  const named = new Set<string>([...categories, ...services.map(serviceType)])
  return ORDER.find((type) => type !== 'unlisted' && named.has(type)) ?? null
}

/** Okta writes `VPN`, `Proxy`, `Tor`, `Residential Proxy`, `Blockchain VPN`. */
export function serviceType({ type }: OktaService): 'tor' | 'residential_proxy' | 'proxy' | 'vpn' | '' {
  const word = type?.toLowerCase() ?? ''
  if (word.includes('tor')) return 'tor'
  if (word.includes('residential')) return 'residential_proxy'
  if (word.includes('vpn')) return 'vpn'
  return word.includes('proxy') ? 'proxy' : ''
}
