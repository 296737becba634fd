// A verdict as mark and word; the mark alone never stands for it.
import { Mark } from '@/components/ui/mark'
import type { Verdict } from '@/lib/signals/model'
import { VERDICT_WORDS } from './verdict-words'

export function VerdictMark({ verdict, size = 12 }: { verdict: Verdict; size?: 8 | 10 | 12 | 14 }) {
  const { mark, tone } = VERDICT_WORDS[verdict]
  return <Mark shape={mark} tone={tone} size={size} />
}

/** `look`: `row` for lists, `text` within a line. */
export function VerdictWord({ verdict, look = 'row' }: { verdict: Verdict; look?: 'row' | 'text' }) {
  const words = VERDICT_WORDS[verdict]
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5" data-slot="verdict" data-verdict={verdict}>
      <VerdictMark verdict={verdict} size={10} />
      <span className="min-w-0 truncate">{look === 'row' ? words.short : words.inText}</span>
    </span>
  )
}
