// The secret that encrypts sessions when SALLYPORT_SECRET is not set: made once, kept in the data folder, readable by its owner only.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const FILE = 'session.secret'
const MIN_LENGTH = 32

/**
 * The secret of this installation; made if missing. Of two processes that start at once, both get the same.
 *
 * @throws Error that says what to do if the file is unusable.
 */
export function readOrMakeSessionSecret(dataDir: string): string {
  const file = path.join(dataDir, FILE)
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
    throw new Error(`${file} holds no usable secret: delete it (everybody signs in again) and start once more.`)
  return secret
}
