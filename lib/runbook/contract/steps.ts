// The facts of each of the six steps, beside its answer. Browser-safe.
import { z } from 'zod'
import { CATEGORIES, INTENTS } from '@/lib/intel/model'
import { LISTINGS } from '../model'
import { answer, Instant, RunbookEvent, Window } from './answer'

const Category = z.enum(CATEGORIES)
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
  networkType: z.string().nullable().describe('In words, e.g. `hosting`; null where nothing tells'),
  feeds: z.array(FeedFacts).describe('Every feed; those that ever listed the address first'),
  counts: z
    .object({ feeds: z.int(), atEvent: z.int(), whenFired: z.int(), now: z.int(), notKnown: z.int() })
    .describe('Feeds of threats that are switched on, and how many listed it; `notKnown` could not tell at the event'),
  isTorAtEvent: z.boolean().nullable().describe('Null where no feed of Tor exits had been read by then'),
  neighbours: z
    .object({ range: z.string(), entries: z.int() })
    .nullable()
    .describe('Live entries inside the /24 or /64'),
  okta: z
    .object({
      events: z.int(),
      threatSuspected: z.int(),
      proxy: z.int(),
      threatInsight: z.int(),
      services: z.array(z.string()).describe('What Okta calls its tunnel or service'),
    })
    .describe("Okta's own opinion, counted over stored events of the address in the window"),
})
export type IntelStep = z.infer<typeof IntelStep>

export const BaselineValue = z.object({ value: z.string(), label: z.string(), events: z.int(), share: z.number() })
export type BaselineValue = z.infer<typeof BaselineValue>

export const BaselineDimension = z.object({
  name: z.enum(['network', 'country', 'client', 'network_type']),
  top: z.array(BaselineValue).describe('Most used first, at most ten'),
  current: BaselineValue.nullable().describe(
    'The value of this use with its share of the history; null where Okta gave none',
  ),
  isFirstTime: z.boolean().nullable().describe('Null where there is no history or no value'),
})
export type BaselineDimension = z.infer<typeof BaselineDimension>

export const Likelihood = z.object({
  score: z
    .int()
    .min(-100)
    .max(100)
    .describe('Sum of the contributions, cut to -100 to 100; from +30 on it suggests a benign VPN'),
  contributions: z
    .array(z.object({ id: z.string(), label: z.string(), points: z.int() }))
    .describe('Greatest first; above zero speaks for legitimate use'),
  wouldChange: z.array(z.string()).describe('What would change it, and by how much, a sentence each'),
})
export type Likelihood = z.infer<typeof Likelihood>

export const LegitimacyStep = z.object({
  step: z.literal(2),
  ...answer,
  historyEvents: z.int(),
  historyDays: z.int().describe('Days with at least one event'),
  dimensions: z.array(BaselineDimension),
  hours: z
    .object({
      weeks: z
        .array(z.int())
        .length(168)
        .describe('In how many weeks there was activity, by hour of the week, UTC, Monday 00:00 first'),
      of: z.int().describe('Weeks in the window'),
      hour: z.int().describe('Hour of the week of the first event of the signal'),
    })
    .nullable(),
  device: z
    .object({
      isNamed: z.boolean().describe('False where the event names no device'),
      isKnown: z.boolean(),
      isManaged: z.boolean().nullable(),
      firstAt: Instant.nullable(),
      lastAt: Instant.nullable(),
      networks: z.array(z.string()).describe('Networks it was used on before, most events first, at most three'),
    })
    .describe('Whether the account was seen with this device before the signal, and where'),
  factor: z.object({ name: z.string(), isPhishingResistant: z.boolean() }).nullable(),
  operator: z.object({ name: z.string(), source: z.string() }).nullable().describe('Who runs the VPN, and who says so'),
  colleagues: z
    .object({ network: z.string(), people: z.int(), of: z.int(), isCapped: z.boolean() })
    .nullable()
    .describe('Other accounts on the same network in the window, of all accounts seen in it; counting stops at 1,000'),
  suppressions: z
    .array(z.object({ id: z.int(), reference: z.string(), label: z.string(), endsAt: Instant }))
    .describe('Those in force at the event that cover the account or its network'),
  likelihood: Likelihood,
})
export type LegitimacyStep = z.infer<typeof LegitimacyStep>

/** One event on a lane. */
export const LaneMark = z.object({
  uuid: z.string(),
  at: Instant,
  eventClass: RunbookEvent.shape.eventClass,
  eventType: z.string(),
  isFailed: z.boolean(),
  ip: z.string().nullable().describe('Where it came from; null where the event does not say'),
})
export type LaneMark = z.infer<typeof LaneMark>

/** The moment in which something about a session or token changed in the middle of it. */
export const LaneBreak = z.object({
  uuid: z.string().describe('First event after the change'),
  at: Instant,
  what: z.enum(['ip', 'network', 'device', 'client']),
  before: z.string(),
  after: z.string(),
})
export type LaneBreak = z.infer<typeof LaneBreak>

