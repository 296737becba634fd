'use client'
// Messages about what was just done, with undo. They stay at least ten seconds, wait while pointed at or focused, or stay
// until dismissed if the person prefers. Nothing may depend on catching one.
import { X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { Mark } from '../ui/mark'
import { useShortcut } from './keys/key-preferences'
import { appKeys, useKeys } from './keys/use-keys'
import { announce } from './live-region'

export interface ToastInput {
  message: string
  /** Takes the change back; offered as a button and under `z`. */
  undo?: () => void
  /** What else can be done about it, e.g. try again; offered as a button. */
  action?: { label: string; run: () => void }
  /** Says only that something harmless is done, e.g. "Copied"; leaves sooner. */
  isBrief?: boolean
  /** Something failed; stays until dismissed. */
  isError?: boolean
}

interface Toast extends ToastInput {
  id: number
}

const STAY_MS = 12_000
const BRIEF_MS = 5_000
const MOST = 3
const STORAGE_KEY = 'sallyport.keep-messages'

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function change(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

/** Shows a message at the foot of the page and says it; answers its id. */
export function showToast(input: ToastInput): number {
  const toast = { ...input, id: nextId++ }
  change([...toasts.filter((other) => !(other.isBrief && input.isBrief)), toast].slice(-MOST))
  announce(input.undo ? `${input.message}. Undo is offered.` : input.message, { isUrgent: input.isError })
  return toast.id
}

export function dismissToast(id: number) {
  change(toasts.filter((toast) => toast.id !== id))
}

/** Whether messages stay until dismissed. Kept in this browser. */
export function areMessagesKept(): boolean {
  try {
    return window.localStorage.getItem(STORAGE_KEY) === 'yes'
  } catch {
    return false
  }
}

export function keepMessages(isOn: boolean) {
  try {
    window.localStorage.setItem(STORAGE_KEY, isOn ? 'yes' : 'no')
  } catch {
    // Blocked storage: messages leave by themselves.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const NONE: readonly Toast[] = []

export function useKeptMessages(): boolean {
  return useSyncExternalStore(subscribe, areMessagesKept, () => false)
}

export function ToastRegion() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => NONE,
  )
  const undoable = shown.findLast((toast) => toast.undo)
  useKeys(appKeys, { undo: undoable ? () => undo(undoable) : undefined })
  return (
    <section
      aria-label="Messages"
      data-print="hide"
      className="pointer-events-none fixed inset-x-3 bottom-14 z-50 flex flex-col items-center gap-2"
    >
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function undo(toast: Toast) {
  dismissToast(toast.id)
  toast.undo?.()
}

function ToastCard({ toast }: { toast: Toast }) {
  const [isHeld, setHeld] = useState(false)
  const shortcut = useShortcut(appKeys, 'undo')
  const areKept = useKeptMessages()
  const isKept = toast.isError || (areKept && !toast.isBrief)
  useEffect(() => {
    if (isHeld || isKept) return
    const timer = setTimeout(() => dismissToast(toast.id), toast.isBrief ? BRIEF_MS : STAY_MS)
    return () => clearTimeout(timer)
  }, [isHeld, isKept, toast])
  return (
    <div
      data-slot="toast"
      className="pointer-events-auto flex max-w-full items-center gap-2 rounded-xl border border-control-border bg-bg py-1.5 pr-1.5 pl-3 shadow-overlay"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.isError && <Mark shape="cross" size={10} />}
      <span className="min-w-0">{toast.message}</span>
      {toast.undo && (
        <Button size="small" shortcut={shortcut} onClick={() => undo(toast)}>
          Undo
        </Button>
      )}
      {toast.action && (
        <Button
          size="small"
          onClick={() => {
            dismissToast(toast.id)
            toast.action?.run()
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton
        size="small"
        label="Dismiss message"
        icon={<X aria-hidden size={12} />}
        onClick={() => dismissToast(toast.id)}
      />
    </div>
  )
}
