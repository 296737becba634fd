// The account behind a signal as Okta last described it.
import type { FactorRecord, RoleRecord, UserRecord } from '@/lib/okta/model'
import type { AccountRecord } from '../contract/runbook'
import { nameFactor } from './name-factor'

/** The last good answers; null where Okta was not asked or never gave one. */
export interface AccountRecords {
  user: UserRecord | null
  roles: readonly RoleRecord[] | null
  factors: readonly FactorRecord[] | null
}

/** What is known of the account, null by null. */
export function presentAccount({ user, roles, factors }: AccountRecords): AccountRecord {
  return {
    status: user?.status ?? null,
    createdAt: instantOf(user?.created),
    passwordChangedAt: instantOf(user?.passwordChanged),
    roles: roles?.map(({ label }) => label) ?? null,
    factors:
      factors?.map(({ factorType, provider, status, created }) => ({
        name: nameFactor(factorType, provider),
        status,
        createdAt: instantOf(created),
      })) ?? null,
  }
}

/** ISO 8601 in UTC; null for what is no instant. */
function instantOf(text: string | null | undefined): string | null {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
