// Parts that forms of this page share: fields under a heading, and what is wrong with one of them.
import type { ReactNode } from 'react'
import type { FieldIssue } from '@/lib/kernel/error'

/** The first message for a field or anything below it. */
export function issueOf(issues: readonly FieldIssue[], path: string): string | null {
  return issues.find((issue) => issue.path === path || issue.path.startsWith(`${path}.`))?.message ?? null
}

/** Fields side by side under a heading. */
export function Group({ legend, hint, children }: { legend: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="border-t border-hairline pt-3">
      <legend className="float-left mb-2 w-full text-13 font-semibold">{legend}</legend>
      <div className="clear-both grid grid-cols-1 items-start gap-3 min-column:grid-cols-2">
        {hint && <p className="text-12 text-ink-muted min-column:col-span-2">{hint}</p>}
        {children}
      </div>
    </fieldset>
  )
}

/** A field over the whole width of a group. */
export function Span({ children }: { children: ReactNode }) {
  return <div className="min-w-0 min-column:col-span-2">{children}</div>
}
