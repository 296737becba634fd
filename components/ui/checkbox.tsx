'use client'
// A checkbox or radio with its label; the whole line is the target, at least 24 px high.
import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react'

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'className' | 'style' | 'type' | 'children'> {
  /** Spoken name; drawn unless `isLabelHidden`. */
  label: string
  isLabelHidden?: boolean
  type?: 'checkbox' | 'radio'
  /** Some, not all. */
  isIndeterminate?: boolean
  /** Drawn between box and label, e.g. a severity mark. */
  mark?: ReactNode
  /** Drawn at the end of the line, e.g. how many match. */
  count?: ReactNode
}

export function Checkbox({
  label,
  isLabelHidden = false,
  type = 'checkbox',
  isIndeterminate = false,
  mark,
  count,
  ...rest
}: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null)
  // The state "some" exists only as a DOM property.
  useEffect(() => {
    if (box.current) box.current.indeterminate = isIndeterminate
  }, [isIndeterminate])
  return (
    <label
      className={`flex min-h-6 min-w-6 items-center rounded-md text-12 text-ink-muted has-checked:text-ink has-disabled:opacity-70 pointer-coarse:min-h-9 pointer-coarse:min-w-9 ${isLabelHidden ? 'justify-center' : 'gap-2'}`}
    >
      <input {...rest} ref={box} type={type} className="check-box" />
      {mark}
      <span className={isLabelHidden ? 'sr-only' : 'min-w-0'}>{label}</span>
      {count !== undefined && <span className="ml-auto pl-2">{count}</span>}
    </label>
  )
}
