// @ts-check
// Preloaded into every child of the supervisor (node --import): ends the process when the supervisor is gone, even by kill -9.
// The channel between the two breaks with it; a process id could not be trusted, it may belong to somebody else by then.

/** How long the child may take for its own orderly stop. */
const PATIENCE_MS = 5000

if (process.connected === false) {
  process.exit(1) // it was gone before we had begun; without a channel at all this is undefined
} else if (process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), PATIENCE_MS).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel.unref() // a child that has nothing left to do may end
}
