// Events of the scenarios in which an API token was stolen, and of the making of tokens.
import { accountNamed, type Company, type Named, type ServiceAccount } from './company'
import { flaggedPlace, place, type Place } from './networks'
import { useToken, type TokenThief } from './plan-attack'
import { namedTarget, planEvent, userActor, userTarget, type EventDraft, type EventPlan } from './plan-event'
import { act, openVisit } from './plan-session'
import { Random, seedOf } from './random'
import { SCENARIO_IPS } from './scenario'
import { DAY, HOUR, MINUTE } from './time-zones'

/** Days before the epoch on which each account's token was made; those beyond 90 are no longer in the log. */
export const TOKEN_AGE_DAYS: Readonly<Record<string, number>> = {
  'hr-sync': 412,
  terraform: 61,
  'helpdesk-bot': 233,
  backup: 150,
  'badge-sync': 35,
  payroll: 301,
  ticketing: 77,
  siem: 120,
}

function thiefOf(account: ServiceAccount, where: Place, agent: string): TokenThief {
  return { actor: userActor(account), token: { id: account.token.id, clientId: null }, place: where, agent }
}

/** The user that the thief of scenario S2 makes. */
export function plantedUser(company: Company): { id: string; login: string; name: string } {
  const id = new Random(seedOf(company.seed, 'planted user')).id('00u')
  return { id, login: 'it.support2@example.com', name: 'IT Support' }
}

/** Events of scenario S1 or S2. */
export function planTokenScenario(company: Company, id: 'S1' | 'S2', epoch: number): EventPlan[] {
  return id === 'S1' ? torScenario(company, epoch) : grantScenario(company, epoch)
}

function torScenario(company: Company, epoch: number): EventPlan[] {
  const random = new Random(seedOf(company.seed, 'S1'))
  const thief = thiefOf(accountNamed(company, 'hr-sync'), flaggedPlace(SCENARIO_IPS.stolenTokenTor), 'curl/8.9.1')
  const victim = [userTarget(company.people[1]!)]
  const at = epoch - 130 * MINUTE
  const refused: Partial<EventDraft> = { result: 'FAILURE', reason: 'Access denied', targets: victim }
  const events = [
    useToken(random, company, thief, at, { eventType: 'user.account.privilege.grant', ...refused }),
    useToken(random, company, thief, at + 21_000, { eventType: 'user.account.privilege.grant', ...refused }),
    useToken(random, company, thief, at + 95_000, { eventType: 'user.account.reset_password', targets: victim }),
    useToken(random, company, thief, at + 140_000, { eventType: 'user.mfa.factor.reset_all', targets: victim }),
    useToken(random, company, thief, at + 9 * MINUTE, { eventType: 'user.mfa.factor.reset_all' }),
  ]
  // The last reaches the log three quarters of an hour late.
  const last = events.at(-1)!
  return [...events.slice(0, -1), { ...last, persisted: last.published + 45 * MINUTE }]
}

function grantScenario(company: Company, epoch: number): EventPlan[] {
  const random = new Random(seedOf(company.seed, 'S2'))
  const account = accountNamed(company, 'terraform')
  const first = thiefOf(account, flaggedPlace(SCENARIO_IPS.stolenTokenFirst), 'python-requests/2.32.3')
  const second = { ...first, place: place(SCENARIO_IPS.stolenTokenSecond, 'rentals', 'bucharest') }
  const target = [userTarget(plantedUser(company))]
  const admins = company.groups.find((group) => group.name === 'Okta Administrators')!
  const at = epoch - 26 * HOUR
  const laterAt = at + 50 * MINUTE
  return [
    useToken(random, company, first, at, { eventType: 'user.account.update_profile' }),
    useToken(random, company, first, at + 12_000, { eventType: 'user.account.update_profile' }),
    useToken(random, company, first, at + 70_000, { eventType: 'user.lifecycle.create', targets: target }),
    useToken(random, company, first, at + 71_000, { eventType: 'user.lifecycle.activate', targets: target }),
    useToken(random, company, first, at + 90_000, {
      eventType: 'group.user_membership.add',
      targets: [...target, namedTarget('UserGroup', admins)],
    }),
    useToken(random, company, first, at + 99_000, {
      eventType: 'user.account.privilege.grant',
      result: 'FAILURE',
      reason: 'Not allowed in this network zone',
      targets: target,
    }),
    useToken(random, company, second, laterAt, {
      eventType: 'user.account.privilege.grant',
      targets: target,
      debug: { privilegeGranted: 'Super administrator' },
    }),
    useToken(random, company, second, laterAt + 30_000, { eventType: 'user.mfa.factor.reset_all' }),
    useToken(random, company, second, laterAt + 4 * MINUTE, {
      eventType: 'zone.update',
      targets: [namedTarget('NetworkZone', company.zones.cloud)],
    }),
    useToken(random, company, second, laterAt + 6 * MINUTE, {
      eventType: 'system.log_stream.lifecycle.deactivate',
      targets: [namedTarget('LogStream', { id: '0oa000000000logs0001', name: 'Archive' })],
    }),
  ]
}

/** The making of each token that is young enough to be in the log: by the first administrator, in the office. */
export function planTokenCreations(company: Company, epoch: number): EventPlan[] {
  const random = new Random(seedOf(company.seed, 'token creations'))
  const admin = company.people[0]!
  const visit = openVisit(random, { company, person: admin, place: admin.office, device: admin.laptop })
  return company.serviceAccounts.flatMap((account) => {
    const age = TOKEN_AGE_DAYS[account.login.slice(4).split('@')[0]!] ?? 365
    if (age > 90) return []
    const target = tokenTarget(account.token)
    const made = act(random, visit, epoch - age * DAY, { eventType: 'system.api_token.create', targets: [target] }, 900)
    return [planEvent(random, made.published, { ...made.draft, debug: { networkConnection: 'ANYWHERE' } }, 900)]
  })
}

function tokenTarget(token: Named): EventDraft['targets'][number] {
  return namedTarget('Token', token)
}
