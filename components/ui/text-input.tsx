'use client'
// One line of text. Inside a Field it is labelled by it.
import type { ComponentProps, ReactNode } from 'react'
import { useFieldWiring } from './field'

const SIZES = { medium: 'h-8', large: 'h-9' } as const

export interface TextInputProps extends Omit<ComponentProps<'input'>, 'className' | 'style' | 'size'> {
  size?: keyof typeof SIZES
  /** Addresses, ids and other machine text. */
  isMono?: boolean
  icon?: ReactNode
}

export function TextInput({ size = 'medium', isMono = false, icon, ...rest }: TextInputProps) {
  const input = (
    <input
      type="text"
      {...useFieldWiring()}
      {...rest}
      className={`w-full min-w-0 rounded-lg border border-control-border bg-bg text-ink disabled:cursor-not-allowed disabled:bg-surface-1 disabled:text-ink-muted aria-invalid:border-severity-high pointer-coarse:h-10 pointer-coarse:text-[1rem] ${isMono ? 'font-mono text-12' : 'text-13'} ${icon ? 'pr-2.5 pl-7.5' : 'px-2.5'} ${SIZES[size]}`}
    />
  )
  if (!icon) return input
  return (
    <span className="relative block min-w-0">
      <span className="pointer-events-none absolute inset-y-0 left-2 flex items-center text-ink-muted">{icon}</span>
      {input}
    </span>
  )
}
