// The secret of this installation: SALLYPORT_SECRET, or one made once and kept in the data folder, readable by its owner only. It encrypts
// sessions and seals the keys of feeds, so web, worker and commands must all have the same.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { env } from './env'

const FILE = 'session.secret'
const MIN_LENGTH = 32

/**
 * The secret of this installation, from the settings or the data folder.
 *
 * @throws Error that says what to do if the file is unusable.
 */
export function installationSecret(): string {
  const { SALLYPORT_SECRET, dataDir } = env()
  return SALLYPORT_SECRET ?? readOrMakeSecret(dataDir)
}

/**
 * The secret in a data folder; made if missing. Of two processes that start at once, both get the same.
 *
 * @throws Error that says what to do if the file is unusable.
 */
export function readOrMakeSecret(dataDir: string): string {
  const file = path.join(/* turbopackIgnore: true */ dataDir, FILE)
  fs.mkdirSync(dataDir, { recursive: true })
  if (!fs.existsSync(file)) {
    // Written whole under another name and then linked: nobody ever reads half a secret, and the first link wins.
    const draft = `${file}.${randomBytes(6).toString('hex')}`
    fs.writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
    try {
      fs.linkSync(draft, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      fs.rmSync(draft)
    }
  }
  const secret = fs.readFileSync(file, 'utf8').trim()
  if (secret.length < MIN_LENGTH)
    throw new Error(
      `${file} holds no usable secret: delete it and start once more. Everybody signs in again, and keys of feeds are to be entered again.`,
    )
  return secret
}
