'use client'
// The frame that arrow keys move over the matrix, and what is under it or under the pointer, in words.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { PLOT_WIDTH } from './day-scale'
import { shortDay } from './ip-words'
import { cellText, type MatrixRow } from './matrix-rows'

/** Where the frame stands. */
interface MatrixPlace {
  row: number
  day: number
}

/** `readout` takes the words; `isKeyed` where keys moved, so that they must be said as well. */
export function useMatrixFrame(
  { days, eventDay }: AddressMatrix,
  rows: readonly MatrixRow[],
  readout: (text: string, isKeyed: boolean) => void,
) {
  const [place, setPlace] = useState<MatrixPlace | null>(null)
  const board = useScrolledBoard(days.length)
  const textOf = (row: MatrixRow, day: number) => `${row.name}, ${shortDay(days[day] ?? '')} UTC: ${cellText(row, day)}`

  function onKeyDown(event: KeyboardEvent) {
    const start = place ?? { row: 0, day: eventDay ?? days.length - 1 }
    const next = nextPlace(event, start, place === null, { rows: rows.length, days: days.length })
    if (next === null) return
    event.preventDefault()
    setPlace(next)
    readout(textOf(rows[next.row]!, next.day), true)
    showDay(board.current, next.day, days.length)
  }

  const pointAt = (row: MatrixRow) => (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const day = Math.min(days.length - 1, Math.max(0, Math.floor((x / PLOT_WIDTH) * days.length)))
    readout(textOf(row, day), false)
  }

  return { board, place, onKeyDown, onBlur: () => setPlace(null), pointAt }
}

/** The next place for a key; null for keys that are not ours. The first key only puts the frame down. */
function nextPlace(
  event: KeyboardEvent,
  at: MatrixPlace,
  isFirst: boolean,
  size: { rows: number; days: number },
): MatrixPlace | null {
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value))
  const steps: Record<string, [row: number, day: number]> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    PageUp: [0, -7],
    PageDown: [0, 7],
    Home: [0, -size.days],
    End: [0, size.days],
  }
  const step = steps[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return null
  if (isFirst) return at
  return { row: within(at.row + step[0], size.rows), day: within(at.day + step[1], size.days) }
}

/** The board, scrolled so that the last days and what stands beside them are seen first. */
function useScrolledBoard(dayCount: number) {
  const board = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = board.current
    if (element) element.scrollLeft = headWidth(element) + PLOT_WIDTH + 170 - element.clientWidth
  }, [dayCount])
  return board
}

/** Scrolls so that a day is seen beside the sticky first column. */
function showDay(element: HTMLElement | null, day: number, dayCount: number): void {
  if (!element) return
  const width = PLOT_WIDTH / dayCount
  const head = headWidth(element)
  const left = day * width
  if (left < element.scrollLeft) element.scrollLeft = left
  else if (head + left + width > element.scrollLeft + element.clientWidth)
    element.scrollLeft = head + left + width - element.clientWidth
}

function headWidth(element: HTMLElement): number {
  return element.querySelector('tbody th')?.getBoundingClientRect().width ?? 0
}
