// npm run bench -- NAME: benchmarks. Ratios within one run; they print, and never pass or fail.
import { benchIngest } from '@/lib/bench/ingest'
import { benchIntel } from '@/lib/bench/intel'
import { benchRunbook } from '@/lib/bench/runbook'
import { logger } from '@/lib/kernel/logger'
import { runCommand } from './run-script'

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  ingest: benchIngest,
  intel: benchIntel,
  runbook: benchRunbook,
}
const USAGE = `Usage: npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`

await runCommand(USAGE, async () => {
  const bench = BENCHES[process.argv[2] ?? '']
  if (!bench) return USAGE
  logger.level = 'warn' // a line per page would be part of what is measured
  await bench()
})
