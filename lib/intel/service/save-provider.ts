// Sets a look-up provider of an org.
import type { z } from 'zod'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { AppError, invariant } from '@/lib/kernel/error'
import { seal } from '@/lib/kernel/secret-box'
import type { LookupProviderChange, LookupProviderView } from '../contract/lookup'
import { judgeFeedUrl } from '../core/judge-feed-url'
import { PROVIDERS, type ProviderSettings } from '../core/lookup-providers'
import type { LookupProvider } from '../model'
import { lockProviders, upsertProvider } from '../store/lookup'
import { listProviders, readProviders } from './read-lookups'

interface SaveInput {
  actor: Actor
  input: { provider: LookupProvider } & LookupProviderChange
}

/**
 * Changes what is given and returns the provider. A stored key is never sent to another origin than the one it was entered for.
 *
 * @throws AppError invalid_input that names the field
 */
export async function saveProvider({ actor, input }: SaveInput): Promise<z.input<typeof LookupProviderView>> {
  const { provider, key, ...change } = input
  const { orgId } = actor
  await withTransaction(async (tx) => {
    await lockProviders(tx, orgId) // what is left out stays as others set it, and keys stay with their addresses
    const before = (await readProviders(tx, orgId))[provider]
    const after = { ...before, ...dropUndefined(change), provider }
    if (after.url !== null) after.url = after.url.replace(/\/+$/, '')
    check(provider, before, after, key)
    await upsertProvider(tx, orgId, after, typeof key === 'string' ? seal(key) : key)
    const { isEnabled, url, budget } = after
    const host = url === null ? null : new URL(url).host
    const detail = { isEnabled, host, budget, ...(key === undefined ? {} : { key: key === null ? 'removed' : 'set' }) }
    const record = { action: 'lookup.provider_edited', subjectType: 'lookup_provider', subjectId: provider, detail }
    await appendAudit(tx, actor, [record], clock())
  })
  const saved = (await listProviders(orgId)).providers.find((known) => known.provider === provider)
  invariant(saved, 'every provider is listed')
  return saved
}

function check(
  provider: LookupProvider,
  before: ProviderSettings,
  after: ProviderSettings,
  key: string | null | undefined,
): void {
  const { url: usual, needsKey, name } = PROVIDERS[provider]
  const verdict = after.url === null ? null : judgeFeedUrl(after.url, env().FEED_ALLOWED_HOSTS)
  if (verdict?.status === 'refused') refuse('url', `The address ${verdict.reason}.`)
  if (after.url !== null && /[?#{}]/.test(after.url)) refuse('url', 'The address must end before any ? or #.')
  if (key != null && !/^[\x20-\x7e]+$/.test(key))
    refuse('key', 'The key must be of printable ASCII characters. Was something invisible pasted along?')
  if (key != null && needsKey === 'none') refuse('key', `${name} takes no key.`)
  const isMoved = new URL(before.url ?? usual).origin !== new URL(after.url ?? usual).origin
  if (before.hasKey && key === undefined && isMoved)
    refuse('key', 'The address leads to another host: enter the key again, or remove it.')
  const hasKey = key === undefined ? before.hasKey : key !== null
  if (after.isEnabled && needsKey === 'required' && !hasKey && after.url === null)
    refuse('key', `${name} needs a key: enter it.`)
}

function dropUndefined<T extends object>(change: T): T {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as T
}

function refuse(path: string, message: string): never {
  throw new AppError('invalid_input', message, { issues: [{ path, message }] })
}
