// export: what feeds said at an instant, as it was known at another, to standard output.
import { once } from 'node:events'
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

const FORMATS: Readonly<Record<string, { head: string; line(indicator: KnownIndicator): string }>> = {
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
    await write(format.head)
    await withTransaction(async (tx) => {
      for await (const page of streamKnownIndicators(tx, { orgId, feedId, validAt, knownAt })) {
        await write(page.map(format.line).join(''))
      }
    })
  }
}

async function write(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain')
}

function csvCell(value: string | number | Date | null): string {
  const text = value === null ? '' : value instanceof Date ? value.toISOString() : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
