// export: what feeds said at an instant, as it was known at another, to standard output.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { KnownIndicator } from '@/lib/intel/model'
import { exportIndicators } from '@/lib/intel/service/export-indicators'
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
export function exportFile(values: Values): (actor: Actor) => Promise<void> {
  const format = FORMATS[values.format ?? 'csv']
  if (!format) throw new AppError('invalid_input', `--format must be one of ${Object.keys(FORMATS).join(', ')}.`)
  const now = clock()
  const knownAt = readInstant(values['known-at'], now)
  const validAt = readInstant(values.at, now)
  return async ({ orgId }) => {
    const feedId = values.feed === undefined ? null : readFeedId(values.feed)
    await exportIndicators({ orgId, feedId, validAt, knownAt }, (pages) =>
      pipeline(Readable.from(textOf(format, pages)), process.stdout, { end: false }),
    ).catch((error: NodeJS.ErrnoException) => {
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
