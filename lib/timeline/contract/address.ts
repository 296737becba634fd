// What the API says about one address: who it is, what feeds said day by day, who came from it, and its events. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { DAY_STATES } from '@/lib/intel/core/judge-day'
import { CATEGORIES, FEED_ROLES, INTENTS } from '@/lib/intel/model'
import { EVENT_CLASSES } from '@/lib/okta/model'
import { SIGNAL_STATUSES } from '@/lib/signals/model'
import { ADDRESS_VERDICTS } from '../model'

const Instant = z.iso.datetime().describe('ISO 8601, UTC')
const Day = z.iso.date().describe('UTC')
const Category = z.enum(CATEGORIES)
const Severity = z.enum(['medium', 'high'])
const SignalId = z.int().positive()

/** Any writing of an address: IPv4-mapped, upper case, defanged. The service says what to type when it is none. */
const AddressInPath = z.string().min(1).max(200)
const SignalInQuery = z.coerce.number<string>().int().positive().max(2_147_483_647)

/** One signal of an address. */
export const AddressSignal = z.object({
  id: SignalId,
  reference: z.string(),
  title: z.string(),
  severity: Severity,
  status: z.enum(SIGNAL_STATUSES),
  actorId: z.string(),
  actorLogin: z.string().nullable(),
  actorName: z.string().nullable(),
  firstSeen: Instant,
  lastSeen: Instant,
  openedAt: Instant,
  eventCount: z.int(),
})
export type AddressSignal = z.infer<typeof AddressSignal>

/** What the feeds come to at one instant. */
export const VerdictAt = z.object({
  at: Instant,
  verdict: z.enum(ADDRESS_VERDICTS),
  listedBy: z.int().describe('Feeds of threats that list it'),
  feeds: z.int().describe('Feeds of threats that are switched on'),
  notKnown: z.int().describe('Of those, how many could not tell: not read by then, or failing that day'),
})
export type VerdictAt = z.infer<typeof VerdictAt>

/** Some list that says the address is known and good, or the company's own. */
export const AllowListing = z.object({
  feedId: z.string(),
  feedName: z.string(),
  category: Category,
  range: z.string(),
  source: z.string().nullable(),
  since: Instant,
})
export type AllowListing = z.infer<typeof AllowListing>

const OktaMarks = z.object({
  events: z.int().describe('Newest stored events that were read, at most 2,000'),
  threatSuspected: z.int(),
  proxy: z.int(),
  threatInsight: z.int().describe('Events of the type security.threat.detected'),
  services: z.array(z.string()).describe('What Okta calls its tunnel or service, on the newest 20 events'),
})

export const AddressDetail = z.object({
  ip: z.string().describe('Canonical'),
  carries: z.string().nullable().describe('The IPv4 address that a 6to4 or NAT64 address carries; looked up as well'),
  isPublic: z.boolean().describe('Private and reserved addresses are never matched against feeds'),
  readAt: Instant,
  network: z.object({
    asNumber: z.number().nullable(),
    asOrg: z.string().nullable(),
    source: z.enum(['okta', 'database']).nullable().describe('Who named the network'),
    country: z.string().nullable(),
    city: z.string().nullable(),
    categories: z.array(Category).describe('What feeds list it as now, most telling first'),
    isProxy: z.boolean().describe('By Okta, on its newest events'),
  }),
  okta: OktaMarks,
  signal: AddressSignal.nullable().describe('The signal whose event and alert the verdicts speak of'),
  verdicts: z.object({ atEvent: VerdictAt.nullable(), atAlert: VerdictAt.nullable(), now: VerdictAt }),
  sentence: z.string().describe('Who lists it, who does not and who cannot tell, in plain words'),
  allowed: z.array(AllowListing).describe('Live lists of known good addresses, offices and zones that cover it'),
  neighbours: z.object({
    range: z.string().describe('The /24 or /64 around it'),
    listed: z.int().describe('Distinct live entries of threat feeds inside; counting stops at 1,000'),
    entries: z.array(z.object({ range: z.string(), categories: z.array(Category), feeds: z.int() })),
    stored: z.int().describe('Other addresses inside with stored events; counting stops at 1,000'),
    addresses: z.array(z.string()).describe('At most 12 of those'),
  }),
  signals: z.array(AddressSignal).describe('Newest first, at most 50'),
  signalsTotal: z.int(),
  elsewhere: z.object({
    addresses: z.array(
      z.object({
        ip: z.string(),
        categories: z.array(Category),
        isAllowed: z.boolean(),
        isThis: z.boolean(),
        feeds: z.int().describe('Feeds of threats that list it now'),
      }),
    ),
    accounts: z.array(
      z.object({
        actorId: z.string(),
        login: z.string().nullable(),
        name: z.string().nullable(),
        successes: z.int().describe('From all addresses'),
        openSignals: z.array(z.object({ id: SignalId, severity: Severity, ip: z.string() })),
      }),
    ),
    links: z.array(z.object({ ip: z.string(), actorId: z.string(), successes: z.int(), failures: z.int() })),
    otherAccounts: z.int().describe('Accounts of this address beyond those drawn'),
    otherAddresses: z.int().describe('Addresses of the drawn accounts beyond those drawn'),
  }),
  totals: z.object({
    successes: z.int(),
    failures: z.int(),
    accounts: z.int(),
    accountsSucceeded: z.int(),
    firstAt: Instant.nullable(),
    lastAt: Instant.nullable(),
    storedSince: Instant.nullable().describe('Oldest stored event of the org'),
    completeTo: Instant.nullable().describe('Newest stored event of the org'),
    isComplete: z.boolean().describe('False while the log is behind or its source has a problem'),
    sentence: z.string(),
  }),
})
export type AddressDetail = z.infer<typeof AddressDetail>

