// What Okta last said about users and tokens, with its age. Asks nobody.
import { sql } from '@/lib/db/database'
import type { OktaRecord, OktaRecordKey } from '../model'
import { findOktaRecords } from '../store/okta-record'

/** The records of these keys that exist, in no order. */
export async function readOktaRecords(orgId: string, keys: readonly OktaRecordKey[]): Promise<OktaRecord[]> {
  return keys.length === 0 ? [] : findOktaRecords(sql(), orgId, keys)
}
