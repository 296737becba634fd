'use client'
// Several lines of text. Inside a Field it is labelled by it.
import type { ComponentProps } from 'react'
import { useFieldWiring } from './field'

export type TextAreaProps = Omit<ComponentProps<'textarea'>, 'className' | 'style'>

export function TextArea({ rows = 3, ...rest }: TextAreaProps) {
  return (
    <textarea
      rows={rows}
      {...useFieldWiring()}
      {...rest}
      className="w-full min-w-0 rounded-lg border border-control-border bg-bg px-2.5 py-1.5 text-13 text-ink disabled:cursor-not-allowed disabled:bg-surface-1 disabled:text-ink-muted aria-invalid:border-severity-high pointer-coarse:text-[1rem]"
    />
  )
}
