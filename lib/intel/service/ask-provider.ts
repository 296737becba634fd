// Asks one provider about one address because a person said so. Invariant: over all processes a provider is asked one question at a time, never
// above its budget or faster than it allows, and never about an address that is not public.
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withConnection, withTransaction } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { AppError, invariant } from '@/lib/kernel/error'
import { embeddedIpv4 } from '@/lib/kernel/ip-address'
import { unseal } from '@/lib/kernel/secret-box'
import type { LookupItem } from '../contract/lookup'
import { describeTorHistory } from '../core/describe-tor-history'
import { judgeAsk, PROVIDERS, type AskVerdict, type ProviderSettings } from '../core/lookup-providers'
import { askAbuseipdb } from '../gateway/ask-abuseipdb'
import { askGreynoise } from '../gateway/ask-greynoise'
import { askInternetdb } from '../gateway/ask-internetdb'
import type { AskConfig, AskOutcome } from '../gateway/ask-json'
import { askOnionoo } from '../gateway/ask-onionoo'
import type { LookupProvider } from '../model'
import { claimLookup, insertAnswer, readAccess, readTorRecord, releaseLookup } from '../store/lookup'
import { kindOf, readAddress, readLookups, readPresentUse, readProviders } from './read-lookups'

interface AskInput {
  actor: Actor
  input: { provider: LookupProvider; ip: string }
}

/** How long to wait while the provider is asked about something else, and how often to look. */
const PATIENCE_MS = 10_000
const LOOK_EVERY_MS = 100

/**
 * Asks and keeps the answer, also one that failed. Returns the provider as it now stands beside the address.
 *
 * @throws AppError invalid_input for no or no public address; conflict if it is switched off, needs a key, or is being asked the same;
 *   rate_limited, with `retryAfterSeconds`, when it may not be asked yet.
 */
export async function askProvider({ actor, input }: AskInput): Promise<z.input<typeof LookupItem>> {
  const question = { provider: input.provider, ip: readAddress(input.ip) }
  await inTurn(actor.orgId, question, (connection) => ask(connection, actor, question))
  const { lookups } = await readLookups({ actor, ip: question.ip })
  const item = lookups.find(({ provider }) => provider === question.provider)
  invariant(item, 'every provider is listed')
  return item
}

type Question = AskInput['input']

/** No connection is held while waiting, so that many questions at once cannot use them all up. */
async function inTurn(orgId: string, question: Question, work: (connection: Sql) => Promise<void>): Promise<void> {
  const { provider, ip } = question
  for (let waitedMs = 0; waitedMs <= PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    const isDone = await withConnection((connection) =>
      claimed(connection, orgId, `${provider} ${ip}`, async () => {
        const isFree = await claimed(connection, orgId, provider, () => work(connection))
        return isFree !== null
      }),
    )
    if (isDone === null)
      throw new AppError('conflict', `${PROVIDERS[provider].name} is being asked about ${ip} already.`)
    if (isDone) return
    await sleep(LOOK_EVERY_MS)
  }
  throw busy(`${PROVIDERS[provider].name} is busy with other questions: ask again in a moment.`, 5)
}

/** What `work` returns, or null without running it if another process has the claim. */
async function claimed<T>(connection: Sql, orgId: string, name: string, work: () => Promise<T>): Promise<T | null> {
  if (!(await claimLookup(connection, orgId, name))) return null
  try {
    return await work()
  } finally {
    await releaseLookup(connection, orgId, name)
  }
}

async function ask(connection: Sql, actor: Actor, question: Question): Promise<void> {
  const { orgId } = actor
  const { provider, ip } = question
  const settings = (await readProviders(connection, orgId))[provider]
  const use = await readPresentUse(connection, orgId, provider, clock())
  refuse(judgeAsk(provider, settings, use, kindOf(ip), clock()))
  const nextMs = (use.lastAskedAt?.getTime() ?? 0) + PROVIDERS[provider].pauseMs - clock().getTime()
  if (nextMs > 0) await sleep(Math.min(nextMs, PROVIDERS[provider].pauseMs))
  const askedAt = clock()
  const config = await configOf(connection, orgId, provider, askedAt)
  const { answer, closedUntil } = await ASKERS[provider](ip, config, settings, (ips) =>
    readTorRecord(connection, orgId, ips),
  )
  await withTransaction(async (tx) => {
    await insertAnswer(tx, orgId, question, { ...answer, askedAt, askedBy: actor.name }, closedUntil)
    const detail = { provider, result: answer.result, summary: answer.summary }
    await appendAudit(tx, actor, [{ action: 'lookup.asked', subjectType: 'ip', subjectId: ip, detail }], clock())
  })
}

function refuse({ canAsk, reason, availableAt, remaining }: AskVerdict): void {
  if (canAsk) return
  const message = reason ?? ''
  if (availableAt !== null) throw busy(message, Math.ceil((availableAt.getTime() - clock().getTime()) / 1000))
  if (remaining === 0) throw new AppError('rate_limited', message)
  throw new AppError('conflict', message)
}

function busy(message: string, retryAfterSeconds: number): AppError {
  return new AppError('rate_limited', message, { detail: { retryAfterSeconds } })
}

/** Address and key of one instant: a key that was entered for another address a moment ago never goes to this one. */
async function configOf(sql: Sql, orgId: string, provider: LookupProvider, now: Date): Promise<AskConfig> {
  const { url, sealedKey } = await readAccess(sql, orgId, provider)
  const key = sealedKey === null ? null : unseal(sealedKey)
  return { url: url ?? PROVIDERS[provider].url, key, allowedHosts: env().FEED_ALLOWED_HOSTS, now }
}

type Asker = (
  ip: string,
  config: AskConfig,
  settings: ProviderSettings,
  readRecord: (ips: readonly string[]) => ReturnType<typeof readTorRecord>,
) => Promise<AskOutcome>

const ASKERS: Record<LookupProvider, Asker> = {
  abuseipdb: askAbuseipdb,
  greynoise: askGreynoise,
  internetdb: askInternetdb,
  tor_history: askTorHistory,
}

/** Our own record, and Onionoo where an administrator switched it on; without an answer of Onionoo, ours stands. */
async function askTorHistory(
  ip: string,
  config: AskConfig,
  settings: ProviderSettings,
  readRecord: Parameters<Asker>[3],
): Promise<AskOutcome> {
  const carried = embeddedIpv4(ip)
  const record = await readRecord(carried === null ? [ip] : [ip, carried])
  if (!settings.isEnabled) {
    return { answer: describeTorHistory({ ...record, onionoo: { status: 'not_asked' } }), closedUntil: null }
  }
  const outcome = await askOnionoo(ip, config)
  if (outcome.status === 'relays')
    return { answer: describeTorHistory({ ...record, onionoo: outcome }), closedUntil: null }
  const { answer, closedUntil } = outcome.outcome
  const onionoo = { status: 'failed', message: answer.summary } as const
  return { answer: describeTorHistory({ ...record, onionoo }), closedUntil }
}
