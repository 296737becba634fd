// Step 6: loads who else used the address, and answers it.
import { sql } from '@/lib/db/database'
import { ZONES_FEED_ID } from '@/lib/intel/model'
import { loadIndex } from '@/lib/intel/service/load-index'
import { readOktaRecords } from '@/lib/okta/service/read-okta-records'
import type { AccountsStep } from '../contract/steps'
import { assessAccounts } from '../core/assess-accounts'
import { readChange } from '../core/read-change'
import {
  listAddressUse,
  listAtHome,
  listConsoleUsers,
  listEntered,
  listFailedSignIns,
  listSignalsOf,
  type AddressUse,
} from '../store/accounts'
import { listPrivilegeChanges } from '../store/changes'
import { readTexts } from '../store/event-row'
import type { OpenCase } from './open-case'

const DAY_MS = 86_400_000
/** Addresses change hands: who used it longer ago says little about this use. */
const DAYS_BEFORE = 30
/** How it is said that an account has some role that is not known by name. */
const CONSOLE_USER = 'opened the admin console'

/** Step 6 of an open case. */
export async function answerAccountsStep(open: OpenCase): Promise<AccountsStep> {
  const { orgId, signal, login, firstSeen, now } = open
  const { ip, asNumber, asOrg, actor } = signal
  const window = { from: new Date(firstSeen.getTime() - DAYS_BEFORE * DAY_MS), to: now }
  const dayBefore = { from: new Date(firstSeen.getTime() - DAY_MS), to: firstSeen }
  const [use, signals, failed, { index }] = await Promise.all([
    listAddressUse(sql(), orgId, ip, actor.id, window),
    listSignalsOf(sql(), orgId, ip),
    listFailedSignIns(sql(), orgId, ip, dayBefore),
    loadIndex(orgId),
  ])
  const succeeded = use.accounts.filter(({ successes }) => successes > 0)
  const tried = failed.attempts.flatMap(({ isAccount, account }) => (isAccount ? [account] : []))
  const [{ entered, lookedUp }, atHome, roles] = await Promise.all([
    listEntered(sql(), orgId, ip, tried, window),
    asNumber === null ? new Set<string>() : listAtHome(sql(), orgId, asNumber, succeeded),
    readRoles(orgId, use.accounts, now),
  ])
  const matches = index.match(ip)
  const own = matches.filter(({ feedId }) => feedId === ZONES_FEED_ID)
  const fired = signal.intelligence.flatMap(({ matches: known }) => known.filter(({ hop }) => hop === 0))
  return assessAccounts({
    ...{ ip, login, asNumber, asOrg, firstSeen, atHome, roles, window },
    actorId: actor.id,
    accounts: use.accounts.map((account) => ({
      ...account,
      openSignalIds: signals.filter(({ actorId, isOpen }) => isOpen && actorId === account.actorId).map(({ id }) => id),
    })),
    total: use.total,
    succeeded: use.succeeded,
    readFrom: use.readFrom,
    categories: [
      ...fired.map(({ category }) => category),
      ...matches.filter(({ feedId }) => feedId !== ZONES_FEED_ID).map(({ category }) => category),
    ],
    zones: [...new Set(own.flatMap(({ source }) => source ?? []))],
    attempts: failed.attempts,
    entered: new Set([
      ...entered,
      ...tried.filter((account) => !lookedUp.has(account)),
      ...succeeded.flatMap(({ actorId, login: name }) => (name === null ? [actorId] : [actorId, name])),
    ]),
    isAttemptsComplete: failed.isComplete,
    judgedMalicious: signals.filter(({ verdict, actorId }) => verdict === 'malicious' && actorId !== actor.id),
    coverage: open.coverageOf(window),
  })
}

/** Administrator roles by account: as Okta said when asked, else as the newest stored grant or revocation lists them, else by use. */
async function readRoles(
  orgId: string,
  accounts: AddressUse['accounts'],
  now: Date,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = accounts.filter(({ successes }) => successes > 0).map(({ actorId }) => actorId)
  const [records, changes, consoleUsers] = await Promise.all([
    readOktaRecords(
      orgId,
      ids.map((subjectId) => ({ kind: 'user_roles' as const, subjectId })),
    ),
    listPrivilegeChanges(sql(), orgId, ids, now),
    listConsoleUsers(sql(), orgId, ids, now),
  ])
  const texts = await readTexts(sql(), orgId, changes)
  const roles = new Map<string, readonly string[]>([...consoleUsers].map((id) => [id, [CONSOLE_USER]]))
  // Newest last, so that it wins. Okta lists all roles of the account, not what was added.
  for (const change of [...changes].reverse()) {
    const listed = readChange({ raw: texts.get(change.uuid) ?? null }).roles
    for (const id of change.targetIds.filter((target) => ids.includes(target))) {
      if (listed !== null && change.eventType.endsWith('.grant')) roles.set(id, listed)
      // What is left after it, the event does not say.
      else roles.delete(id)
    }
  }
  for (const record of records) {
    if (record.kind === 'user_roles' && record.content) {
      roles.set(
        record.subjectId,
        record.content.map(({ label }) => label),
      )
    }
  }
  return roles
}
