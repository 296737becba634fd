'use client'
// The native select: every platform already knows how to drive it by keys, touch and speech.
import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useFieldWiring } from './field'

const SIZES = { small: 'h-7', medium: 'h-8', large: 'h-9' } as const

export interface SelectOption {
  value: string
  label: string
  isDisabled?: boolean
}

export interface SelectProps extends Omit<ComponentProps<'select'>, 'className' | 'style' | 'size' | 'children'> {
  options: readonly SelectOption[]
  size?: keyof typeof SIZES
}

export function Select({ options, size = 'medium', ...rest }: SelectProps) {
  return (
    <span className="relative block min-w-0">
      <select
        {...useFieldWiring()}
        {...rest}
        className={`w-full min-w-0 appearance-none rounded-lg border border-control-border bg-bg pr-7 pl-2.5 text-13 text-ink disabled:cursor-not-allowed disabled:bg-surface-1 disabled:text-ink-muted aria-invalid:border-severity-high pointer-coarse:h-10 ${SIZES[size]}`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={12}
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto text-ink-muted"
      />
    </span>
  )
}
