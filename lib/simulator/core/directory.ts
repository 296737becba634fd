// Records of the company as Okta's other APIs return them: users, roles, factors, tokens, zones.
import { CAST, type Company } from './company'
import { OFFICES, OWN_CLOUD } from './networks'
import type { Person } from './people'
import type { EventPlan } from './plan-event'
import { planPersonDay } from './plan-person-day'
import { plantedUser, TOKEN_AGE_DAYS } from './plan-token-scenario'
import { Random, seedOf } from './random'
import { DAY, dayOf, HOUR } from './time-zones'
import type { JsonObject } from '../model'

/** All users, people first. @param epoch ms since 1970 */
export function userRecords(company: Company, epoch: number): JsonObject[] {
  const accounts = company.serviceAccounts.map((account, index) =>
    userRecord(account, 'Automation', 400 + index * 20, epoch),
  )
  const people = company.people.map((person) =>
    userRecord(person, person.department, 100 + ((person.index * 37) % 1400), epoch),
  )
  return [...people, ...accounts, userRecord(plantedUser(company), 'IT', 1, epoch)]
}

function userRecord(
  user: { id: string; login: string; name: string },
  department: string,
  ageDays: number,
  epoch: number,
): JsonObject {
  const [firstName = '', ...rest] = user.name.split(' ')
  const created = new Date(epoch - ageDays * DAY).toISOString()
  return {
    id: user.id,
    status: 'ACTIVE',
    created,
    activated: created,
    statusChanged: created,
    lastLogin: department === 'Automation' ? null : new Date(epoch - 14 * HOUR).toISOString(),
    lastUpdated: new Date(epoch - (ageDays % 30) * DAY).toISOString(),
    passwordChanged:
      department === 'Automation' ? created : new Date(epoch - (30 + (ageDays % 60)) * DAY).toISOString(),
    type: { id: 'oty0000000000000user' },
    profile: {
      login: user.login,
      email: user.login,
      firstName,
      lastName: rest.join(' '),
      department,
      mobilePhone: null,
      secondEmail: null,
    },
    credentials: { password: {}, provider: { type: 'OKTA', name: 'OKTA' } },
  }
}

/** What the log of the last 90 days says a person changed about their own sign-in, newest last. */
function ownChanges(company: Company, person: Person, epoch: number): EventPlan[] {
  const days = Array.from({ length: 91 }, (_, index) => dayOf(epoch) - 90 + index)
  return days
    .flatMap((day) => planPersonDay(company, person, day))
    .filter(
      ({ published, draft }) => published < epoch && /^user\.(account\.update_password|mfa\.)/.test(draft.eventType),
    )
}

/** The record of one user, true to what the log says. @param epoch ms since 1970 */
export function userRecordNow(company: Company, record: JsonObject, epoch: number): JsonObject {
  const person = company.people.find(({ id }) => id === record.id)
  if (!person) return record
  const changed = ownChanges(company, person, epoch).findLast(({ draft }) => draft.eventType.endsWith('password'))
  return changed ? { ...record, passwordChanged: new Date(changed.published).toISOString() } : record
}

/** True for the user of scenario S9, whom our credentials may not see. */
export function isHidden(company: Company, userId: string): boolean {
  return company.people[CAST.unknownToUs]!.id === userId
}

/** Administrator roles of a user. */
export function roleRecords(company: Company, userId: string): JsonObject[] {
  const person = company.people.find((candidate) => candidate.id === userId)
  const isPlanted = plantedUser(company).id === userId
  const account = company.serviceAccounts.find((candidate) => candidate.id === userId)
  const roles = person?.roles ?? (isPlanted ? ['SUPER_ADMIN'] : account ? ['ORG_ADMIN'] : [])
  return roles.map((type) => ({
    id: new Random(seedOf(company.seed, 'role', userId, type)).id('ra1'),
    label: type,
    type,
    status: 'ACTIVE',
    assignmentType: 'USER',
  }))
}

const FACTORS = {
  fastpass: { factorType: 'signed_nonce', provider: 'OKTA' },
  push: { factorType: 'push', provider: 'OKTA' },
  totp: { factorType: 'token:software:totp', provider: 'OKTA' },
  webauthn: { factorType: 'webauthn', provider: 'FIDO' },
} as const

