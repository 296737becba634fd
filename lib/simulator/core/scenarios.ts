// The nine scenarios with known answers. Each is placed shortly before the epoch; what must come of it is written down here as data,
// by hand, so that tests compare the product with the story and not with itself.
import { accountNamed, CAST, type Company } from './company'
import { planLoginScenario } from './plan-login-scenario'
import { planTokenScenario } from './plan-token-scenario'
import { LISTED_LATER_MINUTES, SCENARIO_IPS, type ExpectedSignal, type Scenario } from './scenario'

/** All nine, in order. @param epoch ms since 1970 */
export function scenariosOf(company: Company, epoch: number): Scenario[] {
  return DESCRIPTIONS.map(({ id, name, story, verdict, answers, expect }) => ({
    id,
    name,
    story,
    verdict,
    answers,
    expected: expect(company),
    events: id === 'S1' || id === 'S2' ? planTokenScenario(company, id, epoch) : planLoginScenario(company, id, epoch),
  }))
}

interface Description extends Omit<Scenario, 'expected' | 'events'> {
  expect: (company: Company) => ExpectedSignal[]
}

function login(company: Company, position: number, ip: string, eventCount: number, category: string): ExpectedSignal {
  const actorId = company.people[position]!.id
  return { ip, actorId, severity: 'medium', kind: 'interactive_login', eventCount, categories: [category] }
}

function tokenUse(actorId: string, ip: string, eventCount: number, category: string): ExpectedSignal {
  return { ip, actorId, severity: 'high', kind: 'api_token', eventCount, categories: [category] }
}

const DESCRIPTIONS: readonly Description[] = [
  {
    id: 'S1',
    name: 'stolen API token, Tor exit',
    story:
      'The token of the HR sync account, for months used from our own cloud only, resets a password and two factors through a Tor exit. Two grants of a role are refused.',
    verdict: 'malicious',
    answers: ['yes', 'no', 'yes', 'yes', 'yes', 'no'],
    expect: (company) => [tokenUse(accountNamed(company, 'hr-sync').id, SCENARIO_IPS.stolenTokenTor, 3, 'tor')],
  },
  {
    id: 'S2',
    name: 'stolen API token, two listed addresses, administrator role granted',
    story:
      'The token of the infrastructure account makes a user from a hosting address and, fifty minutes later from a second listed address over IPv6, makes that user super administrator and switches off a log stream.',
    verdict: 'malicious',
    answers: ['yes', 'no', 'yes', 'yes', 'yes', 'no'],
    expect: (company) => {
      const { id } = accountNamed(company, 'terraform')
      return [
        tokenUse(id, SCENARIO_IPS.stolenTokenFirst, 5, 'malicious'),
        tokenUse(id, SCENARIO_IPS.stolenTokenSecond, 4, 'malicious'),
      ]
    },
  },
  {
    id: 'S3',
    name: 'interactive login, known corporate VPN',
    story:
      'A colleague signs in on the usual managed laptop at the usual hour through the corporate VPN operator, by an exit that a list names because of another customer.',
    verdict: 'benign_expected',
    answers: ['yes', 'yes', 'no', 'no', 'no', 'no'],
    expect: (company) => [login(company, CAST.corporateVpnUser, SCENARIO_IPS.corporateVpn, 5, 'malicious')],
  },
  {
    id: 'S4',
    name: 'personal VPN, first use, quiet session',
    story:
      'Somebody who never used a VPN signs in through a personal one, on their managed laptop with a phishing-resistant factor, and opens two everyday applications.',
    verdict: 'benign_vpn',
    answers: ['yes', 'yes', 'no', 'no', 'no', 'no'],
    expect: (company) => [login(company, CAST.personalVpnUser, SCENARIO_IPS.personalVpn, 4, 'malicious')],
  },
  {
    id: 'S5',
    name: 'listed only later',
    story:
      'A report administrator signs in from an address that no list knows; the malicious list names it minutes after the simulator starts, hours after the session.',
    verdict: 'malicious',
    answers: ['yes', 'no', 'yes', 'no', 'no', 'no'],
    expect: (company) => [
      {
        ...login(company, CAST.laterListed, SCENARIO_IPS.listedLater, 6, 'malicious'),
        listedAfterMinutes: LISTED_LATER_MINUTES,
      },
    ],
  },
  {
    id: 'S6',
    name: 'factor enrolled after the login',
    story:
      'A session from a Tor exit on an unknown device enrols a new factor and changes the recovery address within minutes.',
    verdict: 'malicious',
    answers: ['yes', 'no', 'yes', 'no', 'yes', 'no'],
    expect: (company) => [login(company, CAST.factorEnrolled, SCENARIO_IPS.factorEnrolled, 7, 'tor')],
  },
  {
    id: 'S7',
    name: 'password spray, twelve accounts, one success',
    story: 'One address tries twelve accounts; one of them signs in with a password only and opens two applications.',
    verdict: 'malicious',
    answers: ['yes', 'no', 'no', 'no', 'no', 'yes'],
    expect: (company) => [login(company, CAST.sprayed, SCENARIO_IPS.spray, 3, 'brute_force')],
  },
  {
    id: 'S8',
    name: 'shared carrier NAT',
    story:
      'Four colleagues on their phones share one carrier address that a list names; their everyday addresses are its neighbours.',
    verdict: 'benign_expected',
    answers: ['yes', 'yes', 'no', 'no', 'no', 'yes'],
    expect: (company) =>
      CAST.carrierUsers.map((position) => login(company, position, SCENARIO_IPS.carrierNat, 3, 'malicious')),
  },
  {
    id: 'S9',
    name: 'missing data',
    story:
      'Events without security context, session and device, of a user whom the API refuses to show: the honest answer is that nobody can tell.',
    verdict: 'cannot_tell',
    answers: ['yes', 'cannot_tell', 'cannot_tell', 'no', 'no', 'no'],
    expect: (company) => [login(company, CAST.unknownToUs, SCENARIO_IPS.missingData, 3, 'malicious')],
  },
]
