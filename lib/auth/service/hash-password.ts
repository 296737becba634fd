// argon2id with the parameters OWASP's Password Storage Cheat Sheet gives first: 19 MiB, 2 passes, 1 lane.
import { hash, verify } from '@node-rs/argon2'

const PARAMETERS = { memoryCost: 19456, timeCost: 2, parallelism: 1 }

/** The hash of a password, with its own salt and parameters inside. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), PARAMETERS)
}

let nobody: Promise<string> | undefined

/** True if the password fits the hash. With no hash it takes as long and is false, so that answers do not tell who has an account. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password')
  const fits = await verify(passwordHash ?? (await nobody), password.normalize('NFC'))
  return passwordHash !== null && fits
}
