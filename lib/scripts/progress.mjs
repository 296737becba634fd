// @ts-check
// One progress line for each stage, on standard error: `  build          building … 24.1 s`.

const NAME_WIDTH = 14

/**
 * Opens the line of a stage; `done` closes it with a result or, without one, with the time it took.
 *
 * @param {string} name
 * @param {string} [activity] what takes long now, e.g. `installing`
 * @returns {{ done: (result?: string) => void, failed: () => void }}
 */
export function beginStage(name, activity) {
  const start = performance.now()
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`
  process.stderr.write(`  ${name.padEnd(NAME_WIDTH)}${activity ? `${activity} … ` : ''}`)
  return {
    done: (result) => void process.stderr.write(`${result ? `${result}, ` : ''}${seconds()}\n`),
    failed: () => void process.stderr.write(`failed after ${seconds()}\n`),
  }
}
