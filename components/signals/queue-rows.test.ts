import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendRows, compareRows, refreshRows, replaceRow, showPending, startRows, type QueueRow } from './queue-rows'

function row(id: number, minute: number, change: Partial<QueueRow> = {}): QueueRow {
  const lastSeen = new Date(Date.UTC(2026, 10, 22, 8, minute)).toISOString()
  return { id, severity: 'medium', status: 'open', lastSeen, ...change }
}

const sorted = (rows: QueueRow[]) => [...rows].sort(compareRows)

describe('a queue that is being read', () => {
  const first = sorted([row(1, 10), row(2, 20), row(3, 30)])

  test('new rows wait, in list order, and nothing moves', () => {
    const view = refreshRows(
      startRows(first, false),
      sorted([...first, row(4, 5), row(5, 1, { severity: 'high' })]),
      false,
    )
    expect(view.ids).toEqual([3, 2, 1])
    expect(view.pending.map((pending) => pending.id)).toEqual([5, 4])
    expect(showPending(view).ids).toEqual([5, 3, 2, 1, 4])
  })

  test('values change in place, even when the row would now sort elsewhere', () => {
    const view = refreshRows(
      startRows(first, false),
      sorted([row(1, 50, { severity: 'high' }), row(2, 20), row(3, 30)]),
      false,
    )
    expect(view.ids).toEqual([3, 2, 1])
    expect(view.byId.get(1)?.severity).toBe('high')
    expect(showPending(view).ids).toEqual([1, 3, 2])
  })

  test('rows that left stay in place, marked, until the reader asks', () => {
    const view = refreshRows(startRows(first, false), sorted([row(1, 10), row(3, 30)]), false)
    expect(view.ids).toEqual([3, 2, 1])
    expect([...view.goneIds]).toEqual([2])
    expect(replaceRow(view, row(2, 20, { status: 'closed' })).byId.get(2)?.status).toBe('closed')
    expect(showPending(view).ids).toEqual([3, 1])
    expect([...refreshRows(view, first, false).goneIds]).toEqual([])
  })

  test('a row pushed beyond the loaded part is not taken for closed', () => {
    const view = refreshRows(startRows(first, true), sorted([row(4, 40), row(2, 20), row(3, 30)]), true)
    expect([...view.goneIds]).toEqual([])
    expect(view.pending.map((pending) => pending.id)).toEqual([4])
  })

  test('rows that slide in from the next page go below everything, not into the pill', () => {
    const view = refreshRows(startRows(first, true), sorted([row(3, 30), row(1, 10), row(9, 2)]), true)
    expect(view.ids).toEqual([3, 2, 1, 9])
    expect(view.pending).toEqual([])
    expect([...view.goneIds]).toEqual([2])
  })

  test('the next page is appended once, without what is shown or waits already', () => {
    const view = refreshRows(startRows(first, true), sorted([...first, row(8, 25)]), true)
    const next = appendRows(view, [row(1, 10), row(8, 25), row(6, 4), row(7, 3)], false)
    expect(next.ids).toEqual([3, 2, 1, 6, 7])
    expect(next.end).toBeNull()
  })
})

test('whatever arrives, what is shown keeps its place; asking shows exactly the list', () => {
  const rows = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 40 }), minute: fc.integer({ min: 0, max: 59 }), isHigh: fc.boolean() }),
    { selector: (made) => made.id, maxLength: 25 },
  )
  fc.assert(
    fc.property(fc.array(rows, { minLength: 1, maxLength: 6 }), (states) => {
      const lists = states.map((made) =>
        sorted(made.map(({ id, minute, isHigh }) => row(id, minute, { severity: isHigh ? 'high' : 'medium' }))),
      )
      let view = startRows(lists[0] ?? [], false)
      const start = view.ids
      for (const list of lists.slice(1)) {
        view = refreshRows(view, list, false)
        expect(view.ids).toEqual(start)
      }
      expect(showPending(view).ids).toEqual((lists.at(-1) ?? []).map((shown) => shown.id))
    }),
  )
})
