import { describe, expect, it } from 'vitest'
import { accountNamed, CAST, makeCompany } from './company'
import { feedContent, FEEDS, GUEST_WIFI_IP } from './feeds'
import type { EventPlan } from './plan-event'
import { liveCases } from './plan-flagged'
import { planQuietCases } from './plan-quiet-cases'
import { SCENARIO_IPS, LISTED_LATER_MINUTES, type ExpectedSignal, type ScenarioId } from './scenario'
import { DAY, dayOf, HOUR, MINUTE } from './time-zones'
import { Timeline } from './timeline'
import { writeEvent } from './write-event'

const EPOCH = Date.parse('2026-08-05T09:13:21.456Z')
const company = makeCompany(1, 300)
const timeline = new Timeline(company, { epoch: EPOCH, historyDays: 90, isLive: true })

/** Which categories flag an address under the policy `malicious+tor`: written anew here, so that it shares no mistake. */
function flaggingCategories(ip: string, at: number, epoch = EPOCH): string[] {
  const entries = FEEDS.flatMap((feed) => {
    const { body } = feedContent(1, epoch, feed.path, at)
    if (body.startsWith('{')) {
      const patterns = [...body.matchAll(/addr:value (?:=|ISSUBSET) '([^']+)'/g)]
      return patterns.map(([, range = '']) => ({ range, category: feed.category, intent: 'malicious' }))
    }
    const data = body.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('address,'))
    return data.map((line) => {
      const [range = '', category = feed.category, intent] = line.split(',')
      return { range, category, intent: intent ?? feed.category }
    })
  }).filter((entry) => covers(entry.range, ip))
  if (entries.some((entry) => entry.intent === 'benign' || entry.intent === 'corporate_egress')) return []
  return [
    ...new Set(
      entries.filter(({ intent }) => intent === 'malicious' || intent === 'tor').map((entry) => entry.category),
    ),
  ]
}

function covers(range: string, ip: string): boolean {
  const [base = '', length] = range.split('/')
  if (base.includes(':') !== ip.includes(':')) return false
  if (length === undefined) return base === ip
  if (base.includes(':')) return ip.startsWith(base.replace(/:?:$/, ''))
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - Number(length))
  return Math.floor(number(base) / size) === Math.floor(number(ip) / size)
}

interface Group {
  ip: string
  actorId: string
  events: EventPlan[]
}

/** Successful events from flagged addresses by address and actor, split where an hour passed without one. */
function flaggedGroups(timeline: Timeline, at: number): Group[] {
  const groups = new Map<string, EventPlan[]>()
  const known = new Map<string, string[]>()
  const categoriesOf = (ip: string) => {
    if (!known.has(ip)) known.set(ip, flaggingCategories(ip, at, timeline.options.epoch))
    return known.get(ip)!
  }
  for (let day = dayOf(timeline.beginsAt); day <= dayOf(at); day++) {
    for (const event of timeline.publishedOn(day)) {
      const { draft } = event
      if (event.persisted > at || draft.result !== 'SUCCESS' || !draft.place) continue
      if (/rate_limit|^security\.threat/.test(draft.eventType)) continue
      if (categoriesOf(draft.place.ip).length === 0) continue
      const key = `${draft.place.ip} ${draft.actor.id}`
      groups.set(key, [...(groups.get(key) ?? []), event])
    }
  }
  return [...groups].flatMap(([key, events]) => {
    const [ip = '', actorId = ''] = key.split(' ')
    const signals: Group[] = []
    for (const event of events) {
      const last = signals.at(-1)?.events.at(-1)
      if (last && event.published - last.published <= HOUR) signals.at(-1)!.events.push(event)
      else signals.push({ ip, actorId, events: [event] })
    }
    return signals
  })
}

