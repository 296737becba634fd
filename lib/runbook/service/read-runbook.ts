// Loads the facts of the six steps of a signal. Every query is bounded, so the cost does not follow how busy the account, token or
// address is.
import { sql } from '@/lib/db/database'
import { loadIndex } from '@/lib/intel/service/load-index'
import { readListings } from '@/lib/intel/service/read-listings'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { getSignal } from '@/lib/signals/service/get-signal'
import type {
  AccountsStep,
  ActivityStep,
  ChangesStep,
  IntelStep,
  LegitimacyStep,
  Runbook,
  TokenStep,
} from '../contract/runbook'
import { answerAccounts } from '../core/answer-accounts'
import { answerActivity } from '../core/answer-activity'
import { answerChanges } from '../core/answer-changes'
import { answerIntel } from '../core/answer-intel'
import { answerLegitimacy } from '../core/answer-legitimacy'
import { answerToken } from '../core/answer-token'
import { findGaps } from '../core/present-event'
import type { SearchWindow } from '../model'
import * as events from '../store/event-facts'
import * as rollups from '../store/rollup-facts'

const DAY_MS = 86_400_000
const BASELINE_DAYS = 90
const CHANGES_DAYS = 14
const ACTIVITY_LIMIT = 2000
const CHANGES_LIMIT = 500
const TOKENS = 10
const SESSIONS = 50

/** What every step starts from. */
interface Case {
  orgId: string
  signal: SignalDetail
  /** How sentences call the account. */
  login: string
  firstSeen: Date
  now: Date
  stored: { oldest: Date | null; newest: Date | null }
}

/** The six steps of a signal as stored facts. @throws AppError not_found */
export async function readRunbook({ actor, signalId }: { actor: Actor; signalId: number }): Promise<Runbook> {
  const { orgId } = actor
  const [signal, stored] = await Promise.all([getSignal({ actor, signalId }), events.findStoredRange(sql(), orgId)])
  const { login, name, id } = signal.actor
  const now = clock()
  const open: Case = { orgId, signal, login: login ?? name ?? id, firstSeen: new Date(signal.firstSeen), now, stored }
  const steps = await Promise.all([
    readIntel(open),
    readLegitimacy(open),
    readActivity(open),
    readTokens(open),
    readChanges(open),
    readAccounts(open),
  ])
  return { signalId, readAt: now.toISOString(), steps }
}

function windowFrom({ firstSeen, now }: Case, days: number): SearchWindow {
  return { from: new Date(firstSeen.getTime() - days * DAY_MS), to: now }
}

async function readIntel(open: Case): Promise<IntelStep> {
  const { orgId, signal, firstSeen, now, stored } = open
  const { ip, asNumber, asOrg, country } = signal
  const window = windowFrom(open, 1)
  const [{ feeds, neighbours }, okta] = await Promise.all([
    readListings(orgId, ip, asNumber),
    events.countOktaMarks(sql(), orgId, ip, window),
  ])
  const firedAt = new Date(signal.openedAt)
  const gaps = findGaps(window, stored)
  return answerIntel({ ip, asNumber, asOrg, country, firstSeen, firedAt, now, feeds, neighbours, okta, window, gaps })
}

async function readLegitimacy(open: Case): Promise<LegitimacyStep> {
  const { orgId, signal, login, firstSeen, stored } = open
  const window = { from: windowFrom(open, BASELINE_DAYS).from, to: firstSeen }
  const uuid = signal.decidingEventUuid
  const event = uuid === null ? null : await events.findEventRow(sql(), orgId, uuid)
  const device = { ip: signal.ip, deviceId: event?.deviceId ?? null, dtHash: event?.dtHash ?? null }
  const [{ uses, days }, recent] = await Promise.all([
    rollups.listNetworkUse(sql(), orgId, signal.actor.id, window),
    events.summarizeRecentUse(sql(), orgId, signal.actor.id, window, device),
  ])
  const anonymisers = signal.intelligence.filter(({ matches }) =>
    matches.some(({ hop, category }) => hop === 0 && ['vpn', 'proxy', 'residential_proxy'].includes(category)),
  )
  return answerLegitimacy({
    login,
    firstSeen,
    current: {
      asNumber: signal.asNumber,
      asOrg: signal.asOrg,
      country: signal.country,
      os: event?.os ?? null,
      browser: event?.browser ?? null,
    },
    hasDevice: device.deviceId !== null || device.dtHash !== null,
    uses,
    days,
    recent,
    vpnFeeds: anonymisers.map(({ feedName }) => feedName),
    window,
    gaps: findGaps(window, stored),
  })
}

async function readActivity(open: Case): Promise<ActivityStep> {
  const { orgId, signal, firstSeen, now, stored } = open
  const window = { from: firstSeen, to: now }
  const lanes = { sessions: signal.sessions.slice(0, SESSIONS), tokens: tokensOf(signal).map(({ id }) => id) }
  const found = await events.listActivity(sql(), orgId, lanes, window, ACTIVITY_LIMIT + 1)
  const isComplete = found.length <= ACTIVITY_LIMIT
  const gaps = findGaps(window, stored)
  return answerActivity({ ...lanes, firstSeen, events: found.slice(0, ACTIVITY_LIMIT), isComplete, window, gaps })
}

async function readTokens(open: Case): Promise<TokenStep> {
  const { orgId, signal, firstSeen, now, stored } = open
  const window = windowFrom(open, BASELINE_DAYS)
  const since = { from: firstSeen, to: now }
  const [{ index }, createdAfter, records] = await Promise.all([
    loadIndex(orgId),
    events.listTokensCreated(sql(), orgId, signal.actor.id, since),
    Promise.all(
      tokensOf(signal).map(async (token) => {
        const [created, use, activity, outsideRange] = await Promise.all([
          events.findTokenCreation(sql(), orgId, token.id),
          rollups.listTokenUse(sql(), orgId, token.id, window),
          events.listActivity(sql(), orgId, { sessions: [], tokens: [token.id] }, since, ACTIVITY_LIMIT),
          events.listOutsideRange(sql(), orgId, token.id, window),
        ])
        return { token, created, use, activity, outsideRange }
      }),
    ),
  ])
  const gaps = findGaps(window, stored)
  return answerToken({ firstSeen, records, createdAfter, index, eventCount: signal.eventCount, window, gaps })
}

async function readChanges(open: Case): Promise<ChangesStep> {
  const { orgId, signal, login, firstSeen, stored } = open
  const actorId = signal.actor.id
  const window = windowFrom(open, CHANGES_DAYS)
  const found = await events.listAccountChanges(sql(), orgId, actorId, window, CHANGES_LIMIT + 1)
  const isComplete = found.length <= CHANGES_LIMIT
  const gaps = findGaps(window, stored)
  return answerChanges({ actorId, login, firstSeen, events: found.slice(0, CHANGES_LIMIT), isComplete, window, gaps })
}

async function readAccounts(open: Case): Promise<AccountsStep> {
  const { orgId, signal, login, stored } = open
  const window = windowFrom(open, BASELINE_DAYS)
  const { accounts, total } = await rollups.listAccountUse(sql(), orgId, signal.ip, window)
  const gaps = findGaps(window, stored)
  return answerAccounts({ ip: signal.ip, actorId: signal.actor.id, login, accounts, total, window, gaps })
}

function tokensOf(signal: SignalDetail): SignalDetail['tokens'] {
  return signal.tokens.slice(0, TOKENS)
}
