// Tables, facts and sections of a report: nothing scrolls, folds or is drawn later. On paper headings repeat on each page, and no row is cut.
import type { ReactNode } from 'react'

export function ReportSection({ title, id, children }: { title: ReactNode; id?: string; children: ReactNode }) {
  return (
    <section id={id} data-slot="report-section" className="flex flex-col gap-2.5 border-t border-control-border pt-3">
      <h2 className="text-15 break-after-avoid">{title}</h2>
      {children}
    </section>
  )
}

export interface ReportTableProps {
  /** Said above it. */
  title: string
  /** Heading and width of each column, e.g. `22%`; null takes what is left. */
  columns: readonly (readonly [heading: string, width: string | null])[]
  rows: readonly { id?: string; cells: readonly ReactNode[] }[]
  /** What stands there without rows; nothing at all if left out. */
  empty?: string
}

export function ReportTable({ title, columns, rows, empty }: ReportTableProps) {
  if (rows.length === 0) {
    return empty ? (
      <p>
        <b className="font-semibold">{title}.</b> {empty}
      </p>
    ) : null
  }
  return (
    <div className="min-w-0">
      <h3 className="text-12 break-after-avoid">{title}</h3>
      <div role="region" aria-label={title} tabIndex={0} data-scroll className="overflow-x-auto">
        <table className="w-full min-w-160 table-fixed border-collapse text-12 print:min-w-0 print:text-11">
          <colgroup>
            {columns.map(([heading, width]) => (
              <col key={heading} style={width ? { width } : undefined} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map(([heading]) => (
                <th
                  key={heading}
                  scope="col"
                  className="border-b border-control-border py-1 pr-2 text-left align-bottom text-11 font-normal text-ink-muted"
                >
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells }, row) => (
              <tr key={row} id={id}>
                {cells.map((cell, index) => (
                  <td
                    key={index}
                    className="border-b border-hairline py-1 pr-2 align-top [overflow-wrap:anywhere] last:pr-0"
                  >
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** Named facts in two columns; those without a value are left out. */
export function ReportFacts({
  facts,
  label,
}: {
  facts: readonly (readonly [name: string, value: ReactNode])[]
  label: string
}) {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-[minmax(7rem,10rem)_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-12 print:text-11"
    >
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== false)
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
    </dl>
  )
}