function asExpected(group: Group, at: number, epoch = EPOCH): ExpectedSignal {
  const isToken = group.events.some((event) => event.draft.token)
  return {
    ip: group.ip,
    actorId: group.actorId,
    severity: isToken ? 'high' : 'medium',
    kind: isToken ? 'api_token' : 'interactive_login',
    eventCount: group.events.length,
    categories: flaggingCategories(group.ip, at, epoch),
  }
}

const byGroup = (one: ExpectedSignal, other: ExpectedSignal) =>
  `${one.ip} ${one.actorId} ${one.eventCount}`.localeCompare(`${other.ip} ${other.actorId} ${other.eventCount}`)

describe('signals of the history', () => {
  const found = flaggedGroups(timeline, EPOCH)
  const signals = found.map((group) => asExpected(group, EPOCH)).sort(byGroup)

  it('are exactly those foretold: routine never meets a flagged address', () => {
    expect(signals).toEqual([...timeline.expectedSignals(EPOCH)].sort(byGroup))
  })

  it.each(['2026-01-04T02:00:00Z', '2026-06-15T00:05:00Z', '2026-10-25T23:59:59Z'])(
    'are so at any epoch: %s',
    (text) => {
      const epoch = Date.parse(text)
      const other = new Timeline(makeCompany(1, 24), { epoch, historyDays: 90, isLive: true })
      const others = flaggedGroups(other, epoch).map((group) => asExpected(group, epoch, epoch))
      expect(others.sort(byGroup)).toEqual([...other.expectedSignals(epoch)].sort(byGroup))
    },
  )

  it('make a believable queue', () => {
    expect(signals.length).toBeGreaterThanOrEqual(25)
    expect(signals.length).toBeLessThanOrEqual(40)
    const high = signals.filter((signal) => signal.severity === 'high').length
    expect(high).toBeGreaterThanOrEqual(4)
    expect(high).toBeLessThanOrEqual(8)
  })

  it('begin with a sign-in or a token, so that their kind is plain', () => {
    for (const { events } of found) {
      const { eventType, token } = events[0]!.draft
      expect(token !== undefined || /^user\.(session\.start|authentication\.)/.test(eventType)).toBe(true)
    }
  })

  it('do not come from what only looks like a case', () => {
    const quiet = planQuietCases(company, EPOCH)
    const hops = quiet.flatMap((event) => event.draft.place?.hops ?? [])
    expect(flaggingCategories(hops[0]!, EPOCH)).toEqual(['tor'])
    expect(quiet.map((event) => event.draft.place!.ip)).toContain(GUEST_WIFI_IP)
    expect(quiet.filter((event) => flaggingCategories(event.draft.place!.ip, EPOCH).length > 0)).toEqual([])
  })

  it('gain the later listed one when the list names it', () => {
    const later = EPOCH + LISTED_LATER_MINUTES * MINUTE
    expect(timeline.expectedSignals(later).length).toBe(timeline.expectedSignals(EPOCH).length + 1)
    expect(flaggingCategories(SCENARIO_IPS.listedLater, later - 1000)).toEqual([])
    expect(flaggingCategories(SCENARIO_IPS.listedLater, later)).toEqual(['malicious'])
  })
})

