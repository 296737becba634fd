// Placeholder bars in the final size, so that nothing shifts when data arrives. Still: no shimmer.

const WIDTHS = ['w-full', 'w-11/12', 'w-4/5', 'w-full', 'w-2/3'] as const
const LINE_HEIGHTS = { text: 'h-5', row: 'h-10', dense: 'h-8' } as const

/** `lines` bars of one line height each; whoever shows it says "Loading" once, in words. */
export function Skeleton({ lines = 3, line = 'text' }: { lines?: number; line?: keyof typeof LINE_HEIGHTS }) {
  return (
    <span aria-hidden className="block" data-slot="skeleton">
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={`flex items-center ${LINE_HEIGHTS[line]}`}>
          <span className={`block h-3 rounded-sm bg-surface-2 ${WIDTHS[index % WIDTHS.length]}`} />
        </span>
      ))}
    </span>
  )
}
