// Parts of a table: a named scroll area reachable by keys, sticky 11-px headings, rows of 40 px (two lines) or 32 px (one).
import type { ComponentProps, ReactNode } from 'react'

type Owned = 'className' | 'style'

export interface DataTableProps {
  /** Spoken name of the table and its scroll area. */
  label: string
  /** Column widths in order, e.g. `38px`; null takes what is left. Makes the layout fixed. */
  columns?: readonly (string | null)[]
  /** Below this width, in pixels, the table scrolls sideways instead of squeezing. */
  minWidth?: number
  /** Border around the table, for one that stands in a page rather than fills it. */
  hasFrame?: boolean
  children: ReactNode
}

export function DataTable({ label, columns, minWidth, hasFrame = false, children }: DataTableProps) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      data-scroll
      className={`relative min-h-0 overflow-auto ${hasFrame ? 'rounded-lg border border-hairline' : ''}`}
    >
      <table
        aria-label={label}
        style={minWidth ? { minWidth } : undefined}
        className={`w-full border-separate border-spacing-0 ${columns ? 'table-fixed' : ''}`}
      >
        {columns && (
          <colgroup>
            {columns.map((width, index) => (
              <col key={index} style={width ? { width } : undefined} />
            ))}
          </colgroup>
        )}
        {children}
      </table>
    </div>
  )
}

const ALIGN = { start: 'text-left', end: 'text-right', center: 'text-center' } as const

export interface HeaderCellProps extends Omit<ComponentProps<'th'>, Owned | 'align'> {
  align?: keyof typeof ALIGN
  /** For a column without a visible heading, e.g. of checkboxes: say it in `aria-label`. */
  isBlank?: boolean
}

/** The heading line; its cells stay in view while the body scrolls. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead>
      <tr>{children}</tr>
    </thead>
  )
}

export function HeaderCell({ align = 'start', isBlank = false, children, ...rest }: HeaderCellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={`sticky top-0 z-10 h-7 border-b border-hairline bg-bg px-2 text-11 font-normal whitespace-nowrap text-ink-muted first:pl-4 last:pr-4 ${ALIGN[align]}`}
    >
      {isBlank ? <span className="sr-only">{children}</span> : children}
    </th>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody>{children}</tbody>
}

export interface TableRowProps extends Omit<ComponentProps<'tr'>, Owned> {
  isSelected?: boolean
  /** Still there but done with, e.g. closed by somebody else. */
  isMuted?: boolean
}

export function TableRow({ isSelected = false, isMuted = false, ...rest }: TableRowProps) {
  const looks = isSelected
    ? 'bg-row-selected [&>:first-child]:shadow-[inset_2px_0_var(--accent)]'
    : isMuted
      ? 'bg-surface-1 text-ink-muted'
      : 'hover:bg-surface-1'
  return <tr {...rest} data-selected={isSelected || undefined} className={`group/row ${looks}`} />
}

const ROWS = { two: 'h-10 py-0', one: 'h-8 py-0', free: 'py-2' } as const

export interface CellProps extends Omit<ComponentProps<'td'>, Owned | 'align'> {
  align?: keyof typeof ALIGN
  /** Height of the row: `two` lines, `one` line, or as `free` as its content. */
  lines?: keyof typeof ROWS
  isMono?: boolean
  /** Lets text wrap instead of cutting it. */
  isWrapping?: boolean
}

export function Cell({ align = 'start', lines = 'two', isMono = false, isWrapping = false, ...rest }: CellProps) {
  const wrapping = isWrapping ? 'break-words' : 'overflow-hidden text-ellipsis whitespace-nowrap'
  return (
    <td
      {...rest}
      className={`border-b border-hairline px-2 align-middle first:pl-4 last:pr-4 ${ALIGN[align]} ${ROWS[lines]} ${wrapping} ${isMono ? 'font-mono text-12' : ''}`}
    />
  )
}

/** A main line and a muted second one, both cut with an ellipsis. */
export function TwoLines({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <>
      <span className="block truncate leading-[18px]">{first}</span>
      <span className="block truncate text-12 text-ink-muted group-data-selected/row:text-ink">{second}</span>
    </>
  )
}