export const MatrixFeed = z.object({
  feedId: z.string(),
  feedName: z.string(),
  role: z.enum(FEED_ROLES),
  isEnabled: z.boolean(),
  cadenceSeconds: z.int().nullable().describe('Null for a feed that is only imported from files'),
  category: Category.describe('What it lists addresses as, or would'),
  categories: z.array(Category).describe('What it lists this one as, live first; empty if it never did'),
  ranges: z.array(z.string()),
  days: z.array(z.enum(DAY_STATES)).describe('One for each day of the matrix'),
  atEvent: z.enum(DAY_STATES).nullable(),
  atAlert: z.enum(DAY_STATES).nullable(),
  now: z.enum(DAY_STATES),
  firstListed: Instant.nullable(),
  lastListed: Instant.nullable().describe('Null while it is listed, or never was'),
  lastSuccessAt: Instant.nullable(),
})
export type MatrixFeed = z.infer<typeof MatrixFeed>

const DayCount = z.object({
  day: z.int().describe('Position in `days`'),
  successes: z.int(),
  failures: z.int(),
})

export const AccountDays = z.object({
  actorId: z.string(),
  login: z.string().nullable(),
  name: z.string().nullable(),
  successes: z.int(),
  failures: z.int(),
  firstAt: Instant,
  lastAt: Instant,
  cells: z.array(DayCount),
  openSignals: z.array(z.object({ id: SignalId, severity: Severity })),
})
export type AccountDays = z.infer<typeof AccountDays>

/** Feeds × days and accounts × days over the same days. */
export const AddressMatrix = z.object({
  ip: z.string(),
  days: z.array(Day).describe('Oldest first, today last'),
  eventDay: z.int().nullable().describe('Position of the day of the event; null where it lies before the matrix'),
  feeds: z
    .array(MatrixFeed)
    .describe('Threats first: Tor, what lists it, what did once, the rest; then lists that clear'),
  okta: z
    .array(z.object({ day: z.int(), events: z.int(), threats: z.int(), proxies: z.int() }))
    .describe('Okta’s own marks per day with stored events (the newest 100 of each day); not counted as a feed'),
  accounts: z.array(AccountDays).describe('Most successes first, at most 20'),
  others: z
    .object({ accounts: z.int(), successes: z.int(), failures: z.int(), cells: z.array(DayCount) })
    .nullable()
    .describe('The accounts beyond those'),
  firstSuccessDay: z.int().nullable(),
  sentence: z.string().nullable().describe('What stands out in the accounts by day'),
  storedSince: Instant.nullable(),
  readAt: Instant,
})
export type AddressMatrix = z.infer<typeof AddressMatrix>

