// Fourteen days of a feed as glyphs: filled changed, outline unchanged, half late, cross failed, diamond held, hatched no run.
// One path a kind of glyph, so that two hundred feeds stay light. The words stand beside it for those who do not see it.
import type { FeedItem } from '@/lib/intel/contract/feed'
import type { StripResult } from '@/lib/intel/core/feed-state'
import { stripText } from './source-words'

const STEP = 9
const HEIGHT = 18

/** The glyph of a day whose cell begins at `x`; 7 wide. */
const GLYPHS: Readonly<Record<StripResult, (x: number) => string>> = {
  changed: (x) => `M${x} 2h7v14h-7z`,
  unchanged: (x) => `M${x + 0.5} 2.5h6v13h-6z`,
  late: (x) => `M${x} 9h7v7h-7z`,
  failed: (x) => `M${x + 0.7} 5.7l5.6 6.6m0-6.6l-5.6 6.6`,
  held: (x) => `M${x + 3.5} 2.5l4 6.5l-4 6.5l-4-6.5z`,
  none: (x) => `M${x} 7l4-5M${x} 12l7-9M${x + 1} 15.5l6-8M${x + 4.5} 16l2.5-3.5`,
}

const LOOKS: Readonly<Record<StripResult, string>> = {
  changed: 'fill-control-border',
  unchanged: 'fill-none stroke-control-border',
  late: 'fill-control-border',
  failed: 'fill-none stroke-ink stroke-[1.7]',
  held: 'fill-ink',
  none: 'fill-none stroke-control-border stroke-[0.7]',
}

/** Days that need a look lie on a shaded cell. */
const SHADED: ReadonlySet<StripResult> = new Set(['failed', 'held', 'late'])

export function FeedStrip({ strip }: { strip: FeedItem['strip'] }) {
  const paths = new Map<StripResult, string>()
  let shade = ''
  strip.forEach(({ result }, index) => {
    const x = index * STEP + 1
    paths.set(result, (paths.get(result) ?? '') + GLYPHS[result](x))
    if (SHADED.has(result)) shade += `M${x - 1} 0h${STEP}v${HEIGHT}h-${STEP}z`
  })
  const width = strip.length * STEP
  return (
    <>
      <svg
        aria-hidden
        focusable="false"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        className="block max-w-full"
      >
        <path d={shade} className="fill-surface-2" />
        {[...paths].map(([result, path]) => (
          <path key={result} d={path} className={LOOKS[result]} />
        ))}
      </svg>
      <span className="sr-only">{stripText(strip)}</span>
    </>
  )
}
