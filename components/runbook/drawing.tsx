'use client'
// Frame of every drawing: named group, one tab stop, sideways scroll where it is wider than the page, legend, and what is under the
// pointer or the frame in words. The marks inside are hidden from assistive technology; the table of the step says the same.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { RawEvent } from '@/components/events/raw-event'
import { PinButton } from '@/components/signals/pin-button'
import { useTriage } from '@/components/signals/triage-context'
import { Button } from '@/components/ui/button'
import type { EvidenceRef } from '@/lib/signals/model'
import type { Rover } from './use-roving-mark'

export interface DrawingProps {
  /** What is drawn, e.g. `Calls by address and day`. */
  label: string
  /** What the arrow keys move over, e.g. `addresses and days`. */
  keysOver: string
  rover: Rover
  /** The fact that has the frame: it can be pinned, and an event shows its JSON. */
  chosen?: EvidenceRef | null
  legend?: ReactNode
  /** Starts scrolled to its end, where the newest stands. */
  isEndFirst?: boolean
  children: ReactNode
}

export function Drawing({ label, keysOver, rover, chosen = null, legend, isEndFirst = false, children }: DrawingProps) {
  const board = useRef<HTMLDivElement>(null)
  const [hasFocus, setFocus] = useState(false)
  useEffect(() => {
    if (isEndFirst && board.current) board.current.scrollLeft = board.current.scrollWidth
  }, [isEndFirst])
  useFocusedEvidence(hasFocus ? chosen : null)
  return (
    <figure data-slot="drawing" className="min-w-0">
      <div
        ref={board}
        role="group"
        tabIndex={0}
        data-scroll
        aria-label={`${label}. Arrow keys move over ${keysOver}.`}
        onKeyDown={rover.onKeyDown}
        onFocus={() => setFocus(true)}
        onBlur={() => setFocus(false)}
        onPointerLeave={() => rover.point(null)}
        onClick={rover.choose}
        className="relative overflow-x-auto rounded-sm"
      >
        {children}
      </div>
      <figcaption className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-ink-muted">
        {legend}
        <Readout key={chosen?.ref} text={rover.text} chosen={chosen} />
      </figcaption>
    </figure>
  )
}

/** Has the key that pins mean the fact while it has the frame. */
function useFocusedEvidence(evidence: EvidenceRef | null): void {
  const { focusEvidence } = useTriage()
  const identity = evidence ? `${evidence.kind} ${evidence.ref}` : null
  useEffect(() => {
    if (evidence === null) return
    focusEvidence(evidence)
    return () => focusEvidence(null)
    // The same fact in a new object is no change.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [identity, focusEvidence])
}

function Readout({ text, chosen }: { text: string; chosen: EvidenceRef | null }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <span className="flex min-h-6 min-w-0 basis-full items-center gap-2" data-print="hide">
        <bdi data-slot="readout" className={`line-clamp-1 min-w-0 break-all ${text ? 'text-ink' : ''}`}>
          {text || 'Point at a mark, or use the arrow keys, to read it.'}
        </bdi>
        {chosen && <PinButton evidence={chosen} />}
        {chosen?.kind === 'event' && (
          <Button size="small" tone="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide JSON' : 'JSON'}
          </Button>
        )}
      </span>
      {isOpen && chosen?.kind === 'event' && (
        <div className="min-w-0 basis-full">
          <RawEvent uuid={chosen.ref} />
        </div>
      )}
    </>
  )
}

/** One entry of a legend: the form, then the word. */
export function LegendItem({ form, children }: { form: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      {form}
      {children}
    </span>
  )
}
