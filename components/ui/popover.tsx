'use client'
// A small window beside its control, not modal. Focus goes in and comes back; Escape closes.
import { Popover as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

const WIDTHS = { small: 'w-64', medium: 'w-96', content: 'w-auto' } as const

export interface PopoverProps {
  /** Spoken name of the window. */
  label: string
  trigger: ReactElement
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  align?: 'start' | 'center' | 'end'
  width?: keyof typeof WIDTHS
  children: ReactNode
}

export function Popover({
  label,
  trigger,
  isOpen,
  onOpenChange,
  align = 'start',
  width = 'medium',
  children,
}: PopoverProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={`z-40 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-1rem)] overflow-auto rounded-xl border border-control-border bg-bg px-4 pt-3.5 pb-4 shadow-overlay ${WIDTHS[width]}`}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
