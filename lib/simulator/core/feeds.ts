// What the simulated intelligence lists say at an instant: five feeds, three formats, content that changes as time goes on.
import { FLAGGED, PERSONAL_VPN_EXITS } from './networks'
import { Random, seedOf } from './random'
import { writeBruteForceBundle } from './write-stix'
import { LISTED_LATER_MINUTES, SCENARIO_IPS } from './scenario'
import { HOUR, MINUTE } from './time-zones'

/** How each feed is to be registered. Benign first: it wins over the others. */
export const FEEDS = [
  {
    name: 'Corporate egress',
    path: '/feeds/corporate-egress.txt',
    format: 'list',
    category: 'corporate_egress',
    cadenceMinutes: 1440,
    terms: 'Your own list: offices and cloud. Simulated.',
    tolerates: [],
  },
  {
    name: 'Tor exits',
    path: '/feeds/tor-exits.txt',
    format: 'list',
    category: 'tor',
    cadenceMinutes: 60,
    terms: 'Simulated; documentation addresses only.',
    tolerates: [],
  },
  {
    name: 'Attack sources',
    path: '/feeds/malicious.netset',
    format: 'list',
    category: 'malicious',
    cadenceMinutes: 5,
    terms: 'Simulated; documentation addresses only.',
    // It lists an office by mistake, which the list of our own clears.
    tolerates: ['own_network'],
  },
  {
    name: 'VPN and hosting',
    path: '/feeds/vpn-and-hosting.csv',
    format: 'csv',
    category: 'vpn',
    cadenceMinutes: 720,
    terms: 'Simulated; documentation addresses only.',
    // The exits of our own VPN operator are a zone of ours.
    tolerates: ['own_network'],
  },
  {
    name: 'Brute-force watch',
    path: '/feeds/brute-force.stix.json',
    format: 'stix',
    category: 'brute_force',
    cadenceMinutes: 360,
    terms: 'Simulated; documentation addresses only.',
    tolerates: [],
  },
] as const

export type FeedPath = (typeof FEEDS)[number]['path']

export interface FeedContent {
  body: string
  /** When this content came to be, ms since 1970. */
  changedAt: number
  contentType: string
}

/** What a feed says at an instant. @param epoch @param at ms since 1970 */
export function feedContent(seed: number, epoch: number, path: FeedPath, at: number): FeedContent {
  switch (path) {
    case '/feeds/corporate-egress.txt':
      return { body: BENIGN.join('\n') + '\n', changedAt: firstChange(epoch), contentType: 'text/plain' }
    case '/feeds/tor-exits.txt':
      return torExits(seed, epoch, at)
    case '/feeds/malicious.netset':
      return maliciousNetset(epoch, at)
    case '/feeds/vpn-and-hosting.csv':
      return { body: CSV.join('\n') + '\n', changedAt: firstChange(epoch), contentType: 'text/csv' }
    case '/feeds/brute-force.stix.json': {
      const body = writeBruteForceBundle(seed, firstChange(epoch))
      return { body, changedAt: firstChange(epoch), contentType: 'application/stix+json;version=2.1' }
    }
  }
}

/** Lists were last changed before anybody asked; whole seconds, as HTTP dates are. */
function firstChange(epoch: number): number {
  return Math.floor((epoch - 9 * HOUR) / 1000) * 1000
}

/** Addresses of our own that no list may make suspicious. None of the scenarios' addresses lies in them. */
const BENIGN = ['# Our own offices and cloud', '192.0.2.0/27', '192.0.2.128/28']

/** One address a line; one relay that nobody uses comes and goes every hour, as relays do. */
function torExits(seed: number, epoch: number, at: number): FeedContent {
  const hour = Math.max(0, Math.floor((at - epoch) / HOUR))
  const restless = `203.0.113.${new Random(seedOf(seed, 'relay', hour)).between(112, 127)}`
  const exits = [...FLAGGED.tor, SCENARIO_IPS.stolenTokenTor, SCENARIO_IPS.factorEnrolled, '203.0.113.95', restless]
  const changedAt = hour === 0 ? firstChange(epoch) : Math.floor((epoch + hour * HOUR) / 1000) * 1000
  return { body: [...new Set(exits)].join('\n') + '\n', changedAt, contentType: 'text/plain' }
}

/** Comments, single addresses and blocks; from some minutes after the epoch on, the address of scenario S5 too. */
function maliciousNetset(epoch: number, at: number): FeedContent {
  const listedAt = Math.floor((epoch + LISTED_LATER_MINUTES * MINUTE) / 1000) * 1000
  const isListed = at >= listedAt
  const entries = [
    ...FLAGGED.malicious.filter((ip) => !ip.includes(':')),
    SCENARIO_IPS.stolenTokenFirst,
    SCENARIO_IPS.corporateVpn,
    SCENARIO_IPS.personalVpn,
    SCENARIO_IPS.carrierNat,
    SCENARIO_IPS.missingData,
    // Where strangers try passwords and never get in.
    '203.0.113.240/28',
    '2001:db8:66a0::/44',
    '2001:db8:6660::/48',
    // An office of ours, listed by mistake: the benign list wins.
    GUEST_WIFI_IP,
    ...(isListed ? [SCENARIO_IPS.listedLater] : []),
  ]
  const header = [
    '#',
    '# Simulated list of addresses that attacked somebody',
    `# Entries      : ${entries.length}`,
    '#',
  ]
  const changedAt = isListed ? listedAt : firstChange(epoch)
  return { body: [...header, ...entries].join('\n') + '\n', changedAt, contentType: 'text/plain' }
}

/** The guest network of the first office: on the malicious list and on the benign one. */
export const GUEST_WIFI_IP = '192.0.2.30'

const CSV = [
  'address,category,intent,confidence,source',
  ...PERSONAL_VPN_EXITS.map((ip) => `${ip},vpn,suspicious,90,example-vpn-one`),
  `${SCENARIO_IPS.personalVpn},vpn,suspicious,85,example-vpn-two`,
  '192.0.2.64/26,vpn,suspicious,95,example-secure-access',
  '203.0.113.128/27,hosting,suspicious,60,bulk-hosting',
  '203.0.113.160/27,hosting,suspicious,60,server-rentals',
  `${SCENARIO_IPS.spray},brute_force,malicious,95,password-spray-watch`,
  '203.0.113.228/30,scanner,suspicious,70,survey',
  '203.0.113.232/29,scanner,suspicious,70,survey',
  '2001:db8:66a0::/44,hosting,suspicious,50,server-rentals',
]