export const Lane = z.object({
  kind: z.enum(['session', 'token']),
  id: z.string(),
  label: z.string().describe('Who, e.g. login of the account'),
  events: z.int(),
  firstAt: Instant,
  lastAt: Instant,
  ips: z.array(z.string()),
  asNumbers: z.array(z.number()),
  clients: z.array(z.string()).describe('Operating system and browser'),
  marks: z.array(LaneMark).describe('Oldest first; all of the classes that matter, of the others the first 300'),
  breaks: z.array(LaneBreak),
})
export type Lane = z.infer<typeof Lane>

export const ActivityStep = z.object({
  step: z.literal(3),
  ...answer,
  lanes: z.array(Lane).describe('Sessions and tokens of the signal and of their families, from a day before it'),
  classes: z.array(z.object({ eventClass: RunbookEvent.shape.eventClass, events: z.int() })),
  notable: z.array(RunbookEvent).describe('Events of the classes that matter, oldest first'),
  events: z.int().describe('At or after the first event of the signal'),
  isComplete: z.boolean().describe('False where more events of no special class are stored than were read'),
})
export type ActivityStep = z.infer<typeof ActivityStep>

export const TokenAddress = z.object({
  ip: z.string(),
  calls: z.int(),
  days: z.array(z.object({ day: z.string(), calls: z.int() })),
  firstAt: Instant,
  lastAt: Instant,
  categories: z.array(Category).describe('What feeds say now'),
  isFlagged: z.boolean().describe('Feeds list it now, and the policy of the org counts that'),
})
export type TokenAddress = z.infer<typeof TokenAddress>

export const TokenFacts = z.object({
  id: z.string(),
  kind: z.enum(['ssws', 'oauth', 'unknown']),
  clientId: z.string().nullable(),
  name: z.string().nullable(),
  owner: z.object({ id: z.string(), login: z.string().nullable() }).nullable().describe('As whom it acts'),
  created: z
    .object({
      at: Instant.nullable(),
      source: z.enum(['event', 'okta', 'before_retention', 'unknown']),
      sentence: z.string().describe('Which source says when and by whom, and what the others say'),
      event: RunbookEvent.nullable(),
    })
    .describe('From the create event, else from the token API, else only that it is older than what is stored'),
  okta: z
    .object({
      state: z.enum(['active', 'gone', 'not_asked', 'refused', 'failed', 'not_applicable']),
      at: Instant.nullable().describe('Age of what is shown'),
      lastUsed: Instant.nullable(),
      expiresAt: Instant.nullable(),
      network: z.string().nullable().describe('In words, e.g. `anywhere` or names of zones'),
      message: z.string().nullable().describe('What is wrong and what to do'),
    })
    .describe('Its present state in Okta'),
  addresses: z.array(TokenAddress).describe('Flagged first, then most calls, at most twenty'),
  otherAddresses: z.int(),
  otherCalls: z.int(),
  flaggedAddresses: z.int(),
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
  by: z.enum(['self', 'admin', 'token', 'system', 'unknown']).describe('Who made the change'),
  what: z.enum(['added', 'removed', 'changed', 'reset', 'locked', 'unlocked', 'message', 'other']),
  subject: z.string().describe('What was changed, e.g. `Password`, `Okta Verify`, `Recovery e-mail`'),
})
export type SignInChange = z.infer<typeof SignInChange>

export const Lifeline = z.object({
  subject: z.string(),
  kind: z.enum(['password', 'factor', 'device', 'recovery', 'account']),
  isPresent: z
    .boolean()
    .nullable()
    .describe('Whether it exists now, by Okta; null where Okta was not asked or could not tell'),
  since: Instant.nullable().describe('When it was made, by Okta or by its event'),
  changes: z.array(
    z.object({ uuid: z.string(), at: Instant, what: SignInChange.shape.what, by: SignInChange.shape.by }),
  ),
})
export type Lifeline = z.infer<typeof Lifeline>

export const ChangesStep = z.object({
  step: z.literal(5),
  ...answer,
  changes: z.array(SignInChange),
  lifelines: z.array(Lifeline),
  patterns: z
    .array(z.object({ id: z.string(), sentence: z.string(), events: z.array(z.string()) }))
    .describe('Two changes that together tell more, e.g. a reset followed by a sign-in on a new device'),
  isComplete: z.boolean(),
})
export type ChangesStep = z.infer<typeof ChangesStep>

export const AccountFacts = z.object({
  actorId: z.string(),
  login: z.string().nullable(),
  name: z.string().nullable(),
  roles: z
    .array(z.string())
    .nullable()
    .describe('Administrator roles by Okta, else by events; null where nobody knows'),
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
  shared: z
    .object({ kind: z.enum(['corporate_egress', 'vpn', 'carrier', 'cloud']), sentence: z.string() })
    .nullable()
    .describe('Why many accounts behind it are no outbreak; null where nothing says so'),
  spray: z
    .object({ accounts: z.int(), failures: z.int(), window: Window, sentence: z.string() })
    .nullable()
    .describe('Many accounts failing shortly before the success'),
})
export type AccountsStep = z.infer<typeof AccountsStep>
