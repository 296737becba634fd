// The one button. `asChild` lends its looks to a link.
import { Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { ariaKeyshortcuts } from './aria-keyshortcuts'
import { Kbd } from './kbd'

const TONES = {
  primary:
    'border-accent bg-accent font-medium text-on-accent hover:bg-[color-mix(in_srgb,var(--accent)_88%,var(--ink))]',
  neutral: 'border-control-border bg-bg font-medium text-ink hover:bg-surface-1',
  quiet: 'border-transparent bg-transparent text-ink-muted hover:bg-surface-2 hover:text-ink',
  danger: 'border-severity-high bg-bg font-medium text-severity-high hover:bg-surface-1',
} as const

const SIZES = {
  small: 'h-6 gap-1 px-1.5 text-12',
  medium: 'h-7 gap-2 px-2.5 text-13',
  large: 'h-9 gap-2 px-3.5 text-13',
} as const

export type ButtonTone = keyof typeof TONES
export type ButtonSize = keyof typeof SIZES

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'style'> {
  tone?: ButtonTone
  size?: ButtonSize
  /** Fills the width of its container. */
  isWide?: boolean
  /** Key that does the same; drawn on the button and told to assistive technology. Take it from `useShortcut`. */
  shortcut?: string | null
  icon?: ReactNode
  /** Renders the single child, e.g. a link, instead of a button. */
  asChild?: boolean
}

export function Button({
  tone = 'neutral',
  size = 'medium',
  isWide = false,
  shortcut,
  icon,
  asChild = false,
  children,
  ...rest
}: ButtonProps) {
  const Root = asChild ? Slot.Root : 'button'
  return (
    <Root
      {...(asChild ? {} : { type: 'button' as const })}
      aria-keyshortcuts={ariaKeyshortcuts(shortcut)}
      {...rest}
      data-slot="button"
      className={`${isWide ? 'flex w-full' : 'inline-flex'} flex-none items-center justify-center rounded-lg border whitespace-nowrap no-underline hover:no-underline disabled:cursor-not-allowed disabled:border-hairline disabled:bg-surface-1 disabled:text-ink-muted aria-disabled:cursor-not-allowed aria-disabled:border-hairline aria-disabled:bg-surface-1 aria-disabled:text-ink-muted pointer-coarse:min-h-9 ${TONES[tone]} ${SIZES[size]}`}
    >
      {icon}
      <Slot.Slottable>{children}</Slot.Slottable>
      {shortcut && <Kbd keys={shortcut} tone={tone === 'primary' ? 'inherit' : 'muted'} />}
    </Root>
  )
}
