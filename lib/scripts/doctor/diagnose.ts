// Looks at the installation from the ground up. Nothing here repairs or changes anything.
import { parseEnv, type Env } from '@/lib/kernel/env'
import { diagnoseBrowser, diagnoseBuild, diagnoseDependencies, diagnoseNode } from './diagnose-set-up'
import { diagnoseDataFolder, diagnosePort, diagnoseSecret } from './diagnose-machine'
import { diagnoseDatabase } from './diagnose-database'
import { diagnoseOkta } from './diagnose-okta'
import { broken, type Finding } from './finding'

/** Everything there is to say, in the order in which one thing needs the other. */
export async function diagnose(): Promise<Finding[]> {
  const setUp = [diagnoseNode(), diagnoseDependencies(), diagnoseBuild()]
  const settings = readSettings()
  if ('subject' in settings) return [...setUp, settings]
  return [
    ...setUp,
    ...diagnoseDataFolder(settings),
    diagnoseSecret(settings),
    await diagnosePort(settings),
    ...(await diagnoseDatabase(settings)),
    await diagnoseOkta(settings),
    await diagnoseBrowser(),
  ]
}

function readSettings(): Env | Finding {
  try {
    return parseEnv(process.env)
  } catch (error) {
    const [, ...mistakes] = (error as Error).message.split('\n')
    return broken('settings', mistakes.join('; '), 'Correct these variables in the environment or in .env.')
  }
}
