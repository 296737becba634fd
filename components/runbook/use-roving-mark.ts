'use client'
// One tab stop for a drawing: arrow keys move over its marks, row by row, and what is under the frame or the pointer is said in words.
import { useState, type KeyboardEvent } from 'react'
import { announce } from '@/components/patterns/live-region'

export interface MarkPlace {
  row: number
  /** Position of the mark in its row. */
  mark: number
}

export interface RovingMarks {
  /** How many marks each row has. */
  counts: readonly number[]
  textOf: (place: MarkPlace) => string
  /** Where the first key puts the frame; the first mark unless given. */
  start?: MarkPlace
  /** The mark of another row that stands nearest; the same position unless given. */
  nearest?: (from: MarkPlace, row: number) => number
}

export interface Rover {
  /** The mark with the frame, put there by keys or a press; stays when focus leaves, Escape takes it away. */
  place: MarkPlace | null
  /** What the pointer is over, else what has the frame; empty for nothing. */
  text: string
  onKeyDown: (event: KeyboardEvent) => void
  /** Tells what the pointer is over; null when it left. */
  point: (place: MarkPlace | null) => void
  /** Puts the frame on what the pointer is over. */
  choose: () => void
}

export function useRovingMark(marks: RovingMarks): Rover {
  const [place, setPlace] = useState<MarkPlace | null>(null)
  const [pointed, setPointed] = useState<MarkPlace | null>(null)
  // Data may have changed under the frame.
  const isThere = (at: MarkPlace | null) => at !== null && at.mark < (marks.counts[at.row] ?? 0)
  const shown = isThere(pointed) ? pointed : isThere(place) ? place : null

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Escape' && place) {
      event.preventDefault()
      setPlace(null)
      return
    }
    const next = nextMark(event, isThere(place) ? place : null, marks)
    if (next === null) return
    event.preventDefault()
    setPlace(next)
    setPointed(null)
    announce(marks.textOf(next))
  }

  return {
    place: isThere(place) ? place : null,
    text: shown ? marks.textOf(shown) : '',
    onKeyDown,
    point: setPointed,
    choose: () => isThere(pointed) && setPlace(pointed),
  }
}

/** Where a key leads; null for keys that are not ours and where there is no mark. */
export function nextMark(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  from: MarkPlace | null,
  { counts, start, nearest }: Pick<RovingMarks, 'counts' | 'start' | 'nearest'>,
): MarkPlace | null {
  if (ctrlKey || metaKey || altKey) return null
  if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'].includes(key))
    return null
  const firstRow = counts.findIndex((count) => count > 0)
  if (firstRow < 0) return null
  if (from === null) return start && start.mark < (counts[start.row] ?? 0) ? start : { row: firstRow, mark: 0 }
  const last = (counts[from.row] ?? 1) - 1
  switch (key) {
    case 'ArrowLeft':
      return { ...from, mark: Math.max(0, from.mark - 1) }
    case 'ArrowRight':
      return { ...from, mark: Math.min(last, from.mark + 1) }
    case 'PageUp':
      return { ...from, mark: Math.max(0, from.mark - 7) }
    case 'PageDown':
      return { ...from, mark: Math.min(last, from.mark + 7) }
    case 'Home':
      return { ...from, mark: 0 }
    case 'End':
      return { ...from, mark: last }
  }
  const direction = key === 'ArrowUp' ? -1 : 1
  let row = from.row + direction
  while (row >= 0 && row < counts.length && counts[row] === 0) row += direction
  if (row < 0 || row >= counts.length) return from
  return { row, mark: nearest ? nearest(from, row) : Math.min(from.mark, (counts[row] ?? 1) - 1) }
}
