// The benign VPN form before anybody changed it, what it would send, and what it says about the last 30 days. Pure.
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type { PreviewSignal, SuppressionDraft, SuppressionOption } from '@/lib/suppressions/contract'
import { DEFAULT_DAYS, type SuppressionReason } from '@/lib/suppressions/model'
import { sideOf, verdictOf } from './verdict-words'

/** Lengths that have a button of their own. */
export const USUAL_DAYS = [7, 30, 90] as const

/** Tells options of the same scope apart, e.g. one per token. */
export function optionKey({ scope, tokenId }: Pick<SuppressionOption, 'scope' | 'tokenId'>): string {
  return tokenId === null ? scope : `${scope}\n${tokenId}`
}

/** The option that is chosen at first: the API's default where it is allowed, else the first allowed one, else none. */
export function defaultOption(
  options: readonly SuppressionOption[],
  preferred: SuppressionOption['scope'],
): SuppressionOption | null {
  const allowed = options.filter((option) => option.isAllowed)
  return allowed.find((option) => option.scope === preferred) ?? allowed[0] ?? null
}

/**
 * A reason that the answers support. Never that somebody confirmed it: only a person can know that.
 */
export function defaultReason(runbook: Runbook | null): SuppressionReason {
  return runbook?.steps[5].shared?.kind === 'corporate_egress' ? 'known_corporate_vpn' : 'privacy_tool'
}

/** `null` where the length is none that the option allows. */
export function allowedDays(text: string, option: SuppressionOption | null): number | null {
  const days = Number(text)
  return Number.isInteger(days) && days >= 1 && days <= (option?.maxDays ?? DEFAULT_DAYS) ? days : null
}

export function suppressionDraft(
  option: SuppressionOption,
  { reason, note, days, range }: { reason: SuppressionReason; note: string; days: number; range: string },
): SuppressionDraft {
  return {
    scope: option.scope,
    reason,
    days,
    ...(option.scope === 'user_ip' && range.trim() && { range: range.trim() }),
    ...(option.scope === 'token' && option.tokenId !== null && { tokenId: option.tokenId }),
    ...(note.trim() && { note: note.trim() }),
  }
}

export interface PreviewSummary {
  sentence: string
  /** What speaks against it, said loudly; null for nothing. */
  warning: string | null
}

/** What an option would have hidden: `Would have hidden 6 MEDIUM, all closed benign.` */
export function previewSummary(option: SuppressionOption, windowDays: number): PreviewSummary {
  const { hidden, hiddenHigh, signals } = option
  if (hidden === 0) {
    return { sentence: `Would have hidden nothing in the last ${windowDays} days.`, warning: null }
  }
  const medium = hidden - hiddenHigh
  const counts = [medium > 0 ? `${medium} MEDIUM` : null, hiddenHigh > 0 ? `${hiddenHigh} HIGH` : null]
  const listed = signals.filter((one) => one.isHidden)
  const notBenign = listed.filter((one) => sideOfSignal(one) === 'malicious')
  const undecided = listed.filter((one) => one.verdict === null)
  return {
    sentence: `Would have hidden ${counts.filter(Boolean).join(' and ')}${endingOf(hidden, listed, notBenign.length, undecided.length)}`,
    warning: warningOf(hiddenHigh, notBenign),
  }
}

function sideOfSignal({ verdict }: PreviewSignal) {
  const known = verdictOf(verdict)
  return known === null ? null : sideOf(known)
}

function endingOf(hidden: number, listed: readonly PreviewSignal[], notBenign: number, undecided: number): string {
  const isWhole = listed.length === hidden
  if (isWhole && listed.every((one) => sideOfSignal(one) === 'benign')) {
    return hidden === 1 ? ', closed benign.' : ', all closed benign.'
  }
  if (isWhole && undecided === hidden) return hidden === 1 ? ', not decided yet.' : ', none of them decided yet.'
  if (notBenign === 0 && undecided > 0) return `, ${undecided} of them without a verdict.`
  return '.'
}

function warningOf(hiddenHigh: number, notBenign: readonly PreviewSignal[]): string | null {
  if (notBenign.length > 0) {
    const names = notBenign.slice(0, 3).map((one) => one.reference)
    return `${names.join(', ')}${notBenign.length > 3 ? ` and ${notBenign.length - 3} more` : ''} among them ${notBenign.length === 1 ? 'was' : 'were'} judged malicious or suspicious.`
  }
  return hiddenHigh > 0 ? 'It would hide HIGH signals of this token.' : null
}
