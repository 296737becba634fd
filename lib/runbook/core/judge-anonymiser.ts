// Who runs the address, as far as feeds and Okta tell: a VPN, a proxy, Tor, or somebody malicious.
import type { Category, IntelMatch } from '@/lib/intel/model'
import type { OktaService } from '@/lib/okta/core/read-okta-services'
import { plainText } from '@/lib/kernel/plain-text'
import { networkTypeOf, serviceType, type NetworkType } from './network-type'
import type { VpnFacts } from './weigh-vpn'

const MAX_NAME = 80
/** Categories that name a way to hide: by themselves they do not call anybody malicious. */
const ANONYMISERS: readonly Category[] = ['tor', 'vpn', 'proxy', 'residential_proxy', 'private_relay', 'hosting']

export interface AnonymiserFacts {
  /** What feeds said of the address when the signal fired; empty once all of it was withdrawn. */
  fired: ReadonlyArray<Pick<IntelMatch, 'feedName' | 'range' | 'category' | 'intent' | 'source' | 'hop'>>
  /** What they say now. */
  live: AnonymiserFacts['fired']
  /** What Okta called the service in events of this use. */
  services: readonly OktaService[]
  asOrg: string | null
}

/** The named facts of the likelihood, and the kind of network by its address alone, as the baseline knows it. */
export function judgeAnonymiser(
  facts: AnonymiserFacts,
): Pick<VpnFacts, 'operator' | 'residentialProxy' | 'isTor' | 'maliciousFeeds'> & { networkType: NetworkType } {
  const { services } = facts
  const fired = facts.fired.filter(({ hop }) => hop === 0)
  const all = [...fired, ...facts.live.filter(({ hop }) => hop === 0)]
  const feedsOf = (matches: typeof fired) => [...new Set(matches.map(({ feedName }) => feedName))].sort()
  const residential = feedsOf(all.filter(({ category }) => category === 'residential_proxy'))
  const isResidential = services.some((service) => serviceType(service) === 'residential_proxy')
  const byAddress = all.filter(({ range }) => !range.startsWith('AS')).map(({ category }) => category)
  return {
    operator: operatorOf(all, facts),
    residentialProxy: isResidential ? ['Okta', ...residential] : residential,
    isTor:
      fired.some(({ category }) => category === 'tor') || services.some((service) => serviceType(service) === 'tor'),
    maliciousFeeds: feedsOf(
      fired.filter(({ category, intent }) => intent === 'malicious' && !ANONYMISERS.includes(category)),
    ),
    networkType: networkTypeOf(byAddress, []) ?? 'unlisted',
  }
}

/** Okta first: it names operators; a feed mostly names only the kind. */
function operatorOf(matches: AnonymiserFacts['fired'], { services, asOrg }: AnonymiserFacts): VpnFacts['operator'] {
  for (const kind of ['vpn', 'proxy'] as const) {
    const service = services.find((candidate) => serviceType(candidate) === kind)
    if (service) return { name: nameOf(service.operator ?? asOrg ?? 'not named'), source: 'Okta', kind }
    const categories: readonly Category[] = kind === 'vpn' ? ['vpn', 'private_relay'] : ['proxy']
    const match = matches.find(({ category }) => categories.includes(category))
    if (match) return { name: nameOf(match.source ?? asOrg ?? match.range), source: match.feedName, kind }
  }
  return null
}

function nameOf(text: string): string {
  return plainText(text, MAX_NAME) || 'not named'
}
