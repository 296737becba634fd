// What the API says about feeds of threat intelligence, the catalogue of known feeds and single addresses: wire schemas and endpoints.
// No answer ever holds a secret of a feed. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { FEED_STATE_WORDS, STRIP_RESULTS } from '../core/feed-state'
import {
  CATEGORY_INTENT,
  CREDENTIALS_KINDS,
  FEED_FORMATS,
  FEED_RUN_RESULTS,
  HOLD_CODES,
  INTENTS,
  INTENT_POLICIES,
  REJECT_REASONS,
  RUN_DECISIONS,
  type Category,
} from '../model'

const NOTE_LIMIT = 2000
/** Of an address, a token, a header: longer ones are no longer typed or issued by anybody. */
const TEXT_LIMIT = 2000
const MINUTE_SECONDS = 60
const WEEK_SECONDS = 604_800

export const Instant = z.iso.datetime().describe('ISO 8601, UTC')
const CategoryName = z.enum(Object.keys(CATEGORY_INTENT) as [Category, ...Category[]])
const IntentName = z.enum(INTENTS)
const Format = z.enum(FEED_FORMATS)
const Confidence = z.int().min(0).max(100)
const Cadence = z.int().min(MINUTE_SECONDS).max(WEEK_SECONDS).describe('Seconds between two fetches')
const HoldCodeName = z.enum(HOLD_CODES)
const CredentialsKindName = z.enum(CREDENTIALS_KINDS)
const Id = z.string().regex(/^[a-z0-9-]{1,60}$/, 'must be lower-case letters, digits and hyphens')
const Name = z.string().trim().min(1).max(100)
export const Url = z.string().trim().min(1).max(TEXT_LIMIT)
const Terms = z.string().trim().max(500)
/** Goes into a header of a request, so it holds no line breaks. */
const ONE_LINE = /^[^\0\r\n]*$/
const Secret = z.string().min(1).max(TEXT_LIMIT).regex(ONE_LINE, 'must be one line')
/** As services hand them out: blanks around them were pasted along. */
export const Key = z.string().trim().min(1).max(TEXT_LIMIT).regex(ONE_LINE, 'must be one line')

const Path = z.string().max(200)
const Paths = z.union([Path, z.array(Path).max(20)])
const Field = z.enum(['address', 'category', 'intent', 'confidence', 'source', 'validFrom', 'validTo'])

/** `FeedOptions` of model.ts: how to read a content whose format leaves something open. */
export const FeedOptions = z.strictObject({
  columns: z
    .partialRecord(
      z.enum([...Field.options, 'length', 'last']),
      z.union([z.string().max(200), z.int().min(1).max(1000)]),
    )
    .optional()
    .describe('csv: name in the header, or position from 1'),
  separator: z.enum([',', ';', '\t', ' ', '|']).optional(),
  paths: z
    .strictObject({
      entries: Path.optional(),
      address: Paths.optional(),
      category: Paths.optional(),
      intent: Paths.optional(),
      confidence: Paths.optional(),
      source: Paths.optional(),
      validFrom: Paths.optional(),
      validTo: Paths.optional(),
    })
    .optional()
    .describe('json: where an entry and its fields are, e.g. {"entries": "prefixes.*", "address": "ip_prefix"}'),
  only: z.record(z.string().max(200), z.array(z.string().max(200)).max(100)).optional(),
  categories: z.record(z.string().max(200), CategoryName).optional(),
  minScore: z.int().min(0).max(1000).optional(),
})

/** A secret on its way in. It is sealed and never comes back. */
export const CredentialsInput = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('basic'), username: Secret, password: Secret }),
    z.strictObject({ kind: z.literal('bearer'), token: Key }),
    z.strictObject({ kind: z.literal('header'), name: z.string().regex(/^[A-Za-z0-9-]{1,100}$/), value: Key }),
    z.strictObject({ kind: z.literal('url'), key: Key }),
  ])
  .describe('`url` replaces {key} in the address')
