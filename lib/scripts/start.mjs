// @ts-check
// `npm start`: set-up, then this process becomes the supervisor of database, simulator, worker and web.
import './require-node.mjs'

const { fail } = await import('./fail.mjs')
const { start } = await import('./supervisor/start.mjs')
await start().catch(fail)
