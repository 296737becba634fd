'use client'
// A hint that repeats what a control is called. Never the only place of a fact: touch and many keyboards do not see it.
import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement } from 'react'
import { Kbd } from './kbd'

export function Tooltip({
  text,
  shortcut,
  side = 'bottom',
  children,
}: {
  text: string
  shortcut?: string | null
  side?: 'top' | 'bottom' | 'left' | 'right'
  children: ReactElement
}) {
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={4}
            collisionPadding={8}
            className="z-50 flex max-w-80 items-center gap-2 rounded-md border border-control-border bg-bg px-2 py-1 text-12 text-ink"
          >
            {text}
            {shortcut && <Kbd keys={shortcut} />}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