describe('each scenario', () => {
  const scenario = (id: ScenarioId) => timeline.scenarios.find((candidate) => candidate.id === id)!
  const from = (id: ScenarioId, ip: string) => scenario(id).events.filter((event) => event.draft.place?.ip === ip)

  it('is there, and nearly all lie in the last four days', () => {
    expect(timeline.scenarios.map(({ id }) => id)).toEqual(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9'])
    for (const { events } of timeline.scenarios) {
      expect(Math.min(...events.map((event) => event.published))).toBeGreaterThan(EPOCH - 4 * DAY)
      expect(Math.max(...events.map((event) => event.persisted))).toBeLessThanOrEqual(EPOCH)
    }
  })

  it('S1: one token, a Tor exit, two refusals', () => {
    const events = from('S1', SCENARIO_IPS.stolenTokenTor)
    expect(new Set(events.map((event) => event.draft.token?.id))).toEqual(
      new Set([accountNamed(company, 'hr-sync').token.id]),
    )
    expect(events.filter((event) => event.draft.result === 'FAILURE')).toHaveLength(2)
  })

  it('S2: the second address grants the role', () => {
    const granted = from('S2', SCENARIO_IPS.stolenTokenSecond).filter(
      (event) => event.draft.eventType === 'user.account.privilege.grant' && event.draft.result === 'SUCCESS',
    )
    expect(granted).toHaveLength(1)
  })

  it('S3: the operator is one that many colleagues use every day', () => {
    const users = company.people.filter((person) => person.vpn === 'corporate')
    expect(users.length).toBeGreaterThan(30)
    const asNumber = users[0]!.vpnExit.network.asNumber
    expect(from('S3', SCENARIO_IPS.corporateVpn)[0]!.draft.place!.network.asNumber).toBe(asNumber)
  })

  it('S4: the device is the usual laptop and the operator was never used before', () => {
    const person = company.people[CAST.personalVpnUser]!
    const events = from('S4', SCENARIO_IPS.personalVpn)
    expect(new Set(events.map((event) => event.draft.device?.dtHash))).toEqual(new Set([person.laptop.dtHash]))
    expect(person.vpn).toBe('none')
  })

  it('S6: the factor is enrolled after the sign-in', () => {
    const events = from('S6', SCENARIO_IPS.factorEnrolled)
    const at = (eventType: string) => events.find((event) => event.draft.eventType === eventType)!.published
    expect(at('user.mfa.factor.activate')).toBeGreaterThan(at('user.session.start'))
  })

  it('S7: twelve accounts are tried, one is entered', () => {
    const events = from('S7', SCENARIO_IPS.spray)
    expect(new Set(events.map((event) => event.draft.actor.id)).size).toBe(12)
    const entered = events.filter((event) => event.draft.result === 'SUCCESS')
    expect(new Set(entered.map((event) => event.draft.actor.id)).size).toBe(1)
  })

  it('S8: the carrier serves the same people on other days', () => {
    for (const position of CAST.carrierUsers) {
      const { mobile } = company.people[position]!
      expect(mobile.network.asNumber).toBe(from('S8', SCENARIO_IPS.carrierNat)[0]!.draft.place!.network.asNumber)
      expect(mobile.ip).toMatch(/^198\.51\.100\.[1-6]$/)
    }
  })

  it('S9: session, network and device are missing', () => {
    for (const event of from('S9', SCENARIO_IPS.missingData).map(writeEvent)) {
      expect(event).toMatchObject({ securityContext: null, device: null, debugContext: { debugData: {} } })
      expect(event.authenticationContext).toMatchObject({ externalSessionId: 'unknown' })
    }
  })
})

describe('live cases', () => {
  const day = dayOf(EPOCH)
  const cases = [day, day + 1, day + 2].flatMap((each) => liveCases(company, EPOCH, each))
  const inFirst = (hours: number) => cases.filter((made) => made.at < EPOCH + hours * HOUR)

  it('come every four minutes at first, a HIGH every sixteen, and calm down later', () => {
    const high = inFirst(4).filter((made) => made.expected.severity === 'high')
    expect(inFirst(4).length - high.length).toBe(60)
    expect(high).toHaveLength(15)
    expect(inFirst(28).length - inFirst(4).length).toBeLessThan(130)
  })

  it('come from flagged addresses', () => {
    for (const { expected } of cases) expect(flaggingCategories(expected.ip, EPOCH + HOUR)).toEqual(expected.categories)
  })

  it('are neither lost nor doubled at midnight', () => {
    const slots = cases.map((made) => `${made.at} ${made.expected.actorId}`)
    expect(new Set(slots).size).toBe(slots.length)
  })
})
