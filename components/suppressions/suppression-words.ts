// Words of suppressions as the screens say them. Pure.
import { formatDay, formatRelative } from '@/components/patterns/format-time'
import { formatCount, formatNumber } from '@/components/signals/signal-words'
import type { MarkShape } from '@/components/ui/mark'
import type { SuppressionList, SuppressionView } from '@/lib/suppressions/contract'
import type { SuppressionReason, SuppressionState } from '@/lib/suppressions/model'

export const REASON_WORD: Readonly<Record<SuppressionReason, string>> = {
  vpn_confirmed_by_user: 'VPN confirmed by user',
  vpn_confirmed_by_manager: 'VPN confirmed by manager',
  known_corporate_vpn: 'Known corporate VPN',
  privacy_tool: 'VPN or privacy tool',
  penetration_test: 'Penetration test',
  known_automation: 'Known automation',
  other: 'Other, see note',
}

export const STATE_LOOK: Readonly<Record<SuppressionState, { word: string; shape: MarkShape }>> = {
  active: { word: 'Active', shape: 'check' },
  expiring: { word: 'Expiring', shape: 'diamond' },
  expired: { word: 'Expired', shape: 'ring' },
  ended: { word: 'Ended early', shape: 'cross' },
}

/** How they stand, in one line. */
export function summaryOf({ active, expiring, expired, ended }: SuppressionList['counts']): string {
  const live = active + expiring
  if (live + expired + ended === 0) return 'Nothing is suppressed, and nothing ever was.'
  const soon = expiring === 0 ? '' : `, ${formatNumber(expiring)} of them end${expiring === 1 ? 's' : ''} within 3 days`
  const over = [expired > 0 && `${formatNumber(expired)} expired`, ended > 0 && `${formatNumber(ended)} ended early`]
  return [
    `${formatNumber(live)} in force${soon}.`,
    over.filter(Boolean).join(', ') && `${over.filter(Boolean).join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** When it ends or ended, with the day and how far that is: `19 Dec 2026, in 27 d`. */
export function endText(
  { state, endsAt, endedAt }: Pick<SuppressionView, 'state' | 'endsAt' | 'endedAt'>,
  now: Date,
  timeZone: string,
): string {
  const end = new Date(endedAt ?? endsAt)
  const day = formatDay(end, timeZone)
  const relative = formatRelative(end, now)
  if (state === 'ended') return `ended ${day}, ${relative}`
  return state === 'expired' ? `expired ${day}, ${relative}` : `${day}, ${relative}`
}

/** `6 · 2 today`; counting a day stops at 1,000. */
export function hiddenText({ hidden, hiddenToday }: Pick<SuppressionView, 'hidden' | 'hiddenToday'>): string {
  if (hidden === 0) return 'none yet'
  if (hiddenToday === 0) return formatNumber(hidden)
  return `${formatNumber(hidden)} · ${formatNumber(hiddenToday)}${hiddenToday === 1000 ? '+' : ''} today`
}

/** `6 findings`. */
export function findingsText(count: number): string {
  return formatCount(count, 'finding')
}
