// Cells that all rows of the matrix are made of.
import type { PointerEvent, ReactNode } from 'react'
import { Button } from '@/components/ui/button'

export const ROW_HEAD =
  'border-r border-hairline bg-bg sticky left-0 z-10 h-7 pl-3.5 pr-2.5 text-left text-13 font-normal'
export const SIDE_CELL = 'h-7 border-t border-hairline px-2.5 text-12 whitespace-nowrap overflow-hidden text-ellipsis'

export function RowHead({ name, aside, mark }: { name: string; aside?: ReactNode; mark?: ReactNode }) {
  return (
    <th scope="row" className={`${ROW_HEAD} border-t`}>
      <span className="flex items-center gap-1.5">
        {mark}
        <span className="min-w-0 flex-1 truncate" title={name}>
          {name}
        </span>
        {aside && <small className="flex-none text-11 text-ink-muted max-column:hidden">{aside}</small>}
      </span>
    </th>
  )
}

/** The strip of a row; `summary` is for those who do not see it. */
export function PlotCell({
  summary,
  onPoint,
  children,
}: {
  summary: string
  onPoint: (event: PointerEvent<HTMLElement>) => void
  children: ReactNode
}) {
  return (
    <td className="h-7 border-t border-hairline p-0" onPointerMove={onPoint}>
      <span className="sr-only">{summary}</span>
      {children}
    </td>
  )
}

/** Shows or hides rows that say little. */
export function FoldRow({ name, action, onToggle }: { name: string; action: string; onToggle: () => void }) {
  return (
    <tr data-print="hide">
      <th scope="row" className={`${ROW_HEAD} border-t text-ink-muted`}>
        {name || <span className="sr-only">More</span>}
      </th>
      <td colSpan={5} className="h-7 border-t border-hairline px-2.5">
        <span className="sticky left-36 inline-block min-column:left-54">
          <Button size="small" tone="quiet" onClick={onToggle}>
            {action}
          </Button>
        </span>
      </td>
    </tr>
  )
}
