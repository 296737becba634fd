// Every way in which a person or a system asks us to stop: Ctrl-C, SIGTERM, a closed terminal, the end of the npm that started us.

/** npm passes on Ctrl-C that the terminal has sent us already; one stop answers all of them. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const PARENT_CHECK_MS = 500

/** Runs `stop` once on the first request, then ends the process. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let isAsked = false
  const ask = () => {
    if (isAsked) return
    isAsked = true
    const startedAt = performance.now()
    process.stderr.write('\nStopping …')
    void stop().finally(() => {
      process.stderr.write(` stopped after ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`)
      process.exit(0)
    })
  }
  for (const signal of SIGNALS) process.on(signal, ask)
  process.on('disconnect', ask) // a test runner that was killed
  process.channel?.unref()

  // npm waits for us; if it is gone, it was killed and could not pass anything on.
  if (process.env.npm_lifecycle_event !== 'start') return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && ask(), PARENT_CHECK_MS).unref()
}