export const OpinionAt = z.object({
  feedId: z.string(),
  feedName: z.string(),
  isEnabled: z.boolean(),
  state: z.enum(['listed', 'not_listed', 'unknown']).describe('`unknown`: the feed had not been read by then'),
  entries: z.array(
    z.object({
      range: z.string().describe('A range, or `AS64500`'),
      category: Category,
      intent: z.enum(INTENTS),
      confidence: z.int(),
      source: z.string().nullable(),
      validFrom: Instant,
      validTo: Instant.nullable().describe('As known then; null while no end was known'),
      knownFrom: Instant,
      knownTo: Instant.nullable(),
    }),
  ),
})
export type OpinionAt = z.infer<typeof OpinionAt>

/** What was known at `knownAt` about the address as of `at`. */
export const AddressIntelligence = z.object({
  ip: z.string(),
  carries: z.string().nullable(),
  asNumber: z.number().nullable(),
  at: Instant,
  knownAt: Instant,
  verdict: VerdictAt,
  feeds: z.array(OpinionAt),
})
export type AddressIntelligence = z.infer<typeof AddressIntelligence>

/** One stored event of an address; its JSON is at /api/events/{uuid}. */
export const AddressEvent = z.object({
  uuid: z.string(),
  at: Instant,
  eventType: z.string(),
  eventClass: z.enum(EVENT_CLASSES),
  outcome: z.string().nullable(),
  actorId: z.string().nullable(),
  actorLogin: z.string().nullable(),
  actorName: z.string().nullable(),
  tokenId: z.string().nullable(),
  sessionId: z.string().nullable(),
  signal: z.object({ id: SignalId, severity: Severity }).nullable(),
})
export type AddressEvent = z.infer<typeof AddressEvent>

export const AddressEventPage = z.object({ events: z.array(AddressEvent), nextCursor: z.string().nullable() })
export type AddressEventPage = z.infer<typeof AddressEventPage>

/** One address that signals were opened for. */
export const FlaggedAddress = z.object({
  ip: z.string(),
  asNumber: z.number().nullable(),
  asOrg: z.string().nullable(),
  country: z.string().nullable(),
  categories: z.array(Category).describe('As known when the signals fired'),
  accounts: z.int(),
  events: z.int(),
  openSignals: z.int(),
  severity: Severity.describe('The highest of its signals'),
  lastSeen: Instant,
})
export type FlaggedAddress = z.infer<typeof FlaggedAddress>

export const FlaggedAddressPage = z.object({ addresses: z.array(FlaggedAddress) })
export type FlaggedAddressPage = z.infer<typeof FlaggedAddressPage>

const params = z.object({ ip: AddressInPath })

export const listAddressesEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/ips',
  summary: 'Addresses of the newest 500 signals, last seen first',
  permission: 'events:read',
  response: FlaggedAddressPage,
})

export const getAddressEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/ips/{ip}',
  summary:
    'One address: network, verdicts at the event, at the alert and now, neighbours, accounts and their other addresses',
  permission: 'events:read',
  params,
  query: z.object({
    signal: SignalInQuery.optional().describe(
      'Whose event and alert are meant; the newest signal of the address unless told',
    ),
  }),
  response: AddressDetail,
})

export const getAddressMatrixEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/ips/{ip}/matrix',
  summary: 'What every feed said about an address, and which accounts came from it, by UTC day',
  permission: 'events:read',
  params,
  query: z.object({ days: z.enum(['30', '90']).default('90'), signal: SignalInQuery.optional() }),
  response: AddressMatrix,
})

export const getAddressIntelligenceEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/ips/{ip}/intelligence',
  summary: 'What was known at one instant about an address as of another',
  permission: 'intel:read',
  params,
  query: z.object({
    at: z.iso.datetime({ offset: true }).optional().describe('As of when the feeds are asked; now unless told'),
    known_at: z.iso.datetime({ offset: true }).optional().describe('What we knew by then; now unless told'),
  }),
  response: AddressIntelligence,
})

export const listAddressEventsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/ips/{ip}/events',
  summary: 'Stored events of an address, newest first',
  permission: 'events:read',
  params,
  query: z.object({
    cursor: z.string().max(500).optional().describe('`nextCursor` of the page before'),
    limit: z.coerce.number<string>().int().min(1).max(200).default(50),
  }),
  response: AddressEventPage,
})
