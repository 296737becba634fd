// One API token: who made it when, every address that used it, what was changed with it, its present state, the signals it is part of.
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { coverageOf } from '@/lib/okta/core/judge-coverage'
import type { OktaRecord } from '@/lib/okta/model'
import { loadCoverage } from '@/lib/okta/service/load-coverage'
import { readOktaRecords } from '@/lib/okta/service/read-okta-records'
import { describeGaps, describeUse, READS_NOT_LOGGED } from '@/lib/runbook/core/describe-tokens'
import { presentCoverage, presentEvent, presentWindow } from '@/lib/runbook/core/present-event'
import { DRAWN_ADDRESSES, presentAddress, presentToken, rankAddresses } from '@/lib/runbook/core/present-token'
import type { TokenRecord, TokenRecords } from '@/lib/runbook/core/token-facts'
import { findTokenUsers, type TokenUsers } from '@/lib/runbook/service/find-token-users'
import { loadTokenRecords } from '@/lib/runbook/service/load-token-records'
import { listTokenSignals } from '@/lib/signals/service/list-token-signals'
import type { TokenDetail, TokenSignal } from '../contract/token'

const DAYS = 90
const DAY_MS = 86_400_000
const SIGNALS = 50
const LISTED_ADDRESSES = 1000
const ACTORS = 10

export interface ReadTokenInput {
  actor: Actor
  tokenId: string
}

/** @throws AppError not_found where no event, no signal and no answer of Okta names the token */
export async function readToken({ actor: { orgId }, tokenId }: ReadTokenInput): Promise<TokenDetail> {
  const now = clock()
  const window = { from: new Date(now.getTime() - DAYS * DAY_MS), to: now }
  // Before the events: a page that is stored meanwhile must not count as read.
  const stored = await loadCoverage(orgId, [tokenId])
  const [users, told, { signals, total }] = await Promise.all([
    findTokenUsers(orgId, tokenId),
    readOktaRecords(orgId, [{ kind: 'api_token', subjectId: tokenId }]),
    listTokenSignals(orgId, tokenId, SIGNALS),
  ])
  const record = told.find(isTokenRecord) ?? null
  const [records] = await loadTokenRecords({
    ...{ orgId, since: window.from, window, known: null, record: () => record },
    tokens: [{ id: tokenId, clientId: users.clientId, owner: ownerOf(users, record) }],
    actorIds: users.actors.slice(0, ACTORS).map(({ id }) => id),
    coverageOf: (range) => coverageOf(stored, range, now),
  })
  const isKnown = users.isUsed || total > 0 || record?.result === 'found' || records!.lifecycle.length > 0
  if (!isKnown) {
    throw new AppError('not_found', 'No stored event, no signal and no answer of Okta names this token.')
  }
  const since = signals[0] === undefined ? now : new Date(signals[0].firstSeen)
  const facts = presentToken(records!, since)
  const coverage = coverageOf(stored, window, now)
  return {
    ...facts,
    ...{ readAt: now.toISOString(), window: presentWindow(window), coverage: presentCoverage(coverage) },
    sentence: describeUse(facts, window),
    missing: [READS_NOT_LOGGED, ...describeGaps(records!, facts, window.from)],
    ...extentOf(records!),
    moreAddresses: rankAddresses(records!.addresses).slice(DRAWN_ADDRESSES, LISTED_ADDRESSES).map(presentAddress),
    lifecycle: records!.lifecycle.map((event) => presentEvent(event, since)),
    areChangesComplete: records!.areChangesComplete && records!.changes.length === facts.changes.length,
    signals: signals.map(toTokenSignal),
    signalsTotal: total,
  }
}

function isTokenRecord(record: OktaRecord): record is TokenRecord {
  return record.kind === 'api_token'
}

/** Whom Okta names as the owner, else the account of its events. */
function ownerOf({ actors }: TokenUsers, record: TokenRecord | null): TokenRecords['owner'] {
  const userId = record?.content?.userId ?? null
  if (userId === null) return actors[0] ?? null
  return actors.find(({ id }) => id === userId) ?? { id: userId, login: null }
}

function extentOf({ addresses }: TokenRecords): Pick<TokenDetail, 'firstAt' | 'lastAt'> {
  const first = addresses.reduce((earliest, { firstAt }) => Math.min(earliest, firstAt.getTime()), Infinity)
  const last = addresses.reduce((latest, { lastAt }) => Math.max(latest, lastAt.getTime()), -Infinity)
  if (addresses.length === 0) return { firstAt: null, lastAt: null }
  return { firstAt: new Date(first).toISOString(), lastAt: new Date(last).toISOString() }
}

type Presented = Awaited<ReturnType<typeof listTokenSignals>>['signals'][number]

function toTokenSignal({ actor, ...signal }: Presented): TokenSignal {
  const { id, reference, title, severity, status, ip, firstSeen, lastSeen } = signal
  const account = { actorId: actor.id, actorLogin: actor.login }
  return { id, reference, title, severity, status, ip, firstSeen, lastSeen, ...account }
}
