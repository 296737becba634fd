// The simulated company as a whole: people, machines that act by token, applications, groups, roles. A function of seed and size.
import { APP_NAMES, DEPARTMENTS, SERVICE_ACCOUNTS, SERVICE_APPS } from './names'
import { OWN_CLOUD, type Place } from './networks'
import { makePerson, type Person } from './people'
import { Random, seedOf } from './random'

/** An application, group, policy or the like: what events name as target. */
export interface Named {
  id: string
  name: string
}

/** A user whose only sign-in is an SSWS API token. */
export interface ServiceAccount {
  id: string
  login: string
  name: string
  token: Named
  place: Place
  perDay: number
  agent: string
  events: readonly string[]
}

/** An OAuth service app; its access tokens are named by {@link accessTokenId}. */
export interface ServiceApp {
  clientId: string
  name: string
  place: Place
  perDay: number
  agent: string
  events: readonly string[]
}

export interface Company {
  seed: number
  orgId: string
  people: Person[]
  /** Those that no scenario tells of: whatever could blur an answer that a scenario knows (a reset, a new factor) happens to these only. */
  bystanders: Person[]
  serviceAccounts: ServiceAccount[]
  serviceApps: ServiceApp[]
  apps: Named[]
  groups: Named[]
  /** Tokens that administrators made for themselves, by user id. */
  adminTokens: { person: Person; token: Named }[]
  policies: { session: Named; app: Named; password: Named }
  zones: { offices: Named; vpn: Named; cloud: Named }
}

/** Fewer people than this cannot play the nine scenarios. */
export const MINIMUM_PEOPLE = 24

const ROLES_BY_POSITION: readonly string[][] = [
  ['SUPER_ADMIN'],
  ['SUPER_ADMIN'],
  ['APP_ADMIN', 'USER_ADMIN'],
  ['HELP_DESK_ADMIN'],
]

/** Positions of the staff list that the scenarios need. */
export const CAST = {
  corporateVpnUser: 4,
  personalVpnUser: 5,
  laterListed: 6,
  factorEnrolled: 7,
  sprayed: 8,
  carrierUsers: [9, 10, 11, 12],
  unknownToUs: 13,
} as const

const CAST_POSITIONS: readonly number[] = Object.values(CAST).flat()

/** Whether a scenario tells of the person. */
export function isCast(person: Person): boolean {
  return CAST_POSITIONS.includes(person.index)
}

const CAST_TRAITS: Readonly<Record<number, Partial<Person>>> = {
  [CAST.corporateVpnUser]: { vpn: 'corporate', attendance: 'remote', isTraveller: false, factor: 'fastpass' },
  [CAST.personalVpnUser]: { vpn: 'none', attendance: 'remote', isTraveller: false, factor: 'fastpass' },
  [CAST.laterListed]: { roles: ['REPORT_ADMIN'], factor: 'push' },
  [CAST.factorEnrolled]: { factor: 'totp' },
}

/** The company that a seed names, with at least {@link MINIMUM_PEOPLE} people. */
export function makeCompany(seed: number, size: number): Company {
  const random = new Random(seedOf(seed, 'company'))
  const named = (prefix: string, name: string): Named => ({ id: random.id(prefix), name })
  const orgId = random.id('00o')
  const apps = APP_NAMES.map((app) => named('0oa', app.label))
  const groups = [
    'Everyone',
    ...DEPARTMENTS.map((department) => department.name),
    'Okta Administrators',
    'VPN Users',
    'Contractors',
  ].map((name) => named('00g', name))
  const people = makeStaff(seed, Math.max(size, MINIMUM_PEOPLE))
  return {
    seed,
    orgId,
    people,
    bystanders: people.filter((person) => !isCast(person)),
    adminTokens: people.slice(0, 3).map((person) => ({ person, token: named('00T', `${person.name}: scripts`) })),
    serviceAccounts: SERVICE_ACCOUNTS.map((account, index) => ({
      id: random.id('00u'),
      login: `svc-${account.name}@example.com`,
      name: account.label,
      token: named('00T', account.label),
      place: OWN_CLOUD[index % OWN_CLOUD.length]!,
      perDay: account.perDay,
      agent: account.agent,
      events: account.events,
    })),
    serviceApps: SERVICE_APPS.map((app, index) => ({
      clientId: random.id('0oa'),
      name: app.name,
      place: OWN_CLOUD[(index + 1) % OWN_CLOUD.length]!,
      perDay: app.perDay,
      agent: app.agent,
      events: app.events,
    })),
    apps,
    groups,
    policies: {
      session: named('00p', 'Everyone: session'),
      app: named('rst', 'Two factors'),
      password: named('00p', 'Passwords'),
    },
    zones: { offices: named('nzo', 'Offices'), vpn: named('nzo', 'Corporate VPN'), cloud: named('nzo', 'Own cloud') },
  }
}

function makeStaff(seed: number, size: number): Person[] {
  const staff: Person[] = []
  const logins = new Set<string>()
  const carrierUsers: readonly number[] = CAST.carrierUsers
  for (let index = 0; index < size; index++) {
    const person = makePerson(seed, index, carrierUsers.includes(index))
    if (logins.has(person.login)) person.login = person.login.replace('@', `${index}@`)
    logins.add(person.login)
    const roles = ROLES_BY_POSITION[index] ?? (person.department === 'IT' && index % 2 === 0 ? ['HELP_DESK_ADMIN'] : [])
    staff.push({ ...person, roles, ...CAST_TRAITS[index] })
  }
  return staff
}

/** Application by label; the labels are those of {@link APP_NAMES}. */
export function appNamed(company: Company, label: string): Named {
  return company.apps.find((app) => app.name === label) ?? company.apps[0]!
}

export function accountNamed(company: Company, name: (typeof SERVICE_ACCOUNTS)[number]['name']): ServiceAccount {
  return (
    company.serviceAccounts.find((account) => account.login === `svc-${name}@example.com`) ??
    company.serviceAccounts[0]!
  )
}

/** Id of the access token that a service app uses in the hour that begins `hour` hours after 1970. */
export function accessTokenId(company: Company, app: ServiceApp, hour: number): string {
  return new Random(seedOf(company.seed, 'access token', app.clientId, hour)).id('AT.', 46)
}
