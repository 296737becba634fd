// What providers answered about an address, how they are set, and whether they may be asked now. Asks nobody.
import type { z } from 'zod'
import { sql } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'
import { canonicalIp, isPublicIp } from '@/lib/kernel/ip-address'
import type { AddressLookups, LookupItem, LookupProviderView } from '../contract/lookup'
import {
  describeBudget,
  judgeAsk,
  periodAround,
  periodOf,
  PROVIDERS,
  UNSET,
  type ProviderSettings,
} from '../core/lookup-providers'
import { LOOKUP_PROVIDERS, type LookupProvider } from '../model'
import { listNewestAnswers, listProviderRows, readUse, type StoredAnswer } from '../store/lookup'

/** Every provider beside an address, in fixed order. @throws AppError invalid_input if the text is no address. */
export async function readLookups({
  actor,
  ip: text,
}: {
  actor: Pick<Actor, 'orgId'>
  ip: string
}): Promise<z.input<typeof AddressLookups>> {
  const ip = readAddress(text)
  const { orgId } = actor
  const [settings, answers] = await Promise.all([readProviders(sql(), orgId), listNewestAnswers(sql(), orgId, ip)])
  const now = clock()
  const lookups = await Promise.all(
    LOOKUP_PROVIDERS.map(async (provider) => {
      const own = answers.filter((answer) => answer.provider === provider)
      return presentLookup(
        provider,
        settings[provider],
        await readPresentUse(sql(), orgId, provider, now),
        own,
        ip,
        now,
      )
    }),
  )
  return { ip, lookups }
}

/** Every provider as an administrator sets it. */
export async function listProviders(orgId: string): Promise<{ providers: z.input<typeof LookupProviderView>[] }> {
  const settings = await readProviders(sql(), orgId)
  const now = clock()
  const providers = LOOKUP_PROVIDERS.map(async (provider) => {
    const { terms, sends, needsKey, budget, per } = PROVIDERS[provider]
    const { used } = await readPresentUse(sql(), orgId, provider, now)
    const own = settings[provider]
    const name = nameOf(provider, own)
    return { provider, name, ...own, sends, terms, needsKey, usualBudget: budget, period: per, used }
  })
  return { providers: await Promise.all(providers) }
}

/** How each provider is set. */
export async function readProviders(sql: Sql, orgId: string): Promise<Record<LookupProvider, ProviderSettings>> {
  const rows = await listProviderRows(sql, orgId)
  const settingsOf = (provider: LookupProvider): ProviderSettings => {
    const { provider: _, ...settings } = rows.find((row) => row.provider === provider) ?? { provider, ...UNSET }
    return settings
  }
  return {
    abuseipdb: settingsOf('abuseipdb'),
    greynoise: settingsOf('greynoise'),
    internetdb: settingsOf('internetdb'),
    tor_history: settingsOf('tor_history'),
  }
}

/** Use in the period of its budget. */
export function readPresentUse(sql: Sql, orgId: string, provider: LookupProvider, now: Date) {
  return readUse(sql, orgId, provider, periodAround(periodOf(provider), now).start)
}

/** The one text of an address. @throws AppError invalid_input */
export function readAddress(text: string): string {
  const ip = canonicalIp(text.trim())
  if (ip === null) throw new AppError('invalid_input', `${text.slice(0, 60)} is not an IP address.`)
  return ip
}

/** What a provider may know of an address. */
export function kindOf(ip: string): { isPublic: boolean; isIpv6: boolean } {
  return { isPublic: isPublicIp(ip), isIpv6: ip.includes(':') }
}

function presentLookup(
  provider: LookupProvider,
  settings: ProviderSettings,
  use: Awaited<ReturnType<typeof readUse>>,
  answers: readonly StoredAnswer[],
  ip: string,
  now: Date,
): z.input<typeof LookupItem> {
  const { note, staleAfterMs } = PROVIDERS[provider]
  const verdict = judgeAsk(provider, settings, use, kindOf(ip), now)
  const answer = answers.find(({ result }) => result !== 'failed') ?? null
  const failure = answers.find(({ result }) => result === 'failed') ?? null
  const present = (stored: StoredAnswer) => ({
    askedAt: stored.askedAt.toISOString(),
    askedBy: stored.askedBy,
    result: stored.result,
    summary: stored.summary,
    facts: stored.facts,
    isStale: now.getTime() - stored.askedAt.getTime() > staleAfterMs,
  })
  return {
    provider,
    name: nameOf(provider, settings),
    note: provider === 'tor_history' && settings.isEnabled ? `${note}, and Onionoo` : note,
    isEnabled: settings.isEnabled,
    budgetText: describeBudget(provider, verdict),
    budget: verdict.budget,
    remaining: verdict.remaining,
    period: verdict.budget === null ? null : periodOf(provider),
    canAsk: verdict.canAsk,
    reason: verdict.reason,
    availableAt: verdict.availableAt?.toISOString() ?? null,
    answer: answer && present(answer),
    failure: failure && failure.askedAt > (answer?.askedAt ?? 0) ? present(failure) : null,
  }
}

/** Where the simulated org answers instead, the name says so. */
function nameOf(provider: LookupProvider, { url }: ProviderSettings): string {
  const { SALLYPORT_SIMULATED, OKTA_ORG_URL } = env()
  const isDemo = SALLYPORT_SIMULATED && OKTA_ORG_URL !== undefined && (url?.startsWith(`${OKTA_ORG_URL}/`) ?? false)
  return isDemo ? `${PROVIDERS[provider].name} (demo)` : PROVIDERS[provider].name
}
