// Lets only so many pieces of work of a kind run at once in this process. Kept on globalThis, because Next loads modules once per bundle.

interface Kind {
  running: number
  waiting: Array<() => void>
}

const store = globalThis as typeof globalThis & { sallyportLimits?: Map<string, Kind> }

/**
 * Runs `work` once fewer than `places` of its kind run; those that wait get their turn in order. For work that holds a connection to the
 * database while it waits for others, and needs a second one to finish: without a limit the pool would be empty, and nobody would finish.
 */
export async function runLimited<T>(kind: string, places: number, work: () => Promise<T>): Promise<T> {
  const kinds = (store.sallyportLimits ??= new Map<string, Kind>())
  const own = kinds.get(kind) ?? { running: 0, waiting: [] }
  kinds.set(kind, own)
  if (own.running < places) own.running++
  else await new Promise<void>((resolve) => own.waiting.push(resolve))
  try {
    return await work()
  } finally {
    // The place goes to the next in line; nobody who comes just now takes it away.
    const next = own.waiting.shift()
    if (next) next()
    else own.running--
  }
}
