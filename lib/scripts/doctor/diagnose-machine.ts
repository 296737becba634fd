// What the machine gives: a folder to write to, space, a port, a secret.
import fs from 'node:fs'
import path from 'node:path'
import type { Env } from '@/lib/kernel/env'
import { readHeldLock } from '../process-lock.mjs'
import { isPortInUse } from '../supervisor/port.mjs'
import { broken, note, ok, type Finding } from './finding'

const GB = 1e9
/** PostgreSQL stops when the disk is full; 90 days of a mid-sized org take about 2 GB. */
const NEEDED_BYTES = GB
const COMFORTABLE_BYTES = 5 * GB

export function diagnoseDataFolder({ dataDir }: Env): Finding[] {
  const folder = nearestExisting(dataDir)
  const isMade = folder === dataDir
  const findings: Finding[] = []
  try {
    fs.accessSync(folder, fs.constants.W_OK)
    findings.push(isMade ? ok('data folder', dataDir) : note('data folder', `${dataDir} is made at the first start`))
  } catch {
    const fix = 'Run as its owner, or set SALLYPORT_DATA to another folder.'
    findings.push(broken('data folder', `${folder} cannot be written to`, fix))
  }
  const { bavail, bsize } = fs.statfsSync(folder)
  const free = bavail * bsize
  const text = `${(free / GB).toFixed(1)} GB free`
  if (free < NEEDED_BYTES)
    findings.push(broken('disk', text, 'Free at least 1 GB, or set SALLYPORT_DATA to a larger disk.'))
  else
    findings.push(
      free < COMFORTABLE_BYTES ? note('disk', text, 'Watch it, or lower RETENTION_DAYS.') : ok('disk', text),
    )
  return findings
}

export function diagnoseSecret({ dataDir, SALLYPORT_SECRET }: Env): Finding {
  if (SALLYPORT_SECRET) return ok('secret', 'SALLYPORT_SECRET is set')
  const file = path.join(dataDir, 'session.secret')
  const stats = fs.statSync(file, { throwIfNoEntry: false })
  if (!stats) return note('secret', 'made at the first start')
  const isPrivate = process.platform === 'win32' || (stats.mode & 0o077) === 0
  return isPrivate
    ? ok('secret', file)
    : broken(
        'secret',
        `${file} can be read by others`,
        `Run chmod 600 ${file}; if others were here, delete it: everybody signs in again.`,
      )
}

export async function diagnosePort({ dataDir, PORT, HOST }: Env): Promise<Finding> {
  const running = readHeldLock(path.join(dataDir, 'supervisor.lock'))
  if (running) return ok('port', `Sallyport runs at ${running.note} (process ${running.holders[0]?.pid})`)
  return (await isPortInUse(PORT, HOST))
    ? broken('port', `${PORT} is in use by another program`, 'Stop the other program or set PORT.')
    : ok('port', `${PORT} is free`)
}

function nearestExisting(folder: string): string {
  return fs.existsSync(folder) ? folder : nearestExisting(path.dirname(folder))
}
