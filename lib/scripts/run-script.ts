// How every command of ours begins and ends: its answer on standard output, its failure as one line on standard error with exit code 1.
import { AppError } from '@/lib/kernel/error'

/**
 * Runs a command and ends the process.
 *
 * @param usage shown when the arguments cannot be understood
 */
export async function runCommand(usage: string, command: () => Promise<string | void>): Promise<void> {
  try {
    const answer = await command()
    if (answer) process.stdout.write(`${answer}\n`)
  } catch (error) {
    const isUsage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(isUsage ? `${message}\n${usage}\n` : `${message}\n`)
    const isExpected = isUsage || error instanceof AppError || process.env.LOG_LEVEL !== 'debug'
    if (!isExpected && error instanceof Error) process.stderr.write(`${error.stack}\n`)
    process.exitCode = 1
  }
}
