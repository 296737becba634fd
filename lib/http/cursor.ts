// Opaque keyset cursors: the sort key of the last row of a page, in a form that callers carry and do not read.
import { z } from 'zod'
import { AppError } from '@/lib/kernel/error'

/** A sort key, JSON values only, as text that is safe in a URL. */
export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/**
 * The sort key inside a cursor.
 *
 * @throws AppError invalid_input if it is not one that `encodeCursor` made for this schema.
 */
export function decodeCursor<Schema extends z.ZodType>(schema: Schema, cursor: string): z.output<Schema> {
  const key = schema.safeParse(parse(Buffer.from(cursor, 'base64url').toString()))
  if (key.success) return key.data
  throw new AppError('invalid_input', 'This cursor is not valid: ask for the first page again, without a cursor.', {
    issues: [{ path: 'cursor', message: 'is not one that this list gave' }],
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
