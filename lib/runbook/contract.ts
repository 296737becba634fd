// What the API says about the six steps of a signal: stored facts and one plain sentence each; no verdicts. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { CATEGORIES, INTENTS } from '@/lib/intel/model'
import { EVENT_CLASSES, LISTINGS } from './model'

const Instant = z.iso.datetime()
const Window = z.object({ from: Instant, to: Instant })
const Category = z.enum(CATEGORIES)

const answer = {
  question: z.string(),
  sentence: z.string().describe('What is stored, in plain words; never that something did not happen'),
  state: z.enum(['answered', 'unknown']).describe('`unknown`: nothing stored answers this'),
  window: Window.nullable().describe('What was searched'),
  missing: z.array(z.string()).describe('What would be needed to say more, a sentence each'),
}

/** One stored event in a table of a step; its JSON is at /api/events/{uuid}. */
export const RunbookEvent = z.object({
  uuid: z.string(),
  at: Instant,
  eventType: z.string(),
  eventClass: z.enum(EVENT_CLASSES),
  outcome: z.string().nullable(),
  actorId: z.string().nullable(),
  actorLogin: z.string().nullable(),
  ip: z.string().nullable(),
  sessionId: z.string().nullable(),
  tokenId: z.string().nullable(),
  isAfter: z.boolean().describe('At or after the first event of the signal'),
})
export type RunbookEvent = z.infer<typeof RunbookEvent>

const Listing = z.enum(LISTINGS).describe('`unknown`: the feed was not read by then')

export const FeedFacts = z.object({
  feedId: z.string(),
  feedName: z.string(),
  atEvent: Listing,
  whenFired: Listing,
  now: Listing,
  categories: z.array(Category),
  intents: z.array(z.enum(INTENTS)),
  confidence: z.number().nullable().describe('0 to 100; the highest the feed gave'),
  ranges: z.array(z.string()),
  firstListed: Instant.nullable(),
  lastListed: Instant.nullable().describe('Null while it is listed, or never was'),
})
export type FeedFacts = z.infer<typeof FeedFacts>

export const IntelStep = z.object({
  step: z.literal(1),
  ...answer,
  ip: z.string(),
  asNumber: z.number().nullable(),
  asOrg: z.string().nullable(),
  country: z.string().nullable(),
  feeds: z.array(FeedFacts).describe('Every feed; those that ever listed the address first'),
  isTorAtEvent: z.boolean().nullable().describe('Null where no feed of Tor exits had been read by then'),
  neighbours: z
    .object({ range: z.string(), entries: z.int() })
    .nullable()
    .describe('Live entries inside the /24 or /64'),
  okta: z
    .object({ events: z.int(), threatSuspected: z.int(), proxy: z.int(), threatInsight: z.int() })
    .describe("Okta's own opinion, counted over stored events of the address in the window"),
})
export type IntelStep = z.infer<typeof IntelStep>

export const BaselineValue = z.object({ value: z.string(), label: z.string(), events: z.int(), share: z.number() })
export type BaselineValue = z.infer<typeof BaselineValue>

export const BaselineDimension = z.object({
  name: z.enum(['network', 'country', 'os', 'browser']),
  top: z.array(BaselineValue).describe('Most used first, at most ten'),
  current: BaselineValue.nullable().describe(
    'The value of this use with its share of the history; null where Okta gave none',
  ),
  isFirstTime: z.boolean().nullable().describe('Null where there is no history or no value'),
})
export type BaselineDimension = z.infer<typeof BaselineDimension>

export const LegitimacyStep = z.object({
  step: z.literal(2),
  ...answer,
  historyEvents: z.int(),
  historyDays: z.int().describe('Days with at least one event'),
  dimensions: z.array(BaselineDimension),
  recent: z
    .object({
      window: Window,
      events: z.int(),
      sameDevice: z.int().nullable().describe('Events with the same device; null where Okta named none'),
      sameAddress: z.int(),
      hours: z.array(z.int()).describe('168 counts by hour of the week, UTC, Monday 00:00 first'),
      hour: z.int().describe('Hour of the week of the first event of the signal'),
    })
    .nullable()
    .describe('The last events before the signal, at most 5,000'),
  vpnFeeds: z.array(z.string()).describe('Feeds that call the address a VPN or proxy'),
})
export type LegitimacyStep = z.infer<typeof LegitimacyStep>

