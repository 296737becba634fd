// A button that shows only an icon; its label is spoken and shown as a tooltip.
import type { ComponentProps, ReactNode } from 'react'
import { ariaKeyshortcuts } from './aria-keyshortcuts'
import { Tooltip } from './tooltip'

const SIZES = { small: 'size-6', medium: 'size-7', large: 'size-9' } as const

export interface IconButtonProps extends Omit<
  ComponentProps<'button'>,
  'className' | 'style' | 'aria-label' | 'children'
> {
  /** What it does, verb first: "Pause live updates". */
  label: string
  icon: ReactNode
  size?: keyof typeof SIZES
  hasBorder?: boolean
  shortcut?: string | null
}

export function IconButton({ label, icon, size = 'medium', hasBorder = false, shortcut, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={ariaKeyshortcuts(shortcut)}
        {...rest}
        className={`inline-flex flex-none items-center justify-center rounded-lg border text-ink-muted hover:bg-surface-2 hover:text-ink disabled:cursor-not-allowed disabled:opacity-60 pointer-coarse:min-h-9 pointer-coarse:min-w-9 ${hasBorder ? 'border-control-border bg-bg' : 'border-transparent'} ${SIZES[size]}`}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
