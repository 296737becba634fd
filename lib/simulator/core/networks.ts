// The simulated internet: who owns which documentation addresses. Nothing real is named and nobody real can be called malicious:
// IPv4 from RFC 5737, IPv6 from RFC 3849, AS numbers from RFC 5398.

export interface City {
  city: string
  state: string
  country: string
  postalCode: string
  lat: number
  lon: number
}

export const CITIES = {
  amsterdam: {
    city: 'Amsterdam',
    state: 'North Holland',
    country: 'Netherlands',
    postalCode: '1012',
    lat: 52.374,
    lon: 4.8897,
  },
  utrecht: { city: 'Utrecht', state: 'Utrecht', country: 'Netherlands', postalCode: '3511', lat: 52.0907, lon: 5.1214 },
  chicago: {
    city: 'Chicago',
    state: 'Illinois',
    country: 'United States',
    postalCode: '60601',
    lat: 41.8781,
    lon: -87.6298,
  },
  denver: {
    city: 'Denver',
    state: 'Colorado',
    country: 'United States',
    postalCode: '80202',
    lat: 39.7392,
    lon: -104.9903,
  },
  singapore: {
    city: 'Singapore',
    state: 'Singapore',
    country: 'Singapore',
    postalCode: '018956',
    lat: 1.3521,
    lon: 103.8198,
  },
  lisbon: { city: 'Lisbon', state: 'Lisbon', country: 'Portugal', postalCode: '1100', lat: 38.7223, lon: -9.1393 },
  tokyo: { city: 'Tokyo', state: 'Tokyo', country: 'Japan', postalCode: '100-0001', lat: 35.6762, lon: 139.6503 },
  frankfurt: { city: 'Frankfurt', state: 'Hesse', country: 'Germany', postalCode: '60311', lat: 50.1109, lon: 8.6821 },
  zurich: { city: 'Zurich', state: 'Zurich', country: 'Switzerland', postalCode: '8001', lat: 47.3769, lon: 8.5417 },
  bucharest: {
    city: 'Bucharest',
    state: 'Bucharest',
    country: 'Romania',
    postalCode: '030167',
    lat: 44.4268,
    lon: 26.1025,
  },
  reykjavik: {
    city: 'Reykjavik',
    state: 'Capital Region',
    country: 'Iceland',
    postalCode: '101',
    lat: 64.1466,
    lon: -21.9426,
  },
} as const satisfies Record<string, City>

export interface Network {
  asNumber: number
  asOrg: string
  isp: string
  domain: string
  isProxy: boolean
  /** Okta's own opinion of the address, where it has one (`securityContext.ipDetails`). */
  service: { type: 'VPN' | 'Proxy' | 'Tor'; operator: string; isAnonymous: boolean } | null
}

function network(asNumber: number, asOrg: string, domain: string, extra: Partial<Network> = {}): Network {
  return { asNumber, asOrg, isp: asOrg, domain, isProxy: false, service: null, ...extra }
}

export const NETWORKS = {
  company: network(64496, 'Example Corp', 'example.com'),
  cloud: network(64497, 'Example Cloud', 'cloud.example.net'),
  secureAccess: network(64498, 'Example Secure Access', 'secure-access.example.net', {
    service: { type: 'VPN', operator: 'EXAMPLE_SECURE_ACCESS', isAnonymous: false },
  }),
  fibreNl: network(64499, 'Example Fibre Netherlands', 'fibre-nl.example.net'),
  broadbandUs: network(64500, 'Example Broadband Midwest', 'broadband-us.example.net'),
  fibreSg: network(64501, 'Example Fibre Singapore', 'fibre-sg.example.net'),
  mobileNl: network(64502, 'Example Mobile Netherlands', 'mobile-nl.example.net'),
  mobileUs: network(64503, 'Example Wireless', 'wireless-us.example.net'),
  mobileSg: network(64504, 'Example Mobile Singapore', 'mobile-sg.example.net'),
  hotels: network(64505, 'Example Hospitality Wi-Fi', 'guest-wifi.example.net'),
  vpnOne: network(65536, 'Example VPN One', 'vpn-one.example.org', {
    isProxy: true,
    service: { type: 'VPN', operator: 'EXAMPLE_VPN_ONE', isAnonymous: true },
  }),
  vpnTwo: network(65537, 'Example VPN Two', 'vpn-two.example.org', {
    isProxy: true,
    service: { type: 'VPN', operator: 'EXAMPLE_VPN_TWO', isAnonymous: true },
  }),
  tor: network(65538, 'Example Relay Association', 'relays.example.org', {
    isProxy: true,
    service: { type: 'Tor', operator: 'TOR', isAnonymous: true },
  }),
  hosting: network(65539, 'Example Bulk Hosting', 'bulk-hosting.example.org'),
  rentals: network(65540, 'Example Server Rentals', 'rentals.example.org'),
  scanners: network(65541, 'Example Internet Survey', 'survey.example.org'),
} as const satisfies Record<string, Network>

