// What was decided on similar signals, in a few words. Pure.
import type { SimilarSignal } from '@/lib/signals/contract/signal'
import { sideOf } from './verdict-words'

/** `7, 6 benign`, `3, 1 malicious, 1 benign`; only what was decided is counted by side. */
export function similarSummary(similar: readonly Pick<SimilarSignal, 'verdict'>[]): string {
  const count = (side: 'malicious' | 'benign') =>
    similar.filter(({ verdict }) => verdict !== null && sideOf(verdict) === side).length
  const parts = [String(similar.length)]
  for (const side of ['malicious', 'benign'] as const) if (count(side) > 0) parts.push(`${count(side)} ${side}`)
  return parts.join(', ')
}
