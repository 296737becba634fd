// A page that only says something: what happened, what is safe, what to do. Stands in whatever `main` the frame around it has.
import type { ReactNode } from 'react'

export function MessagePage({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-16">
      <h1 className="mb-2 text-20">{title}</h1>
      <div className="space-y-2 text-15">{children}</div>
      {actions && <div className="mt-5 flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
