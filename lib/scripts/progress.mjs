// @ts-check
// One progress line for each stage, on standard error: `  build          building … 24.1 s`. Where lines of other processes may
// come between, as in a container's log, a stage that takes long gets a line at its begin and one at its end.

const NAME_WIDTH = 14

/**
 * Opens the line of a stage; `done` closes it with a result, if there is one to tell, and the time it took.
 *
 * @param {string} name
 * @param {string} [activity] what takes long now, e.g. `installing`
 * @returns {{ done: (result?: string) => void, failed: () => void }}
 */
export function beginStage(name, activity) {
  const start = performance.now()
  const label = `  ${name.padEnd(NAME_WIDTH)}`
  const isTerminal = process.stderr.isTTY === true
  if (activity) process.stderr.write(`${label}${activity} …${isTerminal ? ' ' : '\n'}`)
  const lead = activity && isTerminal ? '' : label
  const end = (/** @type {string} */ result) => {
    process.stderr.write(`${lead}${result}${((performance.now() - start) / 1000).toFixed(1)} s\n`)
  }
  return {
    done: (result) => end(result ? `${result}, ` : ''),
    failed: () => end('failed after '),
  }
}
