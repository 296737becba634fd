// Whether many accounts behind an address are to be expected, so that it does not read as an outbreak: an egress of the company, or an
// address of a network on which these accounts were at home before.
import type { Category } from '@/lib/intel/model'
import type { AccountsStep } from '../contract/steps'
import { plainText } from '@/lib/kernel/plain-text'
import type { AccountUse } from '../model'
import { nameNetwork } from './build-baseline'
import { phraseList } from './phrase'

const VPN: readonly Category[] = ['vpn', 'proxy', 'residential_proxy']
const CLOUD: readonly Category[] = ['hosting', 'cloud']
const MAX_NAME = 80
/** One account alone says nothing about who shares an address. */
const ACCOUNTS = 2
/** Of those who succeeded; one may be there for the first time. */
const MOST = 2 / 3

/** Who shares it and why that is known; null where nothing says so. A Tor exit is shared with everybody and explains nobody. */
export function judgeShared({
  ip,
  accounts,
  succeeded: total,
  atHome,
  categories,
  zones,
  asNumber,
  asOrg,
}: {
  ip: string
  accounts: readonly AccountUse[]
  /** Accounts with at least one success, of which `accounts` may hold a part. */
  succeeded: number
  atHome: ReadonlySet<string>
  categories: readonly Category[]
  zones: readonly string[]
  asNumber: number | null
  asOrg: string | null
}): AccountsStep['shared'] {
  if (categories.includes('corporate_egress') || zones.length > 0) {
    const says =
      zones.length > 0
        ? `the Okta ${zones.length === 1 ? 'zone' : 'zones'} ${phraseList(zones.map((zone) => plainText(zone, MAX_NAME)))} ${zones.length === 1 ? 'covers' : 'cover'} it`
        : 'its own list names it'
    return { kind: 'corporate_egress', sentence: `The company counts ${ip} among its own networks: ${says}.` }
  }
  if (categories.includes('tor')) return null
  const succeeded = accounts.filter(({ successes }) => successes > 0)
  const home = succeeded.filter(({ actorId }) => atHome.has(actorId)).length
  if (asNumber === null || home < ACCOUNTS || home < MOST * succeeded.length) return null
  const kind = categories.some((category) => VPN.includes(category))
    ? 'vpn'
    : categories.some((category) => CLOUD.includes(category))
      ? 'cloud'
      : 'carrier'
  const looked = total > succeeded.length ? ', of those looked at,' : ''
  const who = home === succeeded.length ? `All ${home} accounts` : `${home} of the ${succeeded.length} accounts`
  const sentence = `${who} that succeeded there${looked} had used its network, ${nameNetwork(asNumber, asOrg)}, a day or more before: ${EXPLANATIONS[kind]}.`
  return { kind, sentence }
}

const EXPLANATIONS = {
  vpn: 'an exit of a VPN that several of them use',
  cloud: 'an address of a cloud that they work from',
  carrier: 'an address that customers of a provider share',
} as const
