'use client'
// Frame of every drawing: named group, one tab stop, sideways scroll where it is wider than the page, legend, and what is under the
// pointer or the frame in words. The marks inside are hidden from assistive technology; the table of the step says the same.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import Link from 'next/link'
import { eventHref } from '@/components/events/event-href'
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
  /** Where it is wider than the page: what must be seen at first, in pixels from the left. */
  firstSeenX?: number
  /** The mark with the frame, in pixels from the left, and the width of what stays at the left while the rest scrolls. */
  placeX?: number | null
  headWidth?: number
  children: ReactNode
}

export function Drawing({
  label,
  keysOver,
  rover,
  chosen = null,
  legend,
  firstSeenX = 0,
  placeX = null,
  headWidth = 0,
  children,
}: DrawingProps) {
  const board = useRef<HTMLDivElement>(null)
  const [hasFocus, setFocus] = useState(false)
  useEffect(() => {
    if (board.current) board.current.scrollLeft = firstSeenX - board.current.clientWidth
  }, [firstSeenX])
  useEffect(() => {
    if (placeX !== null && board.current) showX(board.current, placeX, headWidth)
  }, [placeX, headWidth])
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
        <Readout
          key={chosen?.ref}
          text={rover.text}
          hint={hasFocus ? `Arrow keys move over ${keysOver}.` : ''}
          chosen={chosen}
        />
      </figcaption>
    </figure>
  )
}

/** Scrolls sideways as far as needed, so that a mark is seen beside what stays at the left. */
function showX(board: HTMLElement, x: number, headWidth: number): void {
  if (x - 24 < board.scrollLeft + headWidth) board.scrollLeft = x - 24 - headWidth
  else if (x + 24 > board.scrollLeft + board.clientWidth) board.scrollLeft = x + 24 - board.clientWidth
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

function Readout({ text, hint, chosen }: { text: string; hint: string; chosen: EvidenceRef | null }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <span className="flex min-h-6 min-w-0 basis-full items-center gap-2" data-print="hide">
        <bdi data-slot="readout" className={`line-clamp-1 min-w-0 break-all ${text ? 'text-ink' : ''}`}>
          {text || hint}
        </bdi>
        {chosen && <PinButton evidence={chosen} />}
        {chosen?.kind === 'event' && (
          <Button size="small" tone="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide JSON' : 'JSON'}
          </Button>
        )}
        {chosen?.kind === 'event' && <Link href={eventHref(chosen.ref)}>Event</Link>}
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
    <span className="inline-flex items-center gap-1.5 min-column:whitespace-nowrap">
      {form}
      {children}
    </span>
  )
}
