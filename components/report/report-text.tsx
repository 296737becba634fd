// Text on paper: every address defanged, hidden characters written out, times in UTC with their zone. What came from events is hostile:
// it is text only, isolated from the sentence around it, and cut where it is longer than any name.
import type { ReactNode } from 'react'
import { formatDay, formatInstant } from '@/components/patterns/format-time'
import { revealHidden } from '@/components/patterns/indent-json'
import { formatNumber } from '@/components/signals/signal-words'
import { defangText } from '@/lib/kernel/defang'

/** No name is longer; 10 kB of one would be pages. */
const LIMIT = 600

/** A text as it may stand on paper, whole. */
export function reportText(text: string): string {
  return revealHidden(defangText(text))
}

/** A text of at most 600 characters; a longer one says how long it is, and stands whole in the bundle. */
export function Plain({ children }: { children: string | number | null | undefined }) {
  if (children === null || children === undefined || children === '')
    return <span className="text-ink-muted">none</span>
  const text = reportText(String(children))
  const cut = text.length > LIMIT ? `${text.slice(0, LIMIT)}… (${formatNumber(text.length)} characters)` : text
  return <bdi className="[overflow-wrap:anywhere]">{cut}</bdi>
}

/** An instant to the second, in UTC. */
export function Utc({ at }: { at: string | null }) {
  if (at === null) return <span className="text-ink-muted">not known</span>
  return <time dateTime={at}>{formatInstant(new Date(at), 'UTC')}</time>
}

/** A range of instants, in UTC. */
export function UtcRange({ from, to }: { from: string; to: string }) {
  return (
    <>
      <Utc at={from} /> to <Utc at={to} />
    </>
  )
}

/** `22 Nov 2026`, the day in UTC; columns of them say so in their heading. */
export function utcDay(at: string): string {
  return formatDay(new Date(at), 'UTC')
}

const NUMBER = /\b(E\d{1,6})\b/

/** A text in which evidence is cited by number, each leading to that evidence in the list. */
export function Cited({ text, numbers }: { text: string; numbers: ReadonlySet<number> }) {
  return (
    <bdi className="[overflow-wrap:anywhere]">
      {reportText(text)
        .split(NUMBER)
        .map((part, index) => {
          const isKnown = index % 2 === 1 && numbers.has(Number(part.slice(1)))
          return isKnown ? <EvidenceLink key={index} number={Number(part.slice(1))} /> : part
        })}
    </bdi>
  )
}

/** `E3`, which leads to it in the list of evidence. */
export function EvidenceLink({ number }: { number: number }) {
  return (
    <a href={`#E${number}`} className="font-semibold whitespace-nowrap underline">
      E{number}
    </a>
  )
}

/** Parts with a comma between them. */
export function listed(parts: readonly ReactNode[]): ReactNode {
  return parts.map((part, index) => (
    <span key={index}>
      {index > 0 && ', '}
      {part}
    </span>
  ))
}
