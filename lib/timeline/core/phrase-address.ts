// Sentences about the use of an address. Times are absolute, in UTC, and say so; silence is bounded by what is stored.
import { phraseCount, phraseDay, phraseInstant } from '@/lib/runbook/core/phrase'

interface Totals {
  successes: number
  failures: number
  accounts: number
  accountsSucceeded: number
}

interface Log {
  oldest: Date | null
  newest: Date | null
  isComplete: boolean
}

/** E.g. `327 events since 24 Aug 2026, 223 succeeded. The Okta log is complete to 22 Nov 2026 08:51 UTC.` */
export function phraseTotals(ip: string, totals: Totals, log: Log): string {
  if (log.oldest === null || log.newest === null) return 'No events of this org are stored yet.'
  const since = phraseDay(log.oldest)
  const reach = log.isComplete
    ? `The Okta log is stored up to ${phraseInstant(log.newest)}.`
    : `The Okta log is behind: the newest stored event is of ${phraseInstant(log.newest)}.`
  const events = totals.successes + totals.failures
  if (totals.accounts === 0) return `No event from ${ip} is stored since ${since}. ${reach}`
  return `${phraseCount(events, 'attempt')} by ${phraseCount(totals.accounts, 'account')} stored since ${since}, ${totals.successes.toLocaleString('en-US')} succeeded. ${reach}`
}

/**
 * What stands out in the accounts by day: failures of many accounts, and a first success after them. Null where nothing does.
 *
 * @param perDay accounts and successes of each day with use, oldest first
 */
export function phraseSpray(
  perDay: ReadonlyArray<{ day: string; failedAccounts: number; succeededAccounts: number }>,
): string | null {
  const first = perDay.findIndex(({ succeededAccounts }) => succeededAccounts > 0)
  const sprayed = perDay
    .slice(0, first === -1 ? undefined : first + 1)
    .filter(({ failedAccounts }) => failedAccounts >= MANY)
  const most = sprayed.reduce((max, { failedAccounts }) => Math.max(max, failedAccounts), 0)
  const spray = `failures of ${phraseCount(most, 'account')}`
  if (first === -1) return most > 0 ? `No success; ${spray} on one day.` : null
  const day = phraseDay(new Date(perDay[first]!.day))
  return most > 0 ? `${day}: first success, after ${spray} on one day.` : null
}

/** Failing accounts on one day from which on it reads as a spray. */
const MANY = 5
