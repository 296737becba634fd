// The meter of a step: height is how strongly it speaks for malicious use, a tick speaks for benign, and cannot tell is dashed with a
// question mark, so that it never looks like "nothing found". The word is spoken, or stands beside it.
import { METER_WORD, type Meter } from './step-words'

const LEVEL: Readonly<Partial<Record<Meter, number>>> = { none: 1.5, possible: 5.5, likely: 10.5, confirmed: 16 }

export function StepMeter({ meter, isSpoken = true }: { meter: Meter; isSpoken?: boolean }) {
  return (
    <span data-slot="step-meter" data-meter={meter} className="inline-flex h-4 w-2 flex-none">
      <svg aria-hidden focusable="false" viewBox="0 0 8 16" width="8" height="16" className="block text-ink">
        <MeterForm meter={meter} />
      </svg>
      {isSpoken && <span className="sr-only">{METER_WORD[meter]}</span>}
    </span>
  )
}

function MeterForm({ meter }: { meter: Meter }) {
  if (meter === 'cannot_tell') {
    return (
      <>
        <path d="M.5.5h7v15h-7z" fill="none" stroke="currentColor" strokeDasharray="2 2" opacity="0.8" />
        <path
          d="M2.5 6.4c0-1 .7-1.6 1.6-1.6s1.5.6 1.5 1.4c0 1.3-1.6 1.2-1.6 2.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.1"
        />
        <path d="M3.4 10h1.2v1.2H3.4z" fill="currentColor" />
      </>
    )
  }
  if (meter === 'error') return <path d="m1 5 6 6m0-6-6 6" fill="none" stroke="currentColor" strokeWidth="1.4" />
  const base = <path d="M0 0h8v16H0z" fill="currentColor" opacity="0.13" />
  if (meter === 'loading') return base
  if (meter === 'benign') {
    return (
      <>
        {base}
        <path d="M1.2 8.4 3.3 10.7 6.9 5.4" fill="none" strokeWidth="1.7" className="stroke-benign" />
      </>
    )
  }
  const height = LEVEL[meter] ?? 0
  return (
    <>
      {base}
      <rect x="0" y={16 - height} width="8" height={height} fill="currentColor" />
    </>
  )
}
