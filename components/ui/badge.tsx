// A word with a mark. Only high and medium are solid: tints of the others cannot be told apart by everyone.
import type { ReactNode } from 'react'
import { Mark, type MarkShape } from './mark'

const TONES = {
  high: 'border-transparent bg-severity-high-solid text-on-severity-high',
  medium: 'border-severity-medium bg-severity-medium-solid text-on-severity-medium',
  low: 'border-severity-low text-ink',
  info: 'border-control-border text-ink',
  benign: 'border-benign text-ink',
  neutral: 'border-control-border text-ink-muted',
} as const

const MARK_TONES = {
  high: 'inherit',
  medium: 'inherit',
  low: 'low',
  info: 'info',
  benign: 'benign',
  neutral: 'inherit',
} as const

export type BadgeTone = keyof typeof TONES

export function Badge({
  tone = 'neutral',
  mark,
  children,
}: {
  tone?: BadgeTone
  mark?: MarkShape
  children: ReactNode
}) {
  return (
    <span
      data-slot="badge"
      className={`inline-flex items-center gap-1.25 rounded-md border px-1.5 text-11 font-semibold tracking-[0.03em] whitespace-nowrap ${TONES[tone]}`}
    >
      {mark && <Mark shape={mark} tone={MARK_TONES[tone]} size={8} />}
      {children}
    </span>
  )
}