export type CredentialsInput = z.infer<typeof CredentialsInput>

const HoldReasonView = z.object({
  code: HoldCodeName,
  message: z.string(),
  count: z.int().describe('Entries concerned; 0 where it is about the whole'),
  samples: z.array(z.string()),
})
export type HoldReasonView = z.infer<typeof HoldReasonView>

/** One refresh or import. */
export const FeedRunView = z.object({
  runId: z.string(),
  result: z.enum(FEED_RUN_RESULTS),
  startedAt: Instant,
  finishedAt: Instant,
  read: z.int(),
  entries: z.int().describe('Distinct entries of the content'),
  bytes: z.int().describe('Of the decompressed content'),
  duplicates: z.int(),
  added: z.int(),
  removed: z.int(),
  rejected: z.int(),
  rejections: z.partialRecord(z.enum(REJECT_REASONS), z.int()).describe('Lines left out, by reason'),
  samples: z
    .array(z.object({ line: z.int(), reason: z.enum(REJECT_REASONS), text: z.string() }))
    .describe('At most 20 of the lines left out'),
  error: z.string().nullable(),
  holdReasons: z.array(HoldReasonView).describe('Why it is or was held; empty for all others'),
  decision: z.enum(RUN_DECISIONS).nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
})
export type FeedRunView = z.infer<typeof FeedRunView>

const FeedStateView = z.object({
  word: z.enum(FEED_STATE_WORDS),
  since: Instant.nullable(),
  sentence: z.string(),
})

/** One feed as the sources page shows it. */
export const FeedItem = z.object({
  feedId: Id,
  name: z.string(),
  format: Format,
  category: CategoryName,
  intent: IntentName.nullable().describe('Set for this feed; null means that of the category'),
  effectiveIntent: IntentName.describe('Of entries that name none'),
  confidence: z.int(),
  host: z.string().nullable().describe('Null for a feed that is only filled from files'),
  address: z.string().nullable().describe('Without query; null where the address holds a key'),
  credentialsKind: CredentialsKindName.nullable(),
  isEnabled: z.boolean(),
  cadenceSeconds: z.int(),
  entryCount: z.int(),
  terms: z.string().nullable(),
  catalogueId: z.string().nullable(),
  tolerates: z.array(HoldCodeName).describe('Findings that do not hold a run of this feed'),
  options: FeedOptions,
  lastSuccessAt: Instant.nullable(),
  lastAttemptAt: Instant.nullable(),
  lastChangedAt: Instant.nullable(),
  state: FeedStateView,
  strip: z
    .array(z.object({ day: z.string(), result: z.enum(STRIP_RESULTS) }))
    .describe('The last 14 UTC days, oldest first, today included'),
  runs: z
    .array(z.object({ at: Instant, added: z.int(), removed: z.int() }))
    .describe('The last 14 runs that were applied, oldest first'),
  lastRun: FeedRunView.nullable(),
  heldRunId: z.string().nullable().describe('The run that waits for a decision'),
})
export type FeedItem = z.infer<typeof FeedItem>

export const FeedList = z.object({
  feeds: z.array(FeedItem),
  sentence: z.string().describe('How they stand, e.g. "One run held, one feed failing. Four are current."'),
})
export type FeedList = z.infer<typeof FeedList>

export const FeedDetail = FeedItem.extend({ history: z.array(FeedRunView).describe('The last 50 runs, newest first') })
export type FeedDetail = z.infer<typeof FeedDetail>

const FeedSettingsShape = {
  name: Name,
  format: Format,
  category: CategoryName,
  intent: IntentName.nullable(),
  confidence: Confidence,
  url: Url.nullable().describe(
    'https; {key} where a key of kind `url` goes; null for a feed that is filled from files',
  ),
  isEnabled: z.boolean(),
  cadenceSeconds: Cadence,
  options: FeedOptions,
  terms: Terms.nullable(),
  tolerates: z.array(HoldCodeName),
  credentials: CredentialsInput.nullable().describe('null removes them'),
}