export const Lane = z.object({
  kind: z.enum(['session', 'token']),
  id: z.string(),
  events: z.int(),
  firstAt: Instant,
  lastAt: Instant,
  ips: z.array(z.string()),
  asNumbers: z.array(z.number()),
  clients: z.array(z.string()).describe('Operating system and browser'),
})
export type Lane = z.infer<typeof Lane>

export const ActivityStep = z.object({
  step: z.literal(3),
  ...answer,
  lanes: z.array(Lane),
  classes: z.array(z.object({ eventClass: z.enum(EVENT_CLASSES), events: z.int() })),
  notable: z.array(RunbookEvent).describe('Events of the classes that matter, oldest first'),
  events: z.int(),
  isComplete: z.boolean().describe('False where more events are stored than were read'),
})
export type ActivityStep = z.infer<typeof ActivityStep>

export const TokenAddress = z.object({
  ip: z.string(),
  calls: z.int(),
  days: z.array(z.object({ day: z.string(), calls: z.int() })),
  firstAt: Instant,
  lastAt: Instant,
  categories: z.array(Category).describe('What feeds say now'),
})
export type TokenAddress = z.infer<typeof TokenAddress>

export const TokenFacts = z.object({
  id: z.string(),
  kind: z.enum(['ssws', 'oauth', 'unknown']),
  clientId: z.string().nullable(),
  created: RunbookEvent.nullable().describe('Null where no stored event creates it'),
  addresses: z.array(TokenAddress).describe('Most calls first, at most twenty'),
  otherAddresses: z.int(),
  calls: z.int(),
  changes: z.array(RunbookEvent).describe('Changes made with it since the signal began'),
  outsideRange: z.array(RunbookEvent).describe('Requests from outside its allowed network zone'),
})
export type TokenFacts = z.infer<typeof TokenFacts>

export const TokenStep = z.object({
  step: z.literal(4),
  ...answer,
  tokens: z.array(TokenFacts),
  createdAfter: z.array(RunbookEvent).describe('Tokens that the account created since'),
})
export type TokenStep = z.infer<typeof TokenStep>

export const SignInChange = RunbookEvent.extend({
  by: z.enum(['self', 'other', 'token', 'unknown']).describe('Who made the change'),
})
export type SignInChange = z.infer<typeof SignInChange>

export const ChangesStep = z.object({
  step: z.literal(5),
  ...answer,
  changes: z.array(SignInChange),
  isComplete: z.boolean(),
})
export type ChangesStep = z.infer<typeof ChangesStep>

export const AccountFacts = z.object({
  actorId: z.string(),
  login: z.string().nullable(),
  name: z.string().nullable(),
  successes: z.int(),
  failures: z.int(),
  firstAt: Instant,
  lastAt: Instant,
  openSignalIds: z.array(z.int()),
  isThisAccount: z.boolean(),
})
export type AccountFacts = z.infer<typeof AccountFacts>

export const AccountsStep = z.object({
  step: z.literal(6),
  ...answer,
  accounts: z.array(AccountFacts).describe('Most successes first, at most fifty'),
  accountsTotal: z.int(),
})
export type AccountsStep = z.infer<typeof AccountsStep>

export const Runbook = z.object({
  signalId: z.int(),
  readAt: Instant,
  steps: z.tuple([IntelStep, LegitimacyStep, ActivityStep, TokenStep, ChangesStep, AccountsStep]),
})
export type Runbook = z.infer<typeof Runbook>

export const runbookEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/signals/{signalId}/runbook',
  summary: 'The six steps of the runbook for a signal: what is stored about each, with the window searched',
  permission: 'signals:read',
  params: z.object({ signalId: z.coerce.number<string>().int().positive().max(2_147_483_647) }),
  response: Runbook,
})
