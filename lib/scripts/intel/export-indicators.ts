// export: what feeds said at an instant, as it was known at another, to standard output.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql, withTransaction } from '@/lib/db/database'
import { findFeed } from '@/lib/intel/store/feed'
import { streamKnownIndicators, type KnownIndicator } from '@/lib/intel/store/known-indicator'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { readFeedId, readInstant, type Values } from './arguments'

const COLUMNS = [
  'feedId',
  'range',
  'category',
  'intent',
  'confidence',
  'source',
  'validFrom',
  'validTo',
  'knownFrom',
] as const

interface ExportFormat {
  head: string
  line(indicator: KnownIndicator): string
}

const FORMATS: Readonly<Record<string, ExportFormat>> = {
  csv: {
    head: `${COLUMNS.join(',')}\n`,
    line: (indicator) => `${COLUMNS.map((column) => csvCell(indicator[column])).join(',')}\n`,
  },
  jsonl: { head: '', line: (indicator) => `${JSON.stringify(indicator)}\n` },
  list: { head: '', line: ({ range }) => `${range}\n` },
}

/** Streams, so that a million lines need no memory. Checks its arguments before a database is opened. */
export function exportIndicators(values: Values): (actor: Actor) => Promise<void> {
  const format = FORMATS[values.format ?? 'csv']
  if (!format) throw new AppError('invalid_input', `--format must be one of ${Object.keys(FORMATS).join(', ')}.`)
  const now = clock()
  const knownAt = readInstant(values['known-at'], now)
  const validAt = readInstant(values.at, now)
  return async ({ orgId }) => {
    const feedId = values.feed === undefined ? null : readFeedId(values.feed)
    if (feedId !== null && (await findFeed(sql(), orgId, feedId)) === null) {
      throw new AppError('not_found', `There is no feed ${values.feed}: intel list shows all.`)
    }
    await withTransaction((tx) => {
      const pages = streamKnownIndicators(tx, { orgId, feedId, validAt, knownAt })
      return pipeline(Readable.from(textOf(format, pages)), process.stdout, { end: false })
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error // whoever reads has enough, e.g. `head`
    })
  }
}

async function* textOf(format: ExportFormat, pages: AsyncIterable<KnownIndicator[]>): AsyncGenerator<string> {
  if (format.head !== '') yield format.head
  for await (const page of pages) yield page.map(format.line).join('')
}

function csvCell(value: string | number | Date | null): string {
  const text = value === null ? '' : value instanceof Date ? value.toISOString() : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