export const FeedCreation = z
  .strictObject(FeedSettingsShape)
  .partial()
  .required({ name: true, format: true, category: true })
  .extend({ feedId: Id.optional().describe('Default: from the name') })
export type FeedCreation = z.infer<typeof FeedCreation>

/** What is left out stays as it is, the credentials too. */
export const FeedChange = z.strictObject(FeedSettingsShape).partial()
export type FeedChange = z.infer<typeof FeedChange>

export const FeedRefresh = z.object({
  run: FeedRunView.nullable().describe('Null while it is still under way; the feed then shows it when it is done'),
  feed: FeedItem,
})
export type FeedRefresh = z.infer<typeof FeedRefresh>

const RelyingSignal = z.object({
  id: z.int(),
  reference: z.string().describe('E.g. SIG-1042'),
  severity: z.enum(['medium', 'high']),
  status: z.enum(['open', 'in_review']),
})

/** A run that waits, and what either decision would do. */
export const HeldRunView = z.object({
  feedId: Id,
  feedName: z.string(),
  run: FeedRunView,
  sentence: z.string().describe('What it would do and why nothing was changed'),
  canAccept: z.boolean().describe('False where there is nothing to take over, e.g. a web page'),
  before: z.int().describe('Entries in force'),
  after: z.int().describe('Entries once accepted'),
  kept: z.int(),
  added: z.int(),
  removed: z.int(),
  addedSamples: z.array(z.string()),
  removedSamples: z.array(z.string()).describe('Those that stored events came from first'),
  removedInUse: z.array(z.string()).describe('Those of the samples that stored events came from'),
  confirmCount: z
    .int()
    .describe('What accepting has to repeat: entries that would be removed, or added where none are'),
  usualBytes: z.object({ least: z.int(), most: z.int() }).nullable().describe('Of the runs applied before'),
  relyingAlone: z.array(RelyingSignal).describe('Open signals that rest on entries to be removed and on nothing else'),
  relyingAlso: z.array(RelyingSignal).describe('Open signals that rest on such entries and on others too'),
  inForceSince: Instant.nullable().describe('When what is in force was last read'),
  lateAt: Instant.nullable().describe('When what is in force gets late, if the run is rejected'),
})
export type HeldRunView = z.infer<typeof HeldRunView>

export const HeldRunDecision = z.strictObject({
  runId: z.uuid().describe('The run that was looked at; another one that waits now is a conflict'),
  decision: z.enum(['accept', 'reject']),
  confirmCount: z.int().optional().describe('Needed to accept: `confirmCount` of the held run'),
  tolerate: z.array(HoldCodeName).optional().describe('Reasons that shall not hold this feed any more'),
  note: z.string().trim().min(1).max(NOTE_LIMIT).optional(),
})
export type HeldRunDecision = z.infer<typeof HeldRunDecision>

/** One well-known feed. */
export const CatalogueItem = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  host: z.string().nullable(),
  format: Format,
  category: CategoryName,
  effectiveIntent: IntentName,
  confidence: z.int(),
  cadenceSeconds: z.int(),
  terms: z.string(),
  size: z.string().describe('E.g. "about 1,700 entries"'),
  pitfall: z.string().nullable().describe('What to know before it is switched on'),
  needsKey: z
    .object({
      kind: CredentialsKindName,
      header: z.string().nullable().describe('Name of the header, for kind `header`'),
      where: z.string().describe('Where to get it'),
      isOptional: z.boolean(),
    })
    .nullable(),
  needsUrl: z.boolean().describe('A template: the address is yours'),
  isRecommended: z.boolean().describe('Works without a key and is worth having everywhere'),
  feedId: z.string().nullable().describe('The feed made from it, if it is on already'),
})
export type CatalogueItem = z.infer<typeof CatalogueItem>

export const Catalogue = z.object({ items: z.array(CatalogueItem) })
export type Catalogue = z.infer<typeof Catalogue>

