// Long computations beside everything else that the process does: after a few milliseconds, others have their turn.
import { setImmediate } from 'node:timers/promises'

/** Work between two turns of the event loop. */
const SLICE_MS = 2

/** Runs work that yields after every millisecond or so, in slices. */
export async function inSteps<Result>(steps: Generator<void, Result, void>): Promise<Result> {
  const pace = createPace()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await pace()
  }
}

/** To be called often: gives way once a slice is used up. */
export function createPace(): () => Promise<void> | void {
  let until = performance.now() + SLICE_MS
  return () => {
    if (performance.now() < until) return undefined
    return setImmediate().then(() => void (until = performance.now() + SLICE_MS))
  }
}
