// What it means for an operator that the database refuses to store something.

export const STORAGE_PROBLEM_CODES = ['disk_full', 'database_read_only'] as const

/** Nothing can be stored until somebody helps the database; reading still works. */
export interface StorageProblem {
  code: (typeof STORAGE_PROBLEM_CODES)[number]
  message: string
  isRetryable: true
  retryAfterMs: number
}

/** Each attempt reads a page anew, so they are not made too often. */
const RETRY_AFTER_MS = 10_000
const REASSURANCE = 'Nothing is lost: the position stays where it is, and polling goes on by itself.'

/** The problem behind an error of the database; null for errors that say nothing about storage. */
export function judgeStorageFailure(error: unknown): StorageProblem | null {
  const { code } = (error ?? {}) as { code?: unknown }
  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  if (code === '53100')
    return problem('disk_full', 'The disk of the database is full, so nothing can be stored: free space on it.')
  if (code === '25006') {
    const message = 'The database takes no writes: make it writable (a full disk or a switched-over server does this).'
    return problem('database_read_only', message)
  }
  return null
}

function problem(code: StorageProblem['code'], message: string): StorageProblem {
  return { code, message: `${message} ${REASSURANCE}`, isRetryable: true, retryAfterMs: RETRY_AFTER_MS }
}
