// What the queue shows while the list behind it changes: rows never move, appear or vanish by themselves.
//
// Invariant: `ids` changes only through `startRows`, `appendRows` and `showPending`, i.e. when the reader asked for it.
import type { Severity } from '@/lib/detections/model'
import type { SignalStatus } from '@/lib/signals/model'

/** What ordering and freezing need of a row. */
export interface QueueRow {
  id: number
  severity: Severity
  status: SignalStatus
  /** ISO 8601. */
  lastSeen: string
}

export interface QueueRows<Row extends QueueRow> {
  /** Ids in the order on screen. */
  ids: readonly number[]
  /** Newest known values, also of rows that left the list since. */
  byId: ReadonlyMap<number, Row>
  /** Shown, but no longer in the list as filtered, e.g. closed by somebody else. */
  goneIds: ReadonlySet<number>
  /** In the list as filtered, but not shown yet, in list order. */
  pending: readonly Row[]
  /** Where the loaded part of the list ends; null when all of it is loaded. */
  end: Row | null
}

const SEVERITY_RANK: Readonly<Record<Severity, number>> = { medium: 1, high: 2 }

/** Order of the queue: severity, then newest last event, then newest id; as the API sorts. */
export function compareRows(a: QueueRow, b: QueueRow): number {
  return (
    SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity] ||
    Date.parse(b.lastSeen) - Date.parse(a.lastSeen) ||
    b.id - a.id
  )
}

/** A fresh view of a list: everything is shown, in list order. */
export function startRows<Row extends QueueRow>(list: readonly Row[], hasMore: boolean): QueueRows<Row> {
  return {
    ids: list.map((row) => row.id),
    byId: new Map(list.map((row) => [row.id, row])),
    goneIds: new Set(),
    pending: [],
    end: hasMore ? (list.at(-1) ?? null) : null,
  }
}

/**
 * Takes in a newer state of the loaded part of the list. Values change in place; rows that left stay, marked as gone; rows that
 * are new wait in `pending`. Rows that merely slid in from beyond the loaded part are appended below everything.
 */
export function refreshRows<Row extends QueueRow>(
  view: QueueRows<Row>,
  list: readonly Row[],
  hasMore: boolean,
): QueueRows<Row> {
  const byId = new Map(view.byId)
  for (const row of list) byId.set(row.id, row)
  const listed = new Set(list.map((row) => row.id))
  const shown = new Set(view.ids)
  const last = hasMore ? list.at(-1) : undefined
  const { end } = view

  const goneIds = new Set(
    view.ids.filter((id) => {
      if (listed.has(id)) return false
      // Pushed beyond the loaded part by new rows above: still in the list for all we know.
      const row = byId.get(id)
      const isBeyond = last !== undefined && row !== undefined && compareRows(row, last) > 0
      return !isBeyond || view.goneIds.has(id)
    }),
  )
  const unseen = list.filter((row) => !shown.has(row.id))
  const slidIn = end ? unseen.filter((row) => compareRows(row, end) > 0) : []
  const pending = end ? unseen.filter((row) => compareRows(row, end) <= 0) : unseen
  return {
    ids: slidIn.length > 0 ? [...view.ids, ...slidIn.map((row) => row.id)] : view.ids,
    byId,
    goneIds,
    pending,
    end: hasMore ? (list.at(-1) ?? end) : null,
  }
}

/** Adds the next page below what is shown. */
export function appendRows<Row extends QueueRow>(
  view: QueueRows<Row>,
  page: readonly Row[],
  hasMore: boolean,
): QueueRows<Row> {
  const shown = new Set([...view.ids, ...view.pending.map((row) => row.id)])
  const added = page.filter((row) => !shown.has(row.id))
  const byId = new Map(view.byId)
  for (const row of page) byId.set(row.id, row)
  return {
    ...view,
    ids: [...view.ids, ...added.map((row) => row.id)],
    byId,
    end: hasMore ? (page.at(-1) ?? view.end) : null,
  }
}

/** Takes in one row read or changed on its own; a row that is not shown changes nothing. */
export function replaceRow<Row extends QueueRow>(view: QueueRows<Row>, row: Row): QueueRows<Row> {
  if (!view.byId.has(row.id)) return view
  return { ...view, byId: new Map(view.byId).set(row.id, row) }
}

/** The list as it is now: pending rows take their places and gone rows leave. The reader asked for it. */
export function showPending<Row extends QueueRow>(view: QueueRows<Row>): QueueRows<Row> {
  const rows = view.ids.filter((id) => !view.goneIds.has(id)).flatMap((id) => view.byId.get(id) ?? [])
  const list = [...rows, ...view.pending].sort(compareRows)
  return {
    ...view,
    ids: list.map((row) => row.id),
    byId: new Map(list.map((row) => [row.id, row])),
    goneIds: new Set(),
    pending: [],
  }
}
