// A part of a whole as a bar, with an optional mark and an optional reserved end. Always beside the numbers it draws.

export function Meter({
  share,
  markAt,
  reserve = 0,
  isOver = markAt !== undefined ? share > markAt : share > 1 - reserve,
}: {
  /** 0 to 1; more than the mark, or into the reserve, is drawn in ink because it needs attention. */
  share: number
  /** Where a line crosses the bar, 0 to 1. */
  markAt?: number
  /** End of the bar that is kept back, 0 to 1; hatched. */
  reserve?: number
  /** Whether it needs attention, where that is judged elsewhere. */
  isOver?: boolean
}) {
  return (
    <span aria-hidden className="relative mt-1 block h-1.5 rounded-sm bg-surface-2">
      <span
        className={`absolute inset-y-0 left-0 rounded-sm ${isOver ? 'bg-ink' : 'bg-control-border'}`}
        style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
      />
      {reserve > 0 && (
        <span
          className="hatched absolute inset-y-0 right-0 border-l border-ink-muted"
          style={{ width: `${reserve * 100}%` }}
        />
      )}
      {markAt !== undefined && (
        <span
          className={`absolute -inset-y-0.5 w-[1.5px] ${isOver ? 'bg-bg' : 'bg-ink'}`}
          style={{ left: `${markAt * 100}%` }}
        />
      )}
    </span>
  )
}
