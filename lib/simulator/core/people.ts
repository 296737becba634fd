// One person of the company: where they live and work, what they carry, when they are awake, what they may do.
import { APP_NAMES, DEPARTMENTS, FAMILY_NAMES, GIVEN_NAMES } from './names'
import { OFFICES, PERSONAL_VPN_EXITS, SECURE_ACCESS_EXITS, place, type Place } from './networks'
import { Random, seedOf } from './random'
import { ZONES, type Zone } from './time-zones'

export interface Device {
  id: string
  name: string
  platform: 'MACOS' | 'WINDOWS' | 'IOS' | 'ANDROID'
  osVersion: string
  isManaged: boolean
  /** Hash of the device-token cookie, 64 hexadecimal digits. */
  dtHash: string
  kind: 'Computer' | 'Mobile'
  os: string
  browser: string
  userAgent: string
}

export type Factor = 'fastpass' | 'push' | 'totp' | 'webauthn'
export const SITES = ['amsterdam', 'chicago', 'singapore'] as const
export type Site = (typeof SITES)[number]

export interface Person {
  index: number
  id: string
  login: string
  name: string
  title: string
  department: string
  site: Site
  zone: Zone
  home: Place
  mobile: Place
  office: Place
  laptop: Device
  phone: Device
  attendance: 'office' | 'hybrid' | 'remote'
  /** Minutes after local midnight. */
  startMinutes: number
  vpn: 'none' | 'corporate' | 'personal'
  vpnExit: Place
  factor: Factor
  appLabels: string[]
  roles: string[]
  isTraveller: boolean
}

const HOME_NETWORK = { amsterdam: 'fibreNl', chicago: 'broadbandUs', singapore: 'fibreSg' } as const
const MOBILE_NETWORK = { amsterdam: 'mobileNl', chicago: 'mobileUs', singapore: 'mobileSg' } as const
const MOBILE_POOL = {
  amsterdam: [1, 2, 3, 4, 5, 6],
  chicago: [12, 13, 14, 15, 16, 17],
  singapore: [22, 23, 24, 25],
} as const

/** The person at a position of the staff list; those of the carrier scenario are given their site and carrier. */
export function makePerson(seed: number, index: number, isCarrierUser = false): Person {
  const random = new Random(seedOf(seed, 'person', index))
  const department = pickDepartment(random, index)
  const drawnSite = random.pick(['amsterdam', 'amsterdam', 'amsterdam', 'chicago', 'chicago', 'singapore'] as const)
  const site: Site = isCarrierUser ? 'amsterdam' : drawnSite
  const name = `${GIVEN_NAMES[(index * 29 + seed) % GIVEN_NAMES.length]} ${FAMILY_NAMES[(index * 31 + seed * 7 + Math.floor(index / GIVEN_NAMES.length)) % FAMILY_NAMES.length]}`
  const id = random.id('00u')
  const zone = site === 'chicago' && random.chance(0.25) ? ZONES.denver : ZONES[site]
  const vpn = random.chance(0.22) ? 'corporate' : random.chance(0.05) ? 'personal' : 'none'
  return {
    index,
    id,
    login: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
    name,
    title: random.pick(department.titles),
    department: department.name,
    site,
    zone,
    home: homeOf(random, site, index, zone === ZONES.denver),
    mobile: mobileOf(random, site, index, isCarrierUser),
    office: OFFICES[site],
    laptop: laptopOf(random, name),
    phone: phoneOf(random, name),
    attendance: random.pick(['office', 'office', 'hybrid', 'hybrid', 'hybrid', 'remote'] as const),
    startMinutes: random.between(7 * 60 + 20, 9 * 60 + 50),
    vpn,
    vpnExit: vpnExitOf(random, vpn, site),
    factor: random.pick(['fastpass', 'fastpass', 'fastpass', 'push', 'push', 'totp', 'webauthn'] as const),
    appLabels: APP_NAMES.filter((app) => !app.departments || app.departments.includes(department.name)).map(
      (app) => app.label,
    ),
    roles: [],
    isTraveller: department.name === 'Sales' ? random.chance(0.4) : random.chance(0.06),
  }
}

function pickDepartment(random: Random, index: number): (typeof DEPARTMENTS)[number] {
  // The first few are in IT, so that even a tiny company has administrators.
  if (index < 4) return DEPARTMENTS[7]
  let ticket = random.between(
    1,
    DEPARTMENTS.reduce((sum, department) => sum + department.weight, 0),
  )
  for (const department of DEPARTMENTS) {
    ticket -= department.weight
    if (ticket <= 0) return department
  }
  return DEPARTMENTS[0]
}

