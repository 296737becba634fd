// Answers the six steps of a signal from what is stored, and derives the verdict that follows. Never waits for Okta: what Okta said
// when it was last asked is read with its age, and the screen asks again by itself.
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { coverageOf } from '@/lib/okta/core/judge-coverage'
import type { OktaRecord, OktaRecordKind } from '@/lib/okta/model'
import { loadCoverage } from '@/lib/okta/service/load-coverage'
import { readOktaRecords } from '@/lib/okta/service/read-okta-records'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { plainText } from '@/lib/kernel/plain-text'
import { getSignal } from '@/lib/signals/service/get-signal'
import type { Runbook } from '../contract/runbook'
import { lookupKeys } from '../core/lookup-keys'
import { presentAccount } from '../core/present-account'
import { presentLookups } from '../core/present-lookups'
import { suggestVerdict } from '../core/suggest-verdict'
import { answerAccountsStep } from './load-accounts'
import { answerActivityStep } from './load-activity'
import { answerChangesStep } from './load-changes'
import { answerIntelStep } from './load-intel'
import { answerLegitimacyStep } from './load-legitimacy'
import { answerTokenStep } from './load-token'
import type { OpenCase } from './open-case'

/** Of the account in sentences; longer names are cut there. */
const MAX_NAME = 80

/** The six steps of a signal, the suggested verdict, and what Okta was asked for them. @throws AppError not_found */
export async function readRunbook({ actor, signalId }: { actor: Actor; signalId: number }): Promise<Runbook> {
  const signal = await getSignal({ actor, signalId })
  const now = clock()
  const open = await openCase(actor.orgId, signal, now)
  const steps = await Promise.all([
    answerIntelStep(open),
    answerLegitimacyStep(open),
    answerActivityStep(open),
    answerTokenStep(open),
    answerChangesStep(open),
    answerAccountsStep(open),
  ])
  return {
    signalId,
    readAt: now.toISOString(),
    steps,
    suggestion: suggestVerdict(steps),
    account: presentAccount({
      user: presentContent(open.record('user', signal.actor.id)),
      roles: presentContent(open.record('user_roles', signal.actor.id)),
      factors: presentContent(open.record('user_factors', signal.actor.id)),
    }),
    lookups: presentLookups(lookupKeys(signal), open.record, now),
  }
}

/** Loads what every step starts from. */
export async function openCase(orgId: string, signal: SignalDetail, now: Date): Promise<OpenCase> {
  const [coverage, records] = await Promise.all([
    loadCoverage(orgId, subjectsOf(signal)),
    readOktaRecords(orgId, lookupKeys(signal)),
  ])
  const { login, name, id } = signal.actor
  const lastSeen = new Date(signal.lastSeen)
  // Okta's clock may be ahead of ours: what the signal is made of is looked at whatever our clock says.
  const end = lastSeen > now ? lastSeen : now
  return {
    orgId,
    signal,
    login: plainText(login ?? name ?? id, MAX_NAME) || id,
    firstSeen: new Date(signal.firstSeen),
    lastSeen,
    now: end,
    coverageOf: (window) => coverageOf(coverage, window, now),
    record: (kind, subjectId) => recordOf(records, kind, subjectId),
  }
}

/** What Okta last said of what there is; nothing once it said that there is no such account. */
function presentContent<Content>(record: { result: string; content: Content | null } | null): Content | null {
  return record === null || record.result === 'not_found' ? null : record.content
}

/** What the text of an event that could not be read may name for it to matter here. */
function subjectsOf({ actor, ip, sessions, tokens }: SignalDetail): string[] {
  const logins = actor.login === null ? [] : [actor.login]
  return [actor.id, ...logins, ip, ...sessions, ...tokens.map(({ id }) => id)]
}

function recordOf<Kind extends OktaRecordKind>(records: readonly OktaRecord[], kind: Kind, subjectId: string) {
  const isAsked = (record: OktaRecord): record is Extract<OktaRecord, { kind: Kind }> =>
    record.kind === kind && record.subjectId === subjectId
  return records.find(isAsked) ?? null
}