export const CatalogueChoice = z.strictObject({
  credentials: CredentialsInput.optional(),
  url: Url.optional().describe('For templates only'),
  name: Name.optional(),
})
export type CatalogueChoice = z.infer<typeof CatalogueChoice>

/** One entry that covers the address now. */
const AddressMatch = z.object({
  indicatorId: z.int(),
  feedId: z.string(),
  feedName: z.string(),
  range: z.string().describe('Or AS64500, where the autonomous system is listed'),
  ip: z.string().describe('The form of the address that matched, e.g. the IPv4 address inside a 6to4 address'),
  category: CategoryName,
  intent: IntentName,
  confidence: z.int(),
  source: z.string().nullable(),
  since: Instant.describe('When the feed listed it'),
  knownSince: Instant.describe('When it was read'),
  isCounted: z.boolean().describe('The intent policy counts it, and no allow-list clears the address'),
})

/** What the feeds say about an address now. */
export const AddressTest = z.object({
  ip: z.string().describe('Canonical'),
  verdict: z
    .enum(['flagged', 'cleared', 'not_counted', 'not_listed', 'never_matched'])
    .describe(
      'cleared: an allow-list wins; not_counted: listed, but not as anything the policy counts; never_matched: private or reserved',
    ),
  sentence: z.string(),
  intentPolicy: z.enum(INTENT_POLICIES),
  asNumber: z.int().nullable(),
  asOrg: z.string().nullable(),
  matches: z.array(AddressMatch).describe('Those that decided first'),
})
export type AddressTest = z.infer<typeof AddressTest>

const FeedParams = z.object({ feedId: Id })

export const listFeedsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/feeds',
  summary: 'Feeds by name: how they stand, their last fourteen days and runs',
  permission: 'intel:read',
  response: FeedList,
})

export const getFeedEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/feeds/{feedId}',
  summary: 'One feed with its last fifty runs',
  permission: 'intel:read',
  params: FeedParams,
  response: FeedDetail,
})

export const createFeedEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/feeds',
  summary: 'Adds a feed; it is fetched for the first time within a minute',
  permission: 'intel:write',
  body: FeedCreation,
  response: FeedDetail,
  status: 201,
})

export const changeFeedEndpoint = defineEndpoint({
  method: 'PATCH',
  path: '/api/feeds/{feedId}',
  summary: 'Changes settings of a feed, or switches it on or off',
  permission: 'intel:write',
  params: FeedParams,
  body: FeedChange,
  response: FeedDetail,
})

export const refreshFeedEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/feeds/{feedId}/refresh',
  summary: 'Fetches a feed now; answers with the run, or without where it takes longer than 20 s',
  permission: 'intel:write',
  params: FeedParams,
  response: FeedRefresh,
})

export const getHeldRunEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/feeds/{feedId}/held',
  summary: 'The run of a feed that waits for a decision, with what it would change',
  permission: 'intel:read',
  params: FeedParams,
  response: HeldRunView,
})

export const decideHeldRunEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/feeds/{feedId}/held',
  summary: 'Accepts or rejects a held run; 409 when it is not the one that waits any more',
  permission: 'intel:write',
  params: FeedParams,
  body: HeldRunDecision,
  response: FeedDetail,
})

export const listCatalogueEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/feed-catalogue',
  summary: 'Well-known feeds that can be switched on, recommended ones first',
  permission: 'intel:read',
  response: Catalogue,
})

export const addCatalogueFeedEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/feed-catalogue/{catalogueId}',
  summary: 'Switches a well-known feed on; 409 when it is on already',
  permission: 'intel:write',
  params: z.object({ catalogueId: Id }),
  body: CatalogueChoice,
  response: FeedDetail,
  status: 201,
})

export const testAddressEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/intel/test',
  summary: 'What the feeds say about an address now, under the policy of the org; defanged addresses are understood',
  permission: 'intel:read',
  query: z.object({ ip: z.string().trim().min(1).max(200) }),
  response: AddressTest,
})
