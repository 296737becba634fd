// Asks Okta what the steps of a signal need and nobody asked lately.
import type { z } from 'zod'
import type { Actor } from '@/lib/kernel/actor'
import { isStale } from '@/lib/okta/core/read-okta-record'
import type { OktaRecord, OktaRecordKey } from '@/lib/okta/model'
import { askOkta, type AskedOkta } from '@/lib/okta/service/ask-okta'
import { readOktaRecords } from '@/lib/okta/service/read-okta-records'
import type { oktaLookupsEndpoint, OktaLookup } from '@/lib/runbook/contract/runbook'
import { lookupKeys } from '@/lib/runbook/core/lookup-keys'
import { presentLookups } from '@/lib/runbook/core/present-lookups'
import { getSignal } from '@/lib/signals/service/get-signal'
import { connectOkta } from './connect-okta'

/**
 * Asks for what is missing or older than ten minutes, and says how each question stands then. Reading the runbook again shows what it changes.
 *
 * @throws AppError not_found
 */
export async function lookUpSignal(input: {
  actor: Actor
  signalId: number
  now: Date
}): Promise<z.input<typeof oktaLookupsEndpoint.response>> {
  const { actor, signalId, now } = input
  const keys = lookupKeys(await getSignal({ actor, signalId }))
  const known = await readOktaRecords(actor.orgId, keys)
  const due = keys.filter((key) => {
    const record = find(known, key)
    return record === null || isStale(record, now)
  })
  const asked = due.length === 0 ? [] : await ask(actor.orgId, due, now)
  const answered = asked.flatMap((one) => (one.status === 'answered' ? [one.record] : []))
  const lookups = presentLookups(
    keys,
    (kind, subjectId) => find(answered, { kind, subjectId }) ?? find(known, { kind, subjectId }),
    now,
  )
  return { lookups: lookups.map((lookup) => withMessage(lookup, asked)) }
}

async function ask(orgId: string, keys: readonly OktaRecordKey[], now: Date): Promise<AskedOkta[]> {
  const connection = await connectOkta()
  if (connection.status === 'ready' && connection.orgId === orgId) {
    return askOkta(connection.client, orgId, keys, now)
  }
  const message =
    connection.status === 'invalid' && connection.orgId === orgId
      ? connection.problem.message
      : 'This org is only imported into: there is no Okta to ask.'
  return keys.map((key) => ({ status: 'spared', key, message }))
}

function withMessage(lookup: OktaLookup, asked: readonly AskedOkta[]): OktaLookup {
  const spared = asked.find(
    (one) => one.status === 'spared' && one.key.kind === lookup.kind && one.key.subjectId === lookup.subjectId,
  )
  return spared?.status === 'spared' ? { ...lookup, message: spared.message } : lookup
}

function find(records: readonly OktaRecord[], { kind, subjectId }: OktaRecordKey): OktaRecord | null {
  return records.find((record) => record.kind === kind && record.subjectId === subjectId) ?? null
}
