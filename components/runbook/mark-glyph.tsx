// Shapes of event classes as single paths around a point: a drawing has up to two thousand of them.
import type { MarkShape, MarkTone } from '@/components/ui/mark'

const PATHS: Readonly<Partial<Record<MarkShape, string>>> = {
  triangle: 'M0-5.4 5.6 4.6H-5.6z',
  diamond: 'M0-4.6 4.6 0 0 4.6-4.6 0z',
  square: 'M-4.4-4.4h8.8v8.8h-8.8z',
  circle: 'M-3.8 0a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0z',
  ring: 'M-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z',
  plus: 'M-1.6-5h3.2v3.4H5v3.2H1.6V5h-3.2V1.6H-5v-3.2h3.4z',
  half: 'M0-4.6a4.6 4.6 0 0 0 0 9.2z',
  cross: 'M-4-4l8 8m0-8l-8 8',
  tick: 'M-.8-5H.8V5H-.8z',
  question: 'M-2.4-2.2c0-1.5 1-2.3 2.4-2.3s2.4.8 2.4 2.2C2.4-.4 0-.4 0 1.6M0 3.4v1.4',
}

const FILLS: Readonly<Partial<Record<MarkTone, string>>> = {
  high: 'fill-severity-high',
  medium: 'fill-severity-medium',
  low: 'fill-severity-low',
  muted: 'fill-ink-muted',
}

/** Hollow shapes are filled with the page, so that a line behind them stays readable. */
export function MarkGlyph({ shape, tone, x, y }: { shape: MarkShape; tone: MarkTone; x: number; y: number }) {
  const at = `translate(${Math.round(x * 10) / 10} ${y})`
  const d = PATHS[shape] ?? PATHS.circle
  if (shape === 'ring') return <path d={d} transform={at} className="fill-bg stroke-ink-muted stroke-[1.4]" />
  if (shape === 'question') return <path d={d} transform={at} className="fill-none stroke-ink-muted stroke-[1.5]" />
  if (shape === 'cross') return <path d={d} transform={at} className="fill-none stroke-ink stroke-[1.7]" />
  return <path d={d} transform={at} strokeWidth={1} className={`stroke-bg ${FILLS[tone] ?? 'fill-ink'}`} />
}
