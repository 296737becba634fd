// What could be suppressed from a signal, and what each would have hidden in the last 30 days (rule, line 15).
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { PreviewSignal, SuppressionOption, SuppressionOptions } from '../contract'
import { describeTarget } from '../core/describe-suppression'
import { previewTarget, type Preview } from '../core/preview-target'
import { maxDaysOf, targetOf, type TargetChoice } from '../core/target-of'
import type { SuppressibleSignal } from '../model'
import { findSuppressible, listRecent, type RecentSignal } from '../store/signal-row'
import { explainNotAllowed } from './get-suppression'

const WINDOW_DAYS = 30
const SHOWN = 50
const TOKENS = 5
const DAY_MS = 86_400_000

/**
 * One option a scope, `token` one for each of the first five tokens. What cannot be chosen is there too and says why.
 *
 * @throws AppError not_found; invalid_input for a block that does not contain the address or is too wide
 */
export async function previewSuppression(input: {
  actor: Actor
  signalId: number
  range?: string | undefined
  now: Date
}): Promise<SuppressionOptions> {
  const { actor, signalId, range, now } = input
  const signal = await findSuppressible(sql(), actor.orgId, signalId)
  if (!signal) throw new AppError('not_found', `There is no signal SIG-${signalId}, or it became part of another.`)
  if (range !== undefined) refuseRange(signal, range)
  const recent = await listRecent(sql(), actor.orgId, {
    actorId: signal.actorId,
    asNumber: signal.asNumber,
    since: new Date(now.getTime() - WINDOW_DAYS * DAY_MS),
  })
  const choices: TargetChoice[] = [
    { scope: 'user_network' },
    { scope: 'user_ip', range },
    { scope: 'org_network' },
    ...signal.tokens.slice(0, TOKENS).map(({ id }) => ({ scope: 'token' as const, tokenId: id })),
  ]
  const options = await Promise.all(choices.map((choice) => optionOf(actor, signal, choice, recent)))
  return {
    windowDays: WINDOW_DAYS,
    options,
    default: signal.asNumber === null ? 'user_ip' : 'user_network',
  }
}

/** @throws AppError invalid_input */
function refuseRange(signal: SuppressibleSignal, range: string): void {
  const outcome = targetOf(signal, { scope: 'user_ip', range })
  if (outcome.status === 'ok') return
  throw new AppError('invalid_input', `This block cannot be named: it ${outcome.message}.`, {
    issues: [{ path: 'range', message: outcome.message }],
  })
}

async function optionOf(
  actor: Actor,
  signal: SuppressibleSignal,
  choice: TargetChoice,
  recent: readonly RecentSignal[],
): Promise<SuppressionOption> {
  const { scope } = choice
  const outcome = targetOf(signal, choice)
  const actorLabel = signal.actorLogin ?? signal.actorName ?? signal.actorId
  const named =
    outcome.status === 'ok'
      ? outcome.target
      : { scope, actorId: signal.actorId, asNumber: null, range: null, tokenId: choice.tokenId ?? null }
  const previews = outcome.status === 'ok' ? previewTarget(outcome.target, recent) : []
  const reason = outcome.status === 'ok' ? await explainNotAllowed(actor, scope) : outcome.message
  const hidden = previews.filter(({ isHidden }) => isHidden)
  return {
    scope,
    label: describeTarget({ ...named, actorLabel, asOrg: signal.asOrg }),
    range: named.range,
    tokenId: named.tokenId,
    isAllowed: reason === null,
    reason,
    maxDays: maxDaysOf(scope),
    hidden: hidden.length,
    hiddenHigh: hidden.filter(({ signal: { severity } }) => severity === 'high').length,
    signals: previews.slice(0, SHOWN).map(presentPreview),
    total: previews.length,
  }
}

function presentPreview({ signal, isHidden, why }: Preview<RecentSignal>): PreviewSignal {
  const { id, severity, ip, actorLogin, verdict, lastSeen } = signal
  return {
    ...{ id, severity, ip, actorLogin, verdict, isHidden, why },
    reference: `SIG-${id}`,
    lastSeen: lastSeen.toISOString(),
  }
}
