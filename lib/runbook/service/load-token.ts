// Step 4: loads what is known of the tokens of the signal and of those made afterwards, and answers it.
import { sql } from '@/lib/db/database'
import type { TokenStep } from '../contract/steps'
import { assessToken } from '../core/assess-token'
import { listUsualTypes } from '../store/activity'
import { listTokensCreated } from '../store/token'
import { loadTokenRecords } from './load-token-records'
import type { OpenCase } from './open-case'

const DAY_MS = 86_400_000
const USE_DAYS = 90
const TOKENS = 10
const USUAL_EVENTS = 500

/** Step 4 of an open case. */
export async function answerTokenStep(open: OpenCase): Promise<TokenStep> {
  const { orgId, signal, firstSeen, now } = open
  const { id: actorId, login } = signal.actor
  const past = { from: new Date(firstSeen.getTime() - USE_DAYS * DAY_MS), to: firstSeen }
  const tokens = signal.tokens.slice(0, TOKENS)
  const tokenIds = tokens.map(({ id }) => id)
  const use = { from: past.from, to: now }
  const since = { from: firstSeen, to: now }
  const [records, createdAfter, usualTypes] = await Promise.all([
    loadTokenRecords({
      ...{ orgId, actorIds: [actorId], since: firstSeen, window: use, coverageOf: open.coverageOf },
      tokens: tokens.map(({ id, clientId }) => ({ id, clientId, owner: { id: actorId, login } })),
      record: (id) => open.record('api_token', id),
      known: { ip: signal.ip, asNumber: signal.asNumber },
    }),
    listTokensCreated(sql(), orgId, { actorId, tokenIds }, since),
    listUsualTypes(sql(), orgId, actorId, past, USUAL_EVENTS),
  ])
  // Where no token was used, only what followed was searched.
  const window = tokens.length > 0 ? use : since
  return assessToken({
    ...{ ip: signal.ip, firstSeen, eventCount: signal.eventCount, records, createdAfter, usualTypes, window },
    tokensLeft: signal.tokens.length - tokens.length,
    coverage: open.coverageOf(window),
  })
}
