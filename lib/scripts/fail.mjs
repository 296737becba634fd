// @ts-check
// How a command ends when something went wrong: one line that says what to do, exit code 1.

/** An expected failure of the set-up: its message is for the person at the terminal and needs no stack. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError'
}

/**
 * Prints why a command stops. Errors that we worded say only their message; anything else is a bug of ours and shows its stack.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  const isWorded = error instanceof Error && ['Error', 'SetupError', 'AppError'].includes(error.name)
  process.stderr.write(
    `${isWorded && !process.env.DEBUG ? error.message : error instanceof Error ? error.stack : error}\n`,
  )
  process.exit(1)
}
