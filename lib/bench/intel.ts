// Threat intelligence: look-ups, memory, cold start, patches, matching backwards. One figure a line with its bar; ratios are taken within
// one process. Ends by itself after some minutes.
import { benchDatabase } from './intel-database'
import { benchLookups } from './intel-lookups'

/** Prints the median, spread and bar of every figure. */
export async function benchIntel(): Promise<void> {
  await benchLookups()
  await benchDatabase()
}
