// An org with one signal to ask about: events as Okta writes them, and the open case of the newest signal of an account and address.
import { randomUUID } from 'node:crypto'
import { sql } from '@/lib/db/database'
import { importFeed } from '@/lib/intel/service/import-feed'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import type { Coverage, OktaRecord } from '@/lib/okta/model'
import { registerOrg } from '@/lib/okta/service/register-org'
import { ingestPage, preparePage } from '@/lib/pipeline/service/ingest-page'
import { getSignal } from '@/lib/signals/service/get-signal'
import type { SearchWindow } from '../model'
import type { OpenCase } from '../service/open-case'

export const TOR = '198.51.100.7'
export const OFFICE = '203.0.113.4'
export const DANA = { id: '00u1dana', type: 'User', alternateId: 'dana@example.com', displayName: 'Dana Okafor' }
export const KIM = { id: '00u2kim', type: 'User', alternateId: 'kim@example.com', displayName: 'Kim Weber' }
export const TOKEN = '00Tabc1def2ghi39xQ'
/** First event of the signal. */
export const START = Date.parse('2026-03-20T07:31:12.000Z')
export const MINUTE = 60_000
export const DAY = 24 * 60 * MINUTE

let orgCount = 0

/** A new org that counts Tor exits, with one: `TOR`. */
export async function createCaseOrg(): Promise<Actor> {
  const org = await registerOrg({ name: `Case ${++orgCount}`, url: null, kind: 'imported' })
  const actor = commandActor(org.orgId, 'test')
  await importFeed({ actor, name: 'Tor exits', format: 'list', category: 'tor', content: `${TOR}\n` })
  return actor
}

export interface EventShape {
  ip?: string | null
  who?: object
  session?: string | null
  root?: string | null
  token?: string
  clientId?: string
  device?: string | null
  as?: number | null
  os?: string
  outcome?: string
  targets?: ReadonlyArray<{ id: string; type?: string; displayName?: string }>
}

/** A System Log event `ms` after the first event of the signal. */
export function caseEvent(ms: number, eventType: string, shape: EventShape = {}): string {
  const { ip = TOR, who = DANA, session = null, root = session, token, clientId, device = 'dt-new', as = 64500 } = shape
  const detail = token === undefined ? {} : { requestApiTokenId: token, requestApiTokenClientId: clientId ?? null }
  return JSON.stringify(
    oktaEvent({
      uuid: randomUUID(),
      published: new Date(START + ms).toISOString(),
      eventType,
      actor: who,
      outcome: { result: shape.outcome ?? 'SUCCESS' },
      client: { ipAddress: ip, userAgent: { os: shape.os ?? 'Linux', browser: 'FIREFOX' } },
      request: { ipChain: ip === null ? [] : [{ ip }] },
      securityContext: { asNumber: as, asOrg: as === null ? null : `Example network ${as}` },
      authenticationContext: { externalSessionId: session, rootSessionId: root },
      debugContext: { debugData: { dtHash: device } },
      transaction: { type: 'WEB', id: 't', detail },
      target: shape.targets ?? [],
    }),
  )
}

export async function ingestCase(actor: Actor, ...texts: string[]): Promise<void> {
  const receivedAt = new Date(START + 2 * DAY)
  await ingestPage({
    orgId: actor.orgId,
    source: 'test',
    page: preparePage(texts, [], receivedAt),
    receivedAt,
    saveProgress: async () => {},
  })
}

/** Everything since 40 days before the signal is stored. */
export const WHOLE_FROM = new Date(START - 40 * DAY)
export function storedWhole({ from }: SearchWindow): Coverage {
  const gaps = from < WHOLE_FROM ? [{ from, to: WHOLE_FROM, reason: 'The log is stored only since then.' }] : []
  return { isComplete: gaps.length === 0, gaps }
}
export function storedWithGaps({ from, to }: SearchWindow): Coverage {
  return { isComplete: false, gaps: [{ from, to, reason: 'Nothing says that it was read.' }] }
}

export interface CaseOptions {
  coverageOf?: OpenCase['coverageOf']
  /** What Okta said. */
  records?: readonly OktaRecord[]
}

/** The open case of the first signal of Dana from `TOR`. */
export async function openTestCase(
  actor: Actor,
  { coverageOf = storedWhole, records = [] }: CaseOptions = {},
): Promise<OpenCase> {
  const [row] = await sql().query<{ id: number }>(
    'SELECT id FROM signal WHERE org_id = $1 AND ip = $2::inet AND actor_id = $3 ORDER BY id LIMIT 1',
    [actor.orgId, TOR, DANA.id],
  )
  const signal = await getSignal({ actor, signalId: row!.id })
  return {
    orgId: actor.orgId,
    signal,
    login: signal.actor.login ?? DANA.id,
    firstSeen: new Date(signal.firstSeen),
    lastSeen: new Date(signal.lastSeen),
    now: clock(),
    coverageOf,
    record: (kind, subjectId) =>
      (records.find((record) => record.kind === kind && record.subjectId === subjectId) as never) ?? null,
  }
}
