// Where the children's log lines go: on a terminal to files in the data folder, with only warnings shown; elsewhere, as in a
// container, to standard error as they are.
import fs from 'node:fs'
import path from 'node:path'

const LARGEST_BYTES = 10 * 1024 * 1024
const WARN = 40
const RECENT_LINES = 15

export interface ChildLog {
  write: (line: string) => void
  /** The last lines, oldest first, for explaining a failed start. */
  recent: () => string[]
}

/** The log of one child. */
export function openChildLog(name: string, folder: string, isTerminal: boolean): ChildLog {
  const recent: string[] = []
  const file = isTerminal ? openLogFile(path.join(folder, `${name}.log`)) : null
  return {
    recent: () => [...recent],
    write: (line) => {
      recent.push(line)
      if (recent.length > RECENT_LINES) recent.shift()
      if (!file) return void process.stderr.write(`${line}\n`)
      file(line)
      const warning = readWarning(line)
      if (warning) process.stderr.write(`  ${name}: ${warning}\n`)
    },
  }
}

/** A file that keeps one predecessor when it has grown too large. */
function openLogFile(file: string): (line: string) => void {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  let size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
  return (line) => {
    const text = `${line}\n`
    try {
      if (size > LARGEST_BYTES) {
        fs.renameSync(file, `${file}.1`)
        size = 0
      }
      fs.appendFileSync(file, text, { mode: 0o600 })
      size += Buffer.byteLength(text)
    } catch {
      // A full disk must not take the product down; the screens and the health page say what is wrong.
    }
  }
}

/** What a line of a child tells a person, or null if it is routine. */
function readWarning(line: string): string | null {
  if (!line.startsWith('{')) return null
  try {
    const { level, msg, error } = JSON.parse(line) as { level?: number; msg?: string; error?: string }
    return level !== undefined && level >= WARN ? [msg, error].filter(Boolean).join(': ') : null
  } catch {
    return null
  }
}
