// Feeds × days and accounts × days of one address over the same days.
import { sql } from '@/lib/db/database'
import { opinionsAt } from '@/lib/intel/core/opinions-at'
import { roleOf } from '@/lib/intel/core/role-of-feed'
import type { MatrixRow } from '@/lib/intel/service/read-matrix'
import type { Actor } from '@/lib/kernel/actor'
import type { AddressMatrix, MatrixFeed } from '../contract/address'
import { sortCategories } from '../core/judge-address'
import { phraseSpray } from '../core/phrase-address'
import type { MatrixSpan } from '../model'
import { listAccountDays, listDayAccounts, sumOtherDays, type AccountDayRow, type DayUse } from '../store/account-days'
import { listOktaDays } from '../store/address'
import { openAddress } from './open-address'

const ACCOUNTS = 20

export interface ReadAddressMatrixInput {
  actor: Actor
  /** As typed. */
  ip: string
  days: MatrixSpan
  signalId: number | null
}

/** @throws AppError invalid_input (no address), not_found (a signal of another address) */
export async function readAddressMatrix(input: ReadAddressMatrixInput): Promise<AddressMatrix> {
  const { actor, ip: text, days: dayCount, signalId } = input
  const { orgId, ip, now, log, signal, matrix } = await openAddress(actor.orgId, text, signalId, dayCount)
  const { days } = matrix
  const since = days[0]!
  const [accounts, okta, perDay] = await Promise.all([
    listAccountDays(sql(), orgId, ip, since, ACCOUNTS),
    listOktaDays(sql(), orgId, ip, since),
    listDayAccounts(sql(), orgId, ip, since),
  ])
  const eventDay = signal ? days.indexOf(signal.firstSeen.slice(0, 10)) : -1
  const firstSuccess = perDay.find(({ succeededAccounts }) => succeededAccounts > 0)
  return {
    ...{ ip, days, eventDay: eventDay === -1 ? null : eventDay },
    feeds: matrix.feeds.map((feed) => presentFeed(feed, now)).sort(byWeight),
    okta: okta.map(({ day, ...marks }) => ({ day: days.indexOf(day), ...marks })).filter(({ day }) => day !== -1),
    accounts: accounts.map((account) => presentAccount(account, days)),
    others: await readOthers(),
    firstSuccessDay: firstSuccess ? days.indexOf(firstSuccess.day) : null,
    sentence: phraseSpray(perDay),
    storedSince: log.oldest?.toISOString() ?? null,
    readAt: now.toISOString(),
  }

  async function readOthers(): Promise<AddressMatrix['others']> {
    const [first] = accounts
    if (first === undefined || first.total <= accounts.length) return null
    const cells = await sumOtherDays(
      sql(),
      orgId,
      ip,
      since,
      accounts.map(({ actorId }) => actorId),
    )
    const sum = (key: 'successes' | 'failures') => accounts.reduce((total, account) => total + account[key], 0)
    return {
      accounts: first.total - accounts.length,
      successes: first.totalSuccesses - sum('successes'),
      failures: first.totalFailures - sum('failures'),
      cells: cellsOf(cells, days),
    }
  }
}

function presentFeed(feed: MatrixRow, now: Date): MatrixFeed {
  const { feedId, feedName, isEnabled, cadenceSeconds, category, entries } = feed
  const live = opinionsAt(entries, { validAt: now, knownAt: now })
  const told = live.length > 0 ? live : entries
  const ends = entries.map(({ validTo, knownTo }) =>
    Math.min(validTo?.getTime() ?? Infinity, knownTo?.getTime() ?? Infinity),
  )
  const begins = entries.map(({ validFrom }) => validFrom.getTime())
  return {
    ...{ feedId, feedName, role: roleOf(feed), isEnabled, cadenceSeconds, category },
    categories: sortCategories(told.map((entry) => entry.category)),
    ranges: [...new Set(told.map(({ range }) => range))].slice(0, 5),
    ...{ days: feed.days, atEvent: feed.atEvent, atAlert: feed.atAlert, now: feed.now },
    firstListed: begins.length > 0 ? new Date(Math.min(...begins)).toISOString() : null,
    lastListed: live.length > 0 || ends.length === 0 ? null : new Date(Math.max(...ends)).toISOString(),
    lastSuccessAt: feed.lastSuccessAt?.toISOString() ?? null,
  }
}

const ROLE_WEIGHT = { threat: 0, allow: 2, context: 4 } as const

/** Threats before lists that clear; Tor exits first, then what lists it, what did once, and the rest; by name. */
function byWeight(a: MatrixFeed, b: MatrixFeed): number {
  const weight = ({ role, category, firstListed, lastListed, isEnabled }: MatrixFeed): number =>
    ROLE_WEIGHT[role] * 10 +
    (isEnabled ? 0 : 8) +
    (category === 'tor' ? 0 : 4) +
    (firstListed === null ? 2 : lastListed === null ? 0 : 1)
  return weight(a) - weight(b) || nameOf(a).localeCompare(nameOf(b), 'en')
}

function nameOf({ feedName }: MatrixFeed): string {
  return feedName.toLowerCase()
}

function presentAccount(account: AccountDayRow, days: readonly string[]): AddressMatrix['accounts'][number] {
  const { actorId, login, name, successes, failures, firstAt, lastAt, openSignals } = account
  return {
    ...{ actorId, login, name, successes, failures, openSignals },
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    cells: cellsOf(account.days, days),
  }
}

function cellsOf(uses: readonly DayUse[], days: readonly string[]) {
  return uses
    .map(([day, successes, failures]) => ({ day: days.indexOf(day), successes, failures }))
    .filter(({ day }) => day !== -1)
}
