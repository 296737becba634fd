// The name under which this process holds leases.
import { randomUUID } from 'node:crypto'
import os from 'node:os'

/** Host, process and a random part: unique also after a restart with the same process id. */
export const holder = `${os.hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`
