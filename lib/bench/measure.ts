// Rounds, medians and bars of benchmarks. Ratios are taken within a round, because the load of a shared machine changes faster than a run ends.
import v8 from 'node:v8'
import vm from 'node:vm'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Milliseconds that work took. */
export async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** Milliseconds that work took, and the longest time for which nothing else in this process had its turn. */
export async function timedWithStall(work: () => Promise<unknown>): Promise<{ ms: number; stallMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const ms = await timed(work)
  delay.disable()
  return { ms, stallMs: delay.max / 1e6 }
}

/** Bytes in use after collecting garbage. */
export function usedBytes(): number {
  v8.setFlagsFromString('--expose-gc')
  const collect = vm.runInNewContext('gc') as () => void
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Prints one line: median and spread of the rounds, and how the median stands to the bar; null for a figure without one. */
export function printBar(name: string, values: readonly number[], unit: string, bar: number | null): void {
  const sorted = [...values].sort((a, b) => a - b)
  const median = sorted[sorted.length >> 1]!
  const show = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2))
  const verdict = bar === null ? '' : `; bar ${bar}: ${median <= bar ? 'kept' : 'MISSED'}`
  const spread = sorted.length > 1 ? ` (${show(sorted[0]!)} to ${show(sorted.at(-1)!)})` : ''
  process.stdout.write(`${name}: ${show(median)}${spread}${unit && ` ${unit}`}${verdict}\n`)
}
