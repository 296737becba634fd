'use client'
// A modal window, centred or as a drawer at the right. Focus goes in, stays in and comes back; Escape closes.
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useRef, type ReactElement, type ReactNode } from 'react'
import { IconButton } from './icon-button'

const PLACES = {
  center: 'top-[12dvh] left-1/2 max-h-[76dvh] -translate-x-1/2 rounded-xl border',
  drawer: 'inset-y-0 right-0 border-l',
} as const

const WIDTHS = { small: 'w-[min(94vw,24rem)]', medium: 'w-[min(94vw,32rem)]', large: 'w-[min(94vw,48rem)]' } as const

export interface DialogProps {
  title: string
  /** One sentence under the title. */
  description?: ReactNode
  /** The control that opens it; leave out when `isOpen` is governed from outside. */
  trigger?: ReactElement
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  place?: keyof typeof PLACES
  width?: keyof typeof WIDTHS
  /** Buttons at the bottom, always in view. */
  footer?: ReactNode
  children: ReactNode
}

const FIELDS = ['input', 'select', 'textarea'].map((name) => `${name}:not(:disabled):not([type="hidden"])`).join(', ')

export function Dialog(props: DialogProps) {
  const body = useRef<HTMLDivElement>(null)
  const {
    title,
    description,
    trigger,
    isOpen,
    onOpenChange,
    place = 'center',
    width = 'medium',
    footer,
    children,
  } = props
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[color-mix(in_srgb,var(--raw-night-950)_45%,transparent)]" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          // Where work begins: the first field, else the text; not the button that closes.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            const first = body.current?.querySelector<HTMLElement>(FIELDS) ?? body.current
            first?.focus()
          }}
          className={`fixed z-50 flex flex-col border-control-border bg-bg shadow-overlay ${PLACES[place]} ${WIDTHS[width]}`}
        >
          <header className="flex items-start gap-2 border-b border-hairline px-5 pt-3.5 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-15">{title}</Radix.Title>
              {description && (
                <Radix.Description asChild>
                  <div className="text-12 text-ink-muted">{description}</div>
                </Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" icon={<X aria-hidden size={14} />} />
            </Radix.Close>
          </header>
          <div
            ref={body}
            role="region"
            aria-label={title}
            tabIndex={0}
            className="min-h-0 flex-1 overflow-auto px-5 py-4"
            data-scroll
          >
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap items-center gap-2 border-t border-hairline px-5 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
