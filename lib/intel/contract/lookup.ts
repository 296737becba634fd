// What the API says about look-ups: services that are asked about one address when somebody says so, and never counted in a verdict.
// No answer ever holds a key. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { LOOKUP_PROVIDERS } from '../model'
import { Instant, Key, Url } from './feed'

const Provider = z.enum(LOOKUP_PROVIDERS)
const LookupPeriod = z.enum(['day', 'week']).nullable().describe('UTC day or week from Monday; null: no budget')

/** What a provider answered, and when. */
const LookupAnswerView = z.object({
  askedAt: Instant,
  askedBy: z.string().describe('Name of the person or command'),
  result: z.enum(['found', 'not_found', 'failed']).describe('not_found is an answer: never seen'),
  summary: z.string().describe('One sentence'),
  facts: z.array(z.object({ label: z.string(), value: z.string() })).describe('In the order of importance'),
  isStale: z.boolean().describe('Older than what the provider knows usually stays true'),
})

/** One provider beside an address. */
export const LookupItem = z.object({
  provider: Provider,
  name: z.string().describe('As on screen; says so where it is the demo'),
  note: z.string().describe('What is special about its answers, e.g. "data of the last week"'),
  isEnabled: z.boolean(),
  budgetText: z.string().describe('E.g. "871 of 1,000 left today"'),
  budget: z.int().nullable(),
  remaining: z.int().nullable().describe('Null where there is no budget'),
  period: LookupPeriod,
  canAsk: z.boolean(),
  reason: z.string().nullable().describe('Why it cannot be asked now, and what to do'),
  availableAt: Instant.nullable().describe('When it can be asked again, if that is only a matter of time'),
  answer: LookupAnswerView.nullable().describe('The newest that did not fail; null if there is none'),
  failure: LookupAnswerView.nullable().describe('The newest attempt, if it failed'),
})
export type LookupItem = z.infer<typeof LookupItem>

export const AddressLookups = z.object({ ip: z.string().describe('Canonical'), lookups: z.array(LookupItem) })
export type AddressLookups = z.infer<typeof AddressLookups>

/** A provider as an administrator sets it. The key never comes back. */
export const LookupProviderView = z.object({
  provider: Provider,
  name: z.string(),
  isEnabled: z.boolean(),
  sends: z.string().describe('What leaves the installation, and to whom'),
  terms: z.string(),
  url: z.string().nullable().describe('Instead of the address of the provider, e.g. a proxy'),
  needsKey: z.enum(['required', 'optional', 'none']),
  hasKey: z.boolean(),
  budget: z.int().nullable().describe('Set for this org; null means the usual one of the provider'),
  usualBudget: z.int().nullable(),
  period: LookupPeriod,
  used: z.int().describe('In the present period'),
})
export type LookupProviderView = z.infer<typeof LookupProviderView>

export const LookupProviderList = z.object({ providers: z.array(LookupProviderView) })
export type LookupProviderList = z.infer<typeof LookupProviderList>

/** What is left out stays as it is, the key too; null brings back what is usual. */
export const LookupProviderChange = z.strictObject({
  isEnabled: z.boolean().optional(),
  url: Url.nullable().optional(),
  key: Key.nullable().optional().describe('Sealed; never comes back. null removes it'),
  budget: z.int().min(0).max(1_000_000).nullable().optional(),
})
export type LookupProviderChange = z.infer<typeof LookupProviderChange>

const IpParams = z.object({ ip: z.string().min(1).max(200) })

export const readLookupsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/ips/{ip}/lookups',
  summary: 'What providers answered about an address when they were last asked; asks nobody',
  permission: 'intel:read',
  params: IpParams,
  response: AddressLookups,
})

export const askProviderEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/ips/{ip}/lookups',
  summary:
    'Asks one provider about an address now. 429 when the budget is used up, 409 while somebody else asks the same',
  permission: 'signals:write',
  params: IpParams,
  body: z.strictObject({ provider: Provider }),
  response: LookupItem,
})

export const listProvidersEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/lookups',
  summary: 'Providers that can be asked about one address, and how they are set',
  permission: 'intel:read',
  response: LookupProviderList,
})

export const changeProviderEndpoint = defineEndpoint({
  method: 'PATCH',
  path: '/api/lookups/{provider}',
  summary: 'Switches a provider on or off, or changes its address, key or budget',
  permission: 'intel:write',
  params: z.object({ provider: Provider }),
  body: LookupProviderChange,
  response: LookupProviderView,
})
