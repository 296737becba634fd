// Which stored addresses new intelligence concerns. Two ways to the same answer: few new indicators ask the database, many are asked
// for each stored address in memory. Either costs the same however many events an address has.
import { sql, withTransaction } from '@/lib/db/database'
import { embeddedIpv4 } from '@/lib/kernel/ip-address'
import { isCounted } from '../core/apply-policy'
import type { IntentPolicy } from '../model'
import type { PendingMatch } from '../store/intel-version'
import { addressesInside, countLearned, streamAddresses } from '../store/learned'
import { createPace } from './in-steps'
import { loadIndex } from './load-index'

/** A look-up in the database takes some ten microseconds; streaming a million addresses through the index takes most of a second. */
const FEW_INDICATORS = 20_000

/** Distinct stored client addresses inside live indicators that are pending and that the policy could count. */
export async function findLearnedAddresses(
  orgId: string,
  pending: PendingMatch,
  policy: IntentPolicy,
): Promise<string[]> {
  const count = await countLearned(sql(), orgId, pending, policy, FEW_INDICATORS + 1)
  if (count === 0) return []
  return count <= FEW_INDICATORS
    ? addressesInside(sql(), orgId, pending, policy)
    : addressesCovered(orgId, pending, policy)
}

/** Every stored address that the index covers with something pending; as it is now, what was withdrawn meanwhile is left out. */
async function addressesCovered(
  orgId: string,
  { fromId, toId }: PendingMatch,
  policy: IntentPolicy,
): Promise<string[]> {
  const { index } = await loadIndex(orgId)
  const [from, to] = [Number(fromId), Number(toId)]
  const isLearned = (ip: string): boolean =>
    index.match(ip).some((indicator) => indicator.id > from && indicator.id <= to && isCounted(indicator, policy))
  const covered: string[] = []
  const visit = (ip: string): void => {
    if (embeddedIpv4(ip) !== null || isLearned(ip)) covered.push(ip)
  }
  await withTransaction((tx) => streamAddresses(tx, orgId, visit, createPace()))
  return covered
}
