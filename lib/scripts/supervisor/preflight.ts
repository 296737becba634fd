import { parseEnv } from '@/lib/kernel/env'
import { beginStage } from '../progress.mjs'

/**
 * Refuses wrong settings and a database that cannot be reached, before the build takes its time.
 *
 * @throws Error that says what to do
 */
export async function preflight(): Promise<void> {
  const { DATABASE_URL } = parseEnv(process.env)
  if (!DATABASE_URL) return
  // Only now: the logger below it takes its level as it is and would complain first.
  const { probeDatabase } = await import('@/lib/db/database')
  const progress = beginStage('settings', 'reaching the database')
  try {
    await probeDatabase(DATABASE_URL)
    progress.done()
  } catch (error) {
    progress.failed()
    throw error
  }
}
