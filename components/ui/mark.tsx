// The shapes that stand beside a word: severity, verdict and event-class glyphs. Drawn in currentColor, so they survive
// print and forced colours. Always decoration: the word beside it carries the meaning.

const SHAPES = {
  triangle: <path d="M6 1 11.4 11H.6z" fill="currentColor" />,
  diamond: <path d="M6 .4 11.6 6 6 11.6.4 6z" fill="currentColor" />,
  square: <path d="M1.5 1.5h9v9h-9z" fill="currentColor" />,
  circle: <circle cx="6" cy="6" r="4.6" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  plus: <path d="M4.4 1h3.2v3.4H11v3.2H7.6V11H4.4V7.6H1V4.4h3.4z" fill="currentColor" />,
  hexagon: <path d="M3.2.9h5.6L11.6 6 8.8 11.1H3.2L.4 6z" fill="currentColor" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4.9" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M6 1.1a4.9 4.9 0 0 0 0 9.8z" fill="currentColor" />
    </>
  ),
  check: <path d="M1.4 6.6 4.6 9.8 10.8 2.6" fill="none" stroke="currentColor" strokeWidth="1.9" />,
  cross: <path d="m2 2 8 8m0-8-8 8" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  question: (
    <>
      <path
        d="M3.2 3.9C3.2 2.1 4.4 1.1 6 1.1s2.8 1 2.8 2.6C8.8 5.9 6 5.8 6 8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
      <circle cx="6" cy="10.6" r="1.1" fill="currentColor" />
    </>
  ),
  tick: <path d="M5.1 1h1.8v10H5.1z" fill="currentColor" />,
  copies: <path d="M1 1h7v7H1zM4.4 10.9h6.5V4.4" fill="none" stroke="currentColor" strokeWidth="1.3" />,
} as const

export type MarkShape = keyof typeof SHAPES

const TONES = {
  inherit: '',
  ink: 'text-ink',
  muted: 'text-ink-muted',
  high: 'text-severity-high',
  medium: 'text-severity-medium',
  low: 'text-severity-low',
  info: 'text-severity-info',
  benign: 'text-benign',
} as const

export type MarkTone = keyof typeof TONES

export function Mark({
  shape,
  tone = 'inherit',
  size = 12,
}: {
  shape: MarkShape
  tone?: MarkTone
  size?: 8 | 10 | 12 | 14
}) {
  return (
    <svg
      aria-hidden
      focusable="false"
      viewBox="0 0 12 12"
      width={size}
      height={size}
      className={`inline-block flex-none ${TONES[tone]}`}
    >
      {SHAPES[shape]}
    </svg>
  )
}
