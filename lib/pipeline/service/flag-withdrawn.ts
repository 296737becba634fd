// Open signals whose intelligence was withdrawn are marked (rule, line 12).
import { AppError } from '@/lib/kernel/error'

/** Marks open signals that no live intelligence flags any more, and takes the mark from those that some flags again. Null if nothing changed since. */
export async function flagWithdrawn(
  _orgId: string,
  _options: { signal?: AbortSignal } = {},
): Promise<{ addresses: number; withdrawn: number; returned: number } | null> {
  throw new AppError('internal', 'Not available yet.')
}