function homeOf(random: Random, site: Site, index: number, isDenver: boolean): Place {
  const city = isDenver ? 'denver' : site === 'amsterdam' && random.chance(0.4) ? 'utrecht' : site
  const siteNumber = SITES.indexOf(site) + 1
  const v6 = `2001:db8:${siteNumber}0a0:${(index + 1).toString(16)}::${random.between(2, 0xfffe).toString(16)}`
  // About a third sits behind an IPv4 address that neighbours share.
  const ip = random.chance(0.33) ? `198.51.100.${64 + ((index * 7) % 42) + (siteNumber - 1) * 42}` : v6
  return place(ip, HOME_NETWORK[site], city)
}

function mobileOf(random: Random, site: Site, index: number, isCarrierUser: boolean): Place {
  const siteNumber = SITES.indexOf(site) + 1
  const ip =
    random.chance(0.6) || isCarrierUser
      ? `198.51.100.${random.pick(MOBILE_POOL[site])}`
      : `2001:db8:${siteNumber}0b0:${(index + 1).toString(16)}::${random.between(2, 0xfffe).toString(16)}`
  return place(ip, MOBILE_NETWORK[site], site)
}

function vpnExitOf(random: Random, vpn: Person['vpn'], site: Site): Place {
  const exitCity = site === 'chicago' ? 'chicago' : site === 'singapore' ? 'singapore' : 'frankfurt'
  if (vpn === 'personal') {
    const ip = random.pick(PERSONAL_VPN_EXITS)
    return place(ip, 'vpnOne', 'zurich')
  }
  return place(random.pick(SECURE_ACCESS_EXITS), 'secureAccess', exitCity, 'Corporate VPN')
}

function laptopOf(random: Random, owner: string): Device {
  const isMac = random.chance(0.6)
  const osVersion = isMac
    ? random.pick(['15.5.0', '15.6.1', '26.0.1'])
    : random.pick(['10.0.22631.5472', '10.0.26100.4652'])
  const chrome = random.pick(['139.0.0.0', '140.0.0.0', '141.0.0.0'])
  const system = isMac ? 'Macintosh; Intel Mac OS X 10_15_7' : 'Windows NT 10.0; Win64; x64'
  return {
    id: random.id('guo'),
    name: `${owner.split(' ')[0]}'s ${isMac ? 'MacBook Pro' : 'ThinkPad'}`,
    platform: isMac ? 'MACOS' : 'WINDOWS',
    osVersion,
    isManaged: random.chance(0.9),
    dtHash: random.hex(64),
    kind: 'Computer',
    os: isMac ? 'Mac OS 15' : 'Windows 11',
    browser: 'CHROME',
    userAgent: `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome} Safari/537.36`,
  }
}

function phoneOf(random: Random, owner: string): Device {
  const isApple = random.chance(0.55)
  return {
    id: random.id('guo'),
    name: `${owner.split(' ')[0]}'s ${isApple ? 'iPhone' : 'Pixel'}`,
    platform: isApple ? 'IOS' : 'ANDROID',
    osVersion: isApple ? '18.6.2' : '15',
    isManaged: random.chance(0.4),
    dtHash: random.hex(64),
    kind: 'Mobile',
    os: isApple ? 'iOS 18 (iPhone)' : 'Android 15',
    browser: isApple ? 'SAFARI' : 'CHROME',
    userAgent: isApple
      ? 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1'
      : 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  }
}

/** Somebody who joins or leaves, and is not of the staff that acts. */
export function newcomer(random: Random): { id: string; login: string; name: string } {
  const name = `${random.pick(GIVEN_NAMES)} ${random.pick(FAMILY_NAMES)}`
  const id = random.id('00u')
  return { id, name, login: `${name.toLowerCase().replaceAll(' ', '.')}.${id.slice(-3).toLowerCase()}@example.com` }
}

/** A machine nobody has seen before, as attackers use. */
export function strangeDevice(random: Random): Device {
  const isWindows = random.chance(0.6)
  return {
    id: '',
    name: '',
    platform: isWindows ? 'WINDOWS' : 'MACOS',
    osVersion: '',
    isManaged: false,
    dtHash: random.hex(64),
    kind: 'Computer',
    os: isWindows ? 'Windows 10' : 'Linux',
    browser: 'FIREFOX',
    userAgent: isWindows
      ? 'Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0'
      : 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  }
}
