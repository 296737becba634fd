'use client'
// A menu of actions or choices. Arrows move, letters jump, Enter chooses, Escape closes.
import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { ariaKeyshortcuts } from './aria-keyshortcuts'
import { Kbd } from './kbd'

const ITEM =
  'flex min-h-7 cursor-default items-center gap-2 rounded-md px-2 text-13 text-ink no-underline outline-none select-none aria-[current=page]:font-semibold hover:no-underline data-disabled:text-ink-muted data-highlighted:bg-row-selected data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-accent pointer-coarse:min-h-10'

export interface MenuProps {
  trigger: ReactElement
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  align?: 'start' | 'end'
  children: ReactNode
}

export function Menu({ trigger, isOpen, onOpenChange, align = 'start', children }: MenuProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) max-w-[min(26rem,calc(100vw-1rem))] min-w-44 overflow-auto rounded-xl border border-control-border bg-bg p-1 shadow-overlay"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export interface MenuItemProps {
  /** Called when chosen; leave out for a link given by `asChild`. */
  onSelect?: () => void
  shortcut?: string | null
  icon?: ReactNode
  isDisabled?: boolean
  /** Renders the single child, a link, as the item. */
  asChild?: boolean
  children: ReactNode
}

export function MenuItem({ onSelect, shortcut, icon, isDisabled, asChild = false, children }: MenuItemProps) {
  if (asChild) {
    return (
      <Radix.Item asChild disabled={isDisabled} onSelect={onSelect} className={ITEM}>
        {children}
      </Radix.Item>
    )
  }
  return (
    <Radix.Item
      disabled={isDisabled}
      onSelect={onSelect}
      aria-keyshortcuts={ariaKeyshortcuts(shortcut)}
      className={ITEM}
    >
      {icon && <span className="flex w-4 flex-none justify-center text-ink-muted">{icon}</span>}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut && <Kbd keys={shortcut} />}
    </Radix.Item>
  )
}

/** One choice of several; the chosen one carries a check mark. */
export function MenuChoices({
  label,
  value,
  onChange,
  choices,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  choices: readonly { value: string; label: string; hint?: string }[]
}) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {choices.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} className={ITEM}>
          <span className="flex w-4 flex-none justify-center">
            <Radix.ItemIndicator>
              <Check aria-hidden size={12} />
            </Radix.ItemIndicator>
          </span>
          <span className="min-w-0 flex-1">{choice.label}</span>
          {choice.hint && <span className="text-12 text-ink-muted">{choice.hint}</span>}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-0.5 text-12 text-ink-muted">{children}</Radix.Label>
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-hairline" />
}
