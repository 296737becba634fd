// What Okta last said about users and tokens, with its age. Asks nobody.
import type { OktaRecord, OktaRecordKind } from '../model'

/** One question that Okta can be asked. */
export interface OktaRecordKey {
  kind: OktaRecordKind
  subjectId: string
}

/** The records of these keys that exist, in no order. */
export async function readOktaRecords(orgId: string, keys: readonly OktaRecordKey[]): Promise<OktaRecord[]> {
  void [orgId, keys]
  return []
}
