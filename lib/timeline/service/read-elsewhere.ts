// Where else the accounts of an address come from: two columns, addresses and accounts, and what links them.
import { sql } from '@/lib/db/database'
import { loadIndex } from '@/lib/intel/service/load-index'
import type { AddressDetail } from '../contract/address'
import { sortCategories } from '../core/judge-address'
import { listAccountDays, listOpenSignals, listOtherAddresses, type AddressUse } from '../store/account-days'

const DAYS = 90
const ACCOUNTS = 12
/** With the address itself. */
const ADDRESSES = 12

/** The top accounts of the last 90 days and their addresses, flagged ones first, then those with most successes. */
export async function readElsewhere(orgId: string, ip: string, now: Date): Promise<AddressDetail['elsewhere']> {
  const since = new Date(now.getTime() - (DAYS - 1) * 86_400_000).toISOString().slice(0, 10)
  const [rows, { index }] = await Promise.all([listAccountDays(sql(), orgId, ip, since, ACCOUNTS), loadIndex(orgId)])
  const actorIds = rows.map(({ actorId }) => actorId)
  const uses = await listOtherAddresses(sql(), orgId, actorIds, ip, since)
  const others = sumByAddress(uses).map((use) => ({ ...use, ...opinionOf(use.ip) }))
  others.sort(
    (a, b) => b.feeds - a.feeds || b.accounts - a.accounts || b.successes - a.successes || (a.ip < b.ip ? -1 : 1),
  )
  const drawn = others.slice(0, ADDRESSES - 1)
  const ips = [ip, ...drawn.map((other) => other.ip)]
  const open = await listOpenSignals(sql(), orgId, ips, actorIds)
  const own = rows.map(({ actorId, successes, failures }) => ({ ip, actorId, successes, failures }))
  return {
    addresses: [
      { ip, isThis: true, ...opinionOf(ip) },
      ...drawn.map(({ ip: other, categories, isAllowed, feeds }) => ({
        ip: other,
        isThis: false,
        categories,
        isAllowed,
        feeds,
      })),
    ],
    accounts: rows.map(({ actorId, login, name, successes }) => ({
      ...{ actorId, login, name },
      successes: uses.reduce((sum, use) => sum + (use.actorId === actorId ? use.successes : 0), successes),
      openSignals: open
        .filter((signal) => signal.actorId === actorId)
        .map(({ id, severity, ip: at }) => ({ id, severity, ip: at })),
    })),
    links: [...own, ...uses.filter((use) => ips.includes(use.ip))],
    otherAccounts: Math.max(0, (rows[0]?.total ?? 0) - rows.length),
    otherAddresses: others.length - drawn.length,
  }

  function opinionOf(address: string) {
    const matches = index.match(address)
    const cleared = matches.filter(({ intent }) => intent === 'benign')
    const threats = matches.filter(({ intent, category }) => intent !== 'benign' && category !== 'cloud')
    return {
      // What clears it is what it is called; what else it is listed as does not count.
      categories: sortCategories((cleared.length > 0 ? cleared : matches).map(({ category }) => category)),
      isAllowed: cleared.length > 0,
      feeds: new Set(threats.map(({ feedId }) => feedId)).size,
    }
  }
}

function sumByAddress(uses: readonly AddressUse[]): Array<{ ip: string; successes: number; accounts: number }> {
  const sums = new Map<string, { ip: string; successes: number; accounts: number }>()
  for (const { ip, successes } of uses) {
    const sum = sums.get(ip) ?? { ip, successes: 0, accounts: 0 }
    sums.set(ip, { ip, successes: sum.successes + successes, accounts: sum.accounts + 1 })
  }
  return [...sums.values()]
}
