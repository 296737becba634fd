// Whether many accounts behind an address are to be expected, so that it does not read as an outbreak: an egress of the company, or an
// address of a network on which these accounts were at home before.
import type { Category } from '@/lib/intel/model'
import type { AccountsStep } from '../contract/steps'
import type { AccountUse } from '../model'
import { phraseList } from './phrase'

const VPN: readonly Category[] = ['vpn', 'proxy', 'residential_proxy']
const CLOUD: readonly Category[] = ['hosting', 'cloud']
/** One account alone says nothing about who shares an address. */
const ACCOUNTS = 2
/** Of those who succeeded; one may be there for the first time. */
const MOST = 2 / 3

/** Who shares it and why that is known; null where nothing says so. A Tor exit is shared with everybody and explains nobody. */
export function judgeShared({
  ip,
  accounts,
  atHome,
  categories,
  zones,
  asNumber,
  asOrg,
}: {
  ip: string
  accounts: readonly AccountUse[]
  atHome: ReadonlySet<string>
  categories: readonly Category[]
  zones: readonly string[]
  asNumber: number | null
  asOrg: string | null
}): AccountsStep['shared'] {
  if (categories.includes('corporate_egress') || zones.length > 0) {
    const says = zones.length > 0 ? `the Okta zone ${phraseList(zones)} covers it` : 'its own list names it'
    return { kind: 'corporate_egress', sentence: `The company counts ${ip} among its own networks: ${says}.` }
  }
  if (categories.includes('tor')) return null
  const succeeded = accounts.filter(({ successes }) => successes > 0)
  const home = succeeded.filter(({ actorId }) => atHome.has(actorId)).length
  if (asNumber === null || home < ACCOUNTS || home < MOST * succeeded.length) return null
  const network = `AS${asNumber}${asOrg === null ? '' : ` ${asOrg}`}`
  const kind = categories.some((category) => VPN.includes(category))
    ? 'vpn'
    : categories.some((category) => CLOUD.includes(category))
      ? 'cloud'
      : 'carrier'
  const who = home === succeeded.length ? `All ${home} accounts` : `${home} of the ${succeeded.length} accounts`
  const sentence = `${who} that succeeded there had used its network, ${network}, before they first came from this address: ${EXPLANATIONS[kind]}.`
  return { kind, sentence }
}

const EXPLANATIONS = {
  vpn: 'an exit of a VPN that several of them use',
  cloud: 'an address of a cloud that they work from',
  carrier: 'an address that customers of a provider share',
} as const
