// The invented runbook where it is largest, and where every text in it is hostile.
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type { ActivityStep, Lane } from '@/lib/runbook/contract/steps'
import { accountsStep } from './accounts-fixture'
import { activityStep, lanes } from './activity-fixture'
import { FIRST_SEEN, SIGNAL_IP } from './case-fixture'
import { changesStep } from './changes-fixture'
import { intelStep } from './intel-fixture'
import { legitimacyStep } from './legitimacy-fixture'
import { runbook } from './runbook-fixture'
import { tokenStep } from './token-fixture'

/** A lane of a service account: `count` events within an hour, a privilege event among them. */
function busyLane(lane: Lane, count: number, index: number): Lane {
  const from = Date.parse(FIRST_SEEN)
  const marks = Array.from({ length: count }, (_, number) => ({
    uuid: `busy-${index}-${number}`,
    at: new Date(from + (number * 3_600_000) / count).toISOString(),
    eventClass:
      number === 700
        ? ('privilege' as const)
        : number % 9 === 0
          ? ('configuration' as const)
          : ('data_access' as const),
    eventType:
      number === 700
        ? 'user.account.privilege.grant'
        : number % 9 === 0
          ? 'zone.update'
          : 'application.user_membership.show_password',
    isFailed: number % 31 === 0,
    ip: number % 5 === 0 ? '203.0.113.20' : SIGNAL_IP,
  }))
  return {
    ...lane,
    id: `${lane.id}${index}`,
    events: 200_000,
    firstAt: marks[0]!.at,
    lastAt: marks.at(-1)!.at,
    marks,
    breaks: lane.breaks.slice(0, 1).map((one) => ({ ...one, at: new Date(from + 600_000).toISOString() })),
  }
}

const hugeActivity: ActivityStep = {
  ...activityStep,
  sentence: '200 000 events in an hour, 1 of them an admin grant.',
  events: 200_000,
  isComplete: false,
  lanes: Array.from({ length: 24 }, (_, index) => busyLane(lanes[index % 2]!, 1_200, index)),
  notable: Array.from({ length: 300 }, (_, index) => ({
    ...activityStep.notable[index % activityStep.notable.length]!,
    uuid: `notable-${index}`,
  })),
}

export const huge: Runbook = {
  ...runbook,
  steps: [
    {
      ...intelStep,
      feeds: Array.from({ length: 40 }, (_, index) => ({
        ...intelStep.feeds[index % 6]!,
        feedId: `feed-${index}`,
        feedName: `${intelStep.feeds[index % 6]!.feedName} ${index}`,
      })),
    },
    legitimacyStep,
    hugeActivity,
    {
      ...tokenStep,
      tokens: [
        {
          ...tokenStep.tokens[0]!,
          addresses: Array.from({ length: 20 }, (_, index) => ({
            ...tokenStep.tokens[0]!.addresses[index % 5]!,
            ip: `198.51.100.${index + 7}`,
          })),
          otherAddresses: 1_280,
          otherCalls: 912_044,
        },
      ],
    },
    {
      ...changesStep,
      isComplete: false,
      lifelines: Array.from({ length: 24 }, (_, index) => ({
        ...changesStep.lifelines[index % 6]!,
        subject: `${changesStep.lifelines[index % 6]!.subject} ${index}`,
      })),
    },
    {
      ...accountsStep,
      accounts: Array.from({ length: 50 }, (_, index) => ({
        ...accountsStep.accounts[index % 4]!,
        actorId: `00u${index}`,
        login: `person.${index}@example.com`,
        isThisAccount: index === 0,
      })),
      accountsTotal: 412,
      shared: {
        kind: 'corporate_egress',
        sentence: 'It is listed as a company egress: many accounts behind it are no outbreak.',
      },
      spray: {
        accounts: 212,
        failures: 640,
        window: { from: FIRST_SEEN, to: FIRST_SEEN },
        sentence: '212 accounts failed from here in the ten minutes before the first success.',
      },
    },
  ],
}

const NASTY = `<script>alert(1)</script> \u202Egnp.exe\u202C ${'W'.repeat(400)}`

export const hostile: Runbook = {
  ...runbook,
  steps: [
    {
      ...intelStep,
      sentence: NASTY,
      asOrg: NASTY,
      feeds: intelStep.feeds.map((feed) => ({ ...feed, feedName: NASTY })),
      missing: [NASTY],
    },
    {
      ...legitimacyStep,
      sentence: NASTY,
      dimensions: legitimacyStep.dimensions.map((dimension) => ({
        ...dimension,
        top: dimension.top.map((value) => ({ ...value, label: NASTY })),
        current: dimension.current && { ...dimension.current, label: NASTY },
      })),
      factor: { name: NASTY, isPhishingResistant: false },
      likelihood: {
        ...legitimacyStep.likelihood,
        contributions: legitimacyStep.likelihood.contributions.map((one) => ({ ...one, label: NASTY })),
      },
    },
    {
      ...activityStep,
      sentence: NASTY,
      lanes: lanes.map((lane) => ({ ...lane, label: NASTY, clients: [NASTY] })),
      notable: activityStep.notable.map((event) => ({ ...event, targets: [NASTY, NASTY], actorLogin: NASTY })),
    },
    {
      ...tokenStep,
      sentence: NASTY,
      tokens: tokenStep.tokens.map((token) => ({
        ...token,
        name: NASTY,
        owner: { id: 'x', login: NASTY },
        created: { ...token.created, sentence: NASTY },
      })),
    },
    {
      ...changesStep,
      sentence: NASTY,
      lifelines: changesStep.lifelines.map((line) => ({ ...line, subject: NASTY })),
      patterns: [{ id: 'x', sentence: NASTY, events: [] }],
    },
    {
      ...accountsStep,
      sentence: NASTY,
      accounts: accountsStep.accounts.map((account) => ({ ...account, login: NASTY, roles: [NASTY] })),
    },
  ],
}