/** Factors of a user; those that the log says were enrolled are young. @param epoch ms since 1970 */
export function factorRecords(company: Company, userId: string, epoch: number): JsonObject[] {
  const person = company.people.find((candidate) => candidate.id === userId)
  if (!person) return []
  const usual = factorRecord(company, person, FACTORS[person.factor], epoch - (120 + person.index) * DAY)
  const enrolled = ownChanges(company, person, epoch).findLast(({ draft }) => draft.eventType.startsWith('user.mfa.'))
  const since = person.index === CAST.factorEnrolled ? epoch - 7 * HOUR + 11 * 60_000 : enrolled?.published
  if (since === undefined) return [usual]
  const added = factorRecord(company, person, FACTORS.fastpass, since)
  return person.factor === 'fastpass' ? [added] : [usual, added]
}

function factorRecord(
  company: Company,
  person: Person,
  kind: { factorType: string; provider: string },
  created: number,
): JsonObject {
  const at = new Date(created).toISOString()
  return {
    id: new Random(seedOf(company.seed, 'factor', person.index, kind.factorType)).id('opf'),
    factorType: kind.factorType,
    provider: kind.provider,
    vendorName: kind.provider,
    status: 'ACTIVE',
    created: at,
    lastUpdated: at,
    profile: { credentialId: person.login, name: person.phone.name },
  }
}

/** Active SSWS tokens. @param epoch @param now ms since 1970 */
export function tokenRecords(company: Company, epoch: number, now: number): JsonObject[] {
  const accounts = company.serviceAccounts.map((account) => ({
    userId: account.id,
    token: account.token,
    ageDays: TOKEN_AGE_DAYS[account.login.slice(4).split('@')[0]!] ?? 365,
  }))
  const own = company.adminTokens.map(({ person, token }) => ({
    userId: person.id,
    token,
    ageDays: 190 + person.index * 11,
  }))
  return [...accounts, ...own].map(({ userId, token, ageDays }) => {
    // Tokens are in use all the time; a coarse last use keeps the answer the same for some minutes.
    const used = Math.floor(now / (10 * 60_000)) * 10 * 60_000
    return {
      id: token.id,
      name: token.name,
      userId,
      clientName: 'Okta API',
      created: new Date(epoch - ageDays * DAY).toISOString(),
      lastUpdated: new Date(used).toISOString(),
      expiresAt: new Date(used + 30 * DAY).toISOString(),
      tokenWindow: 'P30D',
      network: { connection: 'ANYWHERE' },
    }
  })
}

/** Network zones: ours, and those that every org has. */
export function zoneRecords(company: Company, epoch: number): JsonObject[] {
  const created = new Date(epoch - 900 * DAY).toISOString()
  const gateways = (values: readonly string[]) => values.map((value) => ({ type: 'CIDR', value }))
  const zone = (id: string, name: string, usage: string, system: boolean, cidrs: readonly string[]): JsonObject => ({
    id,
    name,
    type: 'IP',
    status: 'ACTIVE',
    usage,
    system,
    created,
    lastUpdated: created,
    gateways: gateways(cidrs),
    proxies: null,
  })
  const { offices, vpn, cloud } = company.zones
  return [
    zone(
      offices.id,
      offices.name,
      'POLICY',
      false,
      Object.values(OFFICES).map((office) => `${office.ip}/32`),
    ),
    zone(vpn.id, vpn.name, 'POLICY', false, ['192.0.2.64/26']),
    zone(
      cloud.id,
      cloud.name,
      'POLICY',
      false,
      OWN_CLOUD.map((place) => `${place.ip}/32`),
    ),
    zone('nzo00000000000legacy', 'LegacyIpZone', 'POLICY', true, []),
    zone('nzo0000000000blocked', 'BlockedIpZone', 'BLOCKLIST', true, []),
    zone('nzo000000000enhanced', 'DefaultEnhancedDynamicZone', 'BLOCKLIST', true, []),
    zone('nzo0000000000exempts', 'DefaultExemptIpZone', 'POLICY', true, []),
  ]
}
