// The one error class that may reach a person, and the assertion for what cannot happen.

/** What went wrong, as a contract: HTTP, screen copy, logs and tests switch on it. */
export const ERROR_CODES = [
  'invalid_input',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'rate_limited',
  'upstream_failed',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** One field that was wrong, e.g. `{ path: 'limit', message: 'must be at most 200' }`. */
export interface FieldIssue {
  path: string
  message: string
}

/** An expected failure with a message an analyst or operator can act on. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly issues: readonly FieldIssue[]
  /** Facts for the reader of the answer, e.g. the current version after a conflict. Never secrets. */
  readonly detail: Readonly<Record<string, unknown>>

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { cause?: unknown; issues?: readonly FieldIssue[]; detail?: Record<string, unknown> } = {},
  ) {
    super(message, { cause: options.cause })
    this.issues = options.issues ?? []
    this.detail = options.detail ?? {}
  }
}

/** Stops on a state that the code rules out; a failure is a bug of ours. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`)
}
