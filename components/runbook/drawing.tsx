'use client'
// Frame of every drawing: named group, one tab stop, sideways scroll where it is wider than the page, legend, and what is under the
// frame or the pointer in words. The marks inside are hidden from assistive technology; the table of the step says the same.
import { useEffect, useRef, type ReactNode } from 'react'
import type { Rover } from './use-roving-mark'

export interface DrawingProps {
  /** What is drawn, e.g. `Calls by address and day`. */
  label: string
  /** What the arrow keys move over, e.g. `addresses and days`. */
  keysOver: string
  rover: Rover
  legend?: ReactNode
  /** Starts scrolled to its end, where the newest stands. */
  isEndFirst?: boolean
  children: ReactNode
}

export function Drawing({ label, keysOver, rover, legend, isEndFirst = false, children }: DrawingProps) {
  const board = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isEndFirst && board.current) board.current.scrollLeft = board.current.scrollWidth
  }, [isEndFirst])
  return (
    <figure data-slot="drawing" className="min-w-0 print:hidden">
      <div
        ref={board}
        role="group"
        tabIndex={0}
        data-scroll
        aria-label={`${label}. Arrow keys move over ${keysOver}.`}
        onKeyDown={rover.onKeyDown}
        onBlur={rover.onBlur}
        onPointerLeave={() => rover.point(null)}
        className="relative overflow-x-auto rounded-sm"
      >
        {children}
      </div>
      <figcaption className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-ink-muted">
        {legend}
        <span data-slot="readout" className={`min-h-4 basis-full ${rover.text ? 'text-ink' : ''}`}>
          <bdi className="line-clamp-1 break-all">
            {rover.text || `Point at a mark, or use the arrow keys, to read it.`}
          </bdi>
        </span>
      </figcaption>
    </figure>
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