export type NetworkName = keyof typeof NETWORKS

/** Where a request came from: what Okta would write into `client`, `securityContext` and `request.ipChain`. */
export interface Place {
  ip: string
  network: Network
  city: City
  /** `client.zone`; Okta writes the text "null" where no zone matches. */
  zone: string
  /** Further hops of `request.ipChain`. */
  hops: string[]
}

export function place(ip: string, networkName: NetworkName, cityName: keyof typeof CITIES, zone = 'null'): Place {
  return { ip, network: NETWORKS[networkName], city: CITIES[cityName], zone, hops: [] }
}

/** Offices: one egress address each, and the guest Wi-Fi of the first. */
export const OFFICES = {
  amsterdam: place('192.0.2.10', 'company', 'amsterdam', 'Offices'),
  chicago: place('192.0.2.18', 'company', 'chicago', 'Offices'),
  singapore: place('192.0.2.26', 'company', 'singapore', 'Offices'),
  guestWifi: place('192.0.2.30', 'company', 'amsterdam', 'Offices'),
} as const

/** The company's own machines in a cloud: where service accounts work. */
export const OWN_CLOUD = [
  place('192.0.2.130', 'cloud', 'frankfurt', 'Own cloud'),
  place('192.0.2.131', 'cloud', 'frankfurt', 'Own cloud'),
  place('192.0.2.138', 'cloud', 'chicago', 'Own cloud'),
  place('192.0.2.139', 'cloud', 'chicago', 'Own cloud'),
] as const

/** Everyday exits of the corporate VPN operator. */
export const SECURE_ACCESS_EXITS = [
  '192.0.2.66',
  '192.0.2.67',
  '192.0.2.70',
  '192.0.2.74',
  '192.0.2.75',
  '192.0.2.82',
] as const

/** Everyday exits of the personal VPN operators; on the VPN list, on no malicious one. */
export const PERSONAL_VPN_EXITS = ['203.0.113.4', '203.0.113.5', '203.0.113.9', '203.0.113.12'] as const

/** Addresses that intelligence flags and that background and live activity uses. Scenario addresses are in none of these. */
export const FLAGGED = {
  tor: [
    '203.0.113.65',
    '203.0.113.66',
    '203.0.113.68',
    '203.0.113.71',
    '203.0.113.72',
    '203.0.113.74',
    '203.0.113.77',
    '203.0.113.79',
    '203.0.113.83',
    '203.0.113.88',
    '203.0.113.90',
    '2001:db8:70c:1::9',
    '2001:db8:70c:1::15',
    '2001:db8:70c:2::4',
    '2001:db8:70c:3::80',
  ],
  malicious: [
    '203.0.113.130',
    '203.0.113.133',
    '203.0.113.137',
    '203.0.113.140',
    '203.0.113.144',
    '203.0.113.161',
    '203.0.113.166',
    '203.0.113.170',
    '203.0.113.209',
    '203.0.113.214',
    '203.0.113.222',
    '203.0.113.226',
    '2001:db8:66a0:4::12',
    '2001:db8:66a0:9::7',
  ],
} as const

/** A place on the far side of one of the flagged addresses. */
export function flaggedPlace(ip: string): Place {
  if (ip.startsWith('2001:db8:70c:')) return place(ip, 'tor', 'reykjavik')
  if (ip.startsWith('2001:db8:66a0:')) return place(ip, 'rentals', 'bucharest')
  const last = Number(ip.split('.')[3])
  if (last < 32) return place(ip, last < 16 ? 'vpnOne' : 'vpnTwo', 'zurich')
  if (last < 128) return place(ip, 'tor', last % 2 === 0 ? 'frankfurt' : 'zurich')
  if (last < 160) return place(ip, 'hosting', 'bucharest')
  if (last < 192) return place(ip, 'rentals', 'frankfurt')
  return place(ip, 'scanners', 'bucharest')
}
