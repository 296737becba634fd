// @ts-check
// `node lib/scripts/run.mjs NAME [arguments]`: runs lib/scripts/NAME.ts after the set-up it needs. Standard output belongs to the
// command alone; progress goes to standard error. The command runs in this process, so signals and the exit code are its own.
import './require-node.mjs'

const { fail } = await import('./fail.mjs')
const { startCommand } = await import('./start-command.mjs')
const [name = '', ...args] = process.argv.slice(2)
await startCommand(name, args).catch(fail)
