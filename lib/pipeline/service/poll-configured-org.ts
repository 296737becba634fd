// One poll of the configured org on behalf of a cron service: the same service as the worker's, answered at once.
import type { UserActor } from '@/lib/kernel/actor'
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'
import type { z } from 'zod'
import type { PollResult } from '../contract'
import { countRejected } from '../model'
import { connectOkta } from './connect-okta'
import { holder } from './holder'
import { pollOrg } from './poll-org'

/** Keeps one request well under the time limits of serverless hosts; the next call goes on. */
const PAGES_PER_REQUEST = 10

/**
 * Polls the actor's org once.
 *
 * @throws AppError not_found when the actor's org is not the one that is polled; upstream_failed when the settings are wrong.
 */
export async function pollConfiguredOrg(actor: UserActor): Promise<z.input<typeof PollResult>> {
  const connection = await connectOkta()
  if (connection.status === 'absent' || connection.orgId !== actor.orgId) {
    throw new AppError('not_found', `Your org ${actor.orgId} is not polled: OKTA_ORG_URL names no or another org.`)
  }
  if (connection.status === 'invalid') throw new AppError('upstream_failed', connection.problem.message)
  const outcome = await pollOrg({
    ...connection,
    holder,
    backfillDays: env().BACKFILL_DAYS,
    maxPages: PAGES_PER_REQUEST,
  })
  const nothing = {
    pages: 0,
    read: 0,
    new: 0,
    duplicate: 0,
    rejected: 0,
    opened: 0,
    raised: 0,
    isBehind: false,
    problem: null,
  }
  if (outcome.status === 'busy') return { ...nothing, orgId: actor.orgId, status: 'busy' }
  const { report, pages } = outcome
  return {
    orgId: actor.orgId,
    status: outcome.status,
    pages,
    read: report.read,
    new: report.new,
    duplicate: report.duplicate,
    rejected: countRejected(report),
    opened: report.opened,
    raised: report.raised,
    isBehind: outcome.status === 'polled' && outcome.isBehind,
    problem: outcome.status === 'problem' ? { code: outcome.problem.code, message: outcome.problem.message } : null,
  }
}
